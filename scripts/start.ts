import module from 'node:module';
import { join } from 'node:path';
import { buildPages } from './build-pages.ts';

// The server runs in this process, not in a child, so that Ctrl-C and SIGTERM reach it without a go-between.
buildPages();
module.enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/kashuv'));
await import('../src/main.ts');
module.flushCompileCache();
