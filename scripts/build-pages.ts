import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const builtPages = join(root, 'dist/web');
const builtFromFile = join(root, 'dist/web-built-from.txt');

/** What the pages are made of: their own folder, the rooms that they may import, and what decides how they are built. */
const sourceFolders = ['web', 'src/dialogs', 'src/texts', 'src/channels', 'locales'];
const sourceFiles = ['vite.config.ts', 'package-lock.json'];

/**
 * Builds the pages into dist/web unless they are there and their sources are as they were then. Where vite is not installed, which is so with
 * production dependencies only, the pages have to be there already.
 */
export function buildPages(): void {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const arePresent = existsSync(builtPages);
  if (!existsSync(vite)) {
    if (arePresent) return;
    console.error(
      'The pages are not built, and vite is not installed here to build them.\n' +
        'Run "npm ci && npm run build" in a copy of this folder and bring its dist/web here.',
    );
    process.exit(1);
  }
  const sources = describeSources();
  if (arePresent && existsSync(builtFromFile) && readFileSync(builtFromFile, 'utf8') === sources) return;

  console.log('Building the pages ...');
  // A build that is interrupted must not pass for a finished one.
  rmSync(builtFromFile, { force: true });
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(builtFromFile, sources);
}

/** The path, size and time of each source: enough to see any change, and quick enough for every start. */
function describeSources(): string {
  const paths = sourceFolders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  return [...paths, ...sourceFiles]
    .sort()
    .map((path) => ({ path, state: statSync(join(root, path)) }))
    .filter(({ state }) => state.isFile())
    .map(({ path, state }) => `${path} ${state.size} ${state.mtimeMs}\n`)
    .join('');
}

if (import.meta.main) buildPages();
