import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import type { Trace } from './trace.ts';

// Preloaded by the bench (node --import): writes down what the program loads, when it ends.

const path = process.env.BENCH_TRACE;
const loaded = new Set<string>();
const imported = new Map<string, string>();

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const fromOwnSource = context.parentURL?.includes('/node_modules/') === false;
    if (fromOwnSource && resolved.url.includes('/node_modules/')) imported.set(specifier, resolved.url);
    return resolved;
  },
  load(url, context, next) {
    loaded.add(url);
    return next(url, context);
  },
});

process.on('exit', () => {
  const trace: Trace = { loaded: [...loaded], imported: Object.fromEntries(imported) };
  if (path) writeFileSync(path, JSON.stringify(trace));
});
