import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { median, readable } from './figures.ts';
import { printGoals, printTable, printTitle } from './report.ts';
import { type Start, startOnce } from './start-up/server.ts';
import { packageOf, type Trace, traceSchema } from './start-up/trace.ts';

type Environment = Readonly<Record<string, string>>;

const starts = 9;
const importTimings = 5;

/** What a server with nothing but the web chat has to load. Everything else waits until somebody asks for it. */
const inUse = new Set(['cookie', 'express', 'helmet', 'i18next', 'libphonenumber-js', 'pino', 'zod']);

printTitle('Start-up: from the start of the process to the first 200 of /readyz');
const folder = mkdtempSync(join(tmpdir(), 'kashuv-bench-'));
try {
  const environment = { DATA_DIR: join(folder, 'data'), NODE_COMPILE_CACHE: join(folder, 'cache') };
  const warm = await measureStarts(environment);
  const trace = await traceStart(environment);
  listCosts(environment, trace);
  const idle = listPackages(trace);
  printGoals([
    { what: 'ready with a warm compile cache', measured: warm, bound: { atMost: 500 }, unit: ' ms' },
    { what: 'packages loaded that nothing uses', measured: idle, bound: { atMost: 0 }, unit: '' },
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Resolves to the median with a warm cache. */
async function measureStarts(environment: Environment): Promise<number> {
  const first = await startOnce(environment);
  const warm: Start[] = [];
  const uncached: Start[] = [];
  const bare: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    warm.push(await startOnce(environment));
    uncached.push(await startOnce({ ...environment, NODE_DISABLE_COMPILE_CACHE: '1' }));
    bare.push(timeNode(environment));
  }
  printTable(
    [`${starts} starts, interleaved`, 'median ms', 'fastest ms', 'CPU ms'],
    [
      startRow('compile cache warm', warm),
      startRow('no compile cache', uncached),
      startRow('the very first: no cache, no data', [first]),
      ['Node itself, doing nothing', readable(median(bare)), readable(Math.min(...bare)), ''],
    ],
  );
  return median(warm.map(({ milliseconds }) => milliseconds));
}

function startRow(name: string, done: readonly Start[]): string[] {
  const times = done.map(({ milliseconds }) => milliseconds);
  const cpu = median(done.map(({ cpuMilliseconds }) => cpuMilliseconds));
  return [name, readable(median(times)), readable(Math.min(...times)), readable(cpu)];
}

function timeNode(environment: Environment): number {
  const before = performance.now();
  spawnSync(process.execPath, ['--eval', '0'], { env: { ...process.env, ...environment } });
  return performance.now() - before;
}

async function traceStart(environment: Environment): Promise<Trace> {
  const path = join(folder, 'trace.json');
  const preload = pathToFileURL(join(import.meta.dirname, 'start-up/trace-imports.ts')).href;
  await startOnce({ ...environment, BENCH_TRACE: path }, ['--import', preload]);
  return traceSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Prints what each package costs that our sources import, and what our sources cost after them. */
function listCosts(environment: Environment, { imported, loaded }: Trace): void {
  const packages = Object.keys(imported);
  const own = ['app.ts', 'server/serve.ts'].map(
    (file) => pathToFileURL(join(import.meta.dirname, '../src', file)).href,
  );
  const timings = Array.from({ length: importTimings }, () =>
    timeImports(environment, [...packages, ...own]),
  );
  const cost = (...specifiers: readonly string[]) =>
    readable(median(timings.map((times) => specifiers.reduce((sum, name) => sum + (times[name] ?? 0), 0))));
  const modules = (name: string | undefined) =>
    String(loaded.filter((url) => url.startsWith('file:') && packageOf(url) === name).length);
  console.log('\nWhat our sources import, each after those above it, with a warm compile cache');
  printTable(
    ['', 'modules', 'ms'],
    [
      ...packages.map((name) => [name, modules(packageOf(imported[name] ?? '')), cost(name)]),
      ['our own sources', modules(undefined), cost(...own)],
    ],
  );
}

function timeImports(environment: Environment, specifiers: readonly string[]): Record<string, number> {
  const program = join(import.meta.dirname, 'start-up/time-imports.ts');
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...specifiers], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  if (!stdout) throw new Error(stderr);
  return z.record(z.string(), z.number()).parse(JSON.parse(stdout));
}

/** Prints every package that was loaded, those that they load themselves too. Answers how many of ours nothing uses. */
function listPackages({ imported, loaded }: Trace): number {
  const counts = new Map<string, number>();
  for (const url of loaded) {
    const name = packageOf(url);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([name, count]) => `${name} ${count}`);
  console.log(`\nModules by package: ${names.join(', ')}`);

  const direct = new Set(Object.values(imported).map((url) => packageOf(url) ?? ''));
  const idle = [...direct].filter((name) => !inUse.has(name));
  if (idle.length > 0) console.log(`\nLoaded although nothing uses them yet: ${idle.join(', ')}`);
  return idle.length;
}
