import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { box } from './box.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether whatsapp-web.js is installed, as docs/channels/whatsapp.md says. */
    whatsappWeb: boolean;
  }
}

const folder = join(import.meta.dirname, '../../optional/whatsapp-web');
const timeoutMilliseconds = 5 * 60_000;

/**
 * Runs once before the tests: installs whatsapp-web.js by its own lock, unless the very same is there already. Without it the tests that drive its
 * real Client are skipped, and a box says so; where CI is set that fails the run.
 */
export function setup(project: TestProject): (() => void) | undefined {
  const installed = install();
  project.provide('whatsappWeb', installed);
  if (installed) return undefined;
  if (process.env.CI) throw new Error(missing.join(' '));
  console.warn(box(missing));
  return () => console.warn(box(missing));
}

function install(): boolean {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const mark = join(folder, 'node_modules/.installed-lock.json');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return true;
  console.log('Installing whatsapp-web.js for its tests');
  const parameters = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: folder, timeout: timeoutMilliseconds } as const;
  const npm = process.env.npm_execpath;
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...parameters], options)
    : spawnSync('npm', parameters, options);
  if (status !== 0) return false;
  writeFileSync(mark, lock);
  return true;
}

const missing = [
  'THE TESTS OF WHATSAPP WEB ARE SKIPPED.',
  'whatsapp-web.js is not installed, and could not be installed here:',
  'npm ci --prefix optional/whatsapp-web --ignore-scripts',
];
