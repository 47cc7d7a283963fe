import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

const built = join(import.meta.dirname, '../../dist/web');

function read(path: string): string {
  return readFileSync(join(built, path), 'utf8');
}

/** The page's own file and everything that it loads before it can be used. */
function filesOf(page: string): string[] {
  const files = new Set([page]);
  for (const file of files) {
    const text = read(file);
    const loaded = file.endsWith('.html')
      ? text.matchAll(/(?:src|href)="(\/[^"]+)"/g)
      : text.matchAll(/(?:from|import)\s*["'`](\.\/[^"'`]+)["'`]/g);
    for (const [, address = ''] of loaded) {
      const path = address.startsWith('/') ? address.slice(1) : join(file, '..', address);
      if (existsSync(join(built, path)) && path !== '') files.add(path);
    }
  }
  return [...files].filter((path) => /\.(html|js|css)$/.test(path));
}

function compressedBytes(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + gzipSync(read(path)).length, 0);
}

describe('the chat page as it is built', () => {
  const files = filesOf('chat/index.html');

  test('loads one script and one style sheet', () => {
    expect(files.map((path) => path.replace(/^.*\./, '')).sort()).toEqual(['css', 'html', 'js']);
  });

  test('weighs less than 30 kB compressed, page, script and style together', () => {
    expect(compressedBytes(files)).toBeLessThan(30_000);
  });

  test('has nothing that a strict policy forbids: no inline script, style or handler, nothing from elsewhere', () => {
    const page = read('chat/index.html');
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/i);
    expect(page.match(/<script[^>]*>[^<]/g)).toBeNull();
    expect(page.match(/(?:src|href)="(?!\/|#|data:image)[^"]*"/g)).toBeNull();
    for (const path of files.filter((file) => file.endsWith('.css'))) {
      expect(read(path)).not.toMatch(/@import|url\((?!["']?data:)/);
    }
    for (const path of files.filter((file) => file.endsWith('.js'))) {
      expect(read(path)).not.toMatch(
        /\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write/,
      );
    }
  });
});

describe('the widget as it is built', () => {
  const script = read('widget.js');

  test('weighs less than 3 kB compressed', () => {
    expect(gzipSync(script).length).toBeLessThan(3000);
  });

  test('is a classic script that leaves no name behind', () => {
    const page = { document: { currentScript: null }, HTMLScriptElement: class {} };
    const names = Object.keys(page);
    runInNewContext(script, page);
    expect(Object.keys(page)).toEqual(names);
  });

  test('is put into its demonstration by one tag', () => {
    const tags = read('widget/demo.html').match(/<script[^>]*>/g);
    expect(tags).toHaveLength(1);
    expect(tags?.[0]).toMatch(
      /^<script async\s+src="\/widget\.js" data-touchpoint="purchase" data-language="he">$/,
    );
  });
});
