import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

// npm run bench: all quick parts, or those that are named ("npm run bench -- engine growth"). Fails only when a part cannot run; a goal
// that is missed is printed as MISSED.

interface Part {
  readonly secondsMax: number;
  /** Takes minutes, and runs only when it is named. */
  readonly long?: boolean;
  readonly withPeers?: boolean;
}

/** Those that are not long end within ten minutes together, also when each of them is at its limit. */
const parts: Readonly<Record<string, Part>> = {
  engine: { secondsMax: 145, withPeers: true },
  understanding: { secondsMax: 145, withPeers: true },
  'start-up': { secondsMax: 145 },
  'end-to-end': { secondsMax: 145 },
  stores: { secondsMax: 420, long: true },
  growth: { secondsMax: 560, long: true },
  restart: { secondsMax: 300, long: true },
};
const peersDirectory = join(import.meta.dirname, 'peers');

const named = process.argv.slice(2);
const wanted = named.length > 0 ? named : Object.keys(parts).filter((part) => !parts[part]?.long);
const unknown = wanted.filter((part) => !Object.hasOwn(parts, part));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; there are: ${Object.keys(parts).join(', ')}`);
  process.exitCode = 1;
} else if (wanted.some((part) => parts[part]?.withPeers) && !installPeers()) {
  console.error('The peers could not be installed, so there is nothing to compare with.');
  process.exitCode = 1;
} else {
  const [load = 0] = loadavg();
  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, load ${load.toFixed(1)} before the start`,
  );
  for (const part of wanted) {
    const ending = run(part);
    if (ending === 0) continue;
    console.error(`\nCould not run to its end: ${part} (${ending})`);
    process.exitCode = 1;
  }
}

/** Answers how the part ended. Everything that it leaves in temporary folders goes with it, also when it had to be ended. */
function run(part: string): number | string {
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-bench-'));
  try {
    const { status, signal } = spawnSync(process.execPath, [join(import.meta.dirname, `${part}.ts`)], {
      stdio: 'inherit',
      env: { ...process.env, TMPDIR: folder },
      timeout: (parts[part]?.secondsMax ?? 0) * 1000,
    });
    return status ?? signal ?? 'not started';
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Installs what the benches compare Kashuv with, unless the very same is there already. */
function installPeers(): boolean {
  const lock = readFileSync(join(peersDirectory, 'package-lock.json'), 'utf8');
  const installed = join(peersDirectory, 'node_modules/.installed-lock.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return true;
  console.log('Installing the peers of the benches');
  const parameters = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...parameters], { cwd: peersDirectory, stdio: 'inherit' })
    : spawnSync('npm', parameters, { cwd: peersDirectory, stdio: 'inherit' });
  if (status !== 0) return false;
  writeFileSync(installed, lock);
  return true;
}
