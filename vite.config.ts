import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, normalize, relative } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const pages = join(import.meta.dirname, 'web');
const built = join(import.meta.dirname, 'dist/web');

/** The pages of staff are written with React; the chat and the widget's demonstration are not. */
const staffPages = ['results'].filter((name) => existsSync(join(pages, name, 'index.html')));

/**
 * Builds the pages into dist/web: `chat/index.html`, `widget/demo.html`, a folder for each page of staff, their files under `assets/` with a
 * hash in the name, and `widget.js` under a name that never changes, because it stands in the pages of other sites.
 */
export default defineConfig({
  root: pages,
  base: '/',
  plugins: [react()],
  build: {
    outDir: built,
    // What is left over from before goes at the end: a server that is running, or the other part, needs its files until then.
    emptyOutDir: false,
    // The pages are sent with a policy that allows no inline scripts and no data: scripts or fonts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The staff pages come with their interface library; the chat page has a limit of its own, held by a test.
    chunkSizeWarningLimit: 1000,
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          input: [
            join(pages, 'chat/index.html'),
            join(pages, 'widget/demo.html'),
            ...staffPages.map((name) => join(pages, name, 'index.html')),
          ],
        },
      },
    },
    widget: {
      consumer: 'client',
      build: {
        // A classic script that leaves no name behind in the page that it is put into.
        rolldownOptions: {
          input: join(pages, 'widget/widget.ts'),
          output: { format: 'iife', entryFileNames: 'widget.js' },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      const written = new Set<string>();
      for (const environment of Object.values(builder.environments)) {
        if (environment.config.consumer !== 'client') continue;
        for (const result of [await builder.build(environment)].flat()) {
          // While watching there is no end to clean up after.
          if (!('output' in result)) continue;
          for (const { fileName } of result.output) written.add(normalize(fileName));
        }
      }
      if (written.size > 0) removeAllBut(written);
    },
  },
});

function removeAllBut(written: ReadonlySet<string>): void {
  if (!existsSync(built)) return;
  for (const entry of readdirSync(built, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(relative(built, path))) rmSync(path, { force: true });
  }
}
