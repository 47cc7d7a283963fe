import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const builtPages = join(root, 'dist/web');
const fingerprintFile = join(root, 'dist/web-sources.sha256');

/** What the pages are made of: their own folder, the rooms that they may import, and what decides how they are built. */
const sources = [
  'web/**/*',
  'src/{dialogs,texts,insights,channels}/**/*',
  'locales/**/*',
  'vite.config.ts',
  'package-lock.json',
];

/**
 * Builds the pages into dist/web unless they are there and their sources are the same as then. Where vite is not installed, which is so with
 * production dependencies only, the pages have to be there already.
 */
export function buildPages(): void {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const arePresent = existsSync(builtPages);
  if (!existsSync(vite)) {
    if (arePresent) return;
    console.error(
      'The pages are not built, and vite is not installed here to build them.\n' +
        'Run "npm ci && npm run build" and copy dist/web to this folder.',
    );
    process.exit(1);
  }
  const fingerprint = fingerprintOfSources();
  if (arePresent && existsSync(fingerprintFile) && readFileSync(fingerprintFile, 'utf8') === fingerprint)
    return;

  console.log('Building the pages ...');
  // A build that is interrupted must not pass for a finished one.
  rmSync(fingerprintFile, { force: true });
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(fingerprintFile, fingerprint);
}

/** A hash of the contents, because the times of files say little after a checkout or a copy. */
function fingerprintOfSources(): string {
  const hash = createHash('sha256');
  for (const entry of globSync(sources, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()) {
    hash.update(entry).update('\0').update(readFileSync(entry)).update('\0');
  }
  return hash.digest('hex');
}

if (import.meta.main) buildPages();
