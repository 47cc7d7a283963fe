import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildPages } from './build-pages.ts';

// npm run dev: the server, restarted when its sources change, and the pages, rebuilt when theirs change. Reload the browser to see them.
const root = join(import.meta.dirname, '..');

buildPages();
const children: ChildProcess[] = [
  start('--watch', '--watch-preserve-output', 'src/main.ts'),
  start('node_modules/vite/bin/vite.js', 'build', '--watch', '--logLevel', 'warn'),
];

// Ctrl-C reaches the children too, as they belong to the same terminal; other signals reach this process only.
process.on('SIGINT', () => {});
process.on('SIGTERM', stop);
// One without the other is of no use, so both end when either does.
for (const child of children) child.on('exit', stop);

function start(...parameters: string[]): ChildProcess {
  return spawn(process.execPath, parameters, { cwd: root, stdio: 'inherit' });
}

function stop(): void {
  for (const child of children) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  }
}
