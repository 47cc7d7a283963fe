import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, readable } from './figures.ts';
import { fillStore } from './filled-store/fill.ts';
import { secretKey } from './filled-store/hold.ts';
import { halfWay, unhandled } from './filled-store/people.ts';
import { printGoals, printTable, printTitle } from './report.ts';
import { countOpenSessions, readWork, untilCaughtUp } from './restart/work.ts';
import { startServer } from './start-up/server.ts';

const conversations = 100_000;
const rounds = 3;
const hourMilliseconds = 3_600_000;
const people = [halfWay, unhandled];

printTitle(`Restart: with ${conversations} open conversations in the embedded store`);
const folder = mkdtempSync(join(tmpdir(), 'kashuv-bench-'));
const environment = { SECRET_KEY: secretKey, NODE_COMPILE_CACHE: join(folder, 'cache') };
try {
  const empty = join(folder, 'empty');
  const filled = join(folder, 'filled');
  await fillStore(empty, { people: [], count: 0, copyAt: leftOpen });
  await fillStore(filled, { people, count: conversations, copyAt: leftOpen });
  const { due, unfinished } = readWork(filled);
  console.log(
    `${countOpenSessions(filled)} conversations are open; ${due} have a timer that is due, ${unfinished} a message that nobody has handled\n`,
  );
  await compare(empty, filled);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Of a hundred, one is to be reminded, one has expired, one has said something that nobody has handled; the others were asked today. */
function leftOpen(index: number): { person: number; beganAt: string } {
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * hourMilliseconds).toISOString();
  switch (index % 100) {
    case 0:
      return { person: 0, beganAt: hoursAgo(30) };
    case 1:
      return { person: 0, beganAt: hoursAgo(8 * 24) };
    case 2:
      return { person: 1, beganAt: hoursAgo(1) };
    default:
      return { person: 0, beganAt: hoursAgo(21 - (20 * index) / conversations) };
  }
}

interface Restarted {
  readonly readyMilliseconds: number;
  readonly cpuMilliseconds: number;
  /** From being ready until nothing is left to do. */
  readonly caughtUpMilliseconds: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

async function restart(data: string, signal?: 'SIGKILL'): Promise<Restarted> {
  const server = await startServer({ ...environment, DATA_DIR: data }, ['--expose-gc']);
  try {
    const ready = performance.now();
    await untilCaughtUp(data);
    return {
      readyMilliseconds: server.milliseconds,
      cpuMilliseconds: server.cpuMilliseconds,
      caughtUpMilliseconds: performance.now() - ready,
      heapBytes: await server.ask('heapBytes'),
      residentBytes: await server.ask('residentBytes'),
    };
  } finally {
    await server.end(signal);
  }
}

async function compare(empty: string, filled: string): Promise<void> {
  // Fills the compile cache.
  await restart(empty);
  const nothing: Restarted[] = [];
  const leftOver: Restarted[] = [];
  const again: Restarted[] = [];
  for (let round = 0; round < rounds; round += 1) {
    nothing.push(await restart(empty));
    const data = join(folder, `round-${round}`);
    cpSync(filled, data, { recursive: true });
    leftOver.push(await restart(data, 'SIGKILL'));
    again.push(await restart(data));
    rmSync(data, { recursive: true });
  }
  printTable(
    [`${rounds} rounds, medians`, 'ready ms', 'CPU ms', 'caught up after ms', 'heap MB', 'resident MB'],
    [
      row('empty store', nothing),
      row('with what was left over', leftOver),
      row('the same after kill -9, all done', again),
    ],
  );
  const idle = (medianOf(again, 'heapBytes') - medianOf(nothing, 'heapBytes')) / conversations;
  printGoals([
    {
      what: 'ready with what was left over',
      measured: medianOf(leftOver, 'readyMilliseconds') / 1000,
      bound: { atMost: 3 },
      unit: ' s',
    },
    { what: 'heap of an idle conversation', measured: idle, bound: { atMost: 10 }, unit: ' bytes' },
  ]);
}

function row(name: string, all: readonly Restarted[]): string[] {
  return [
    name,
    readable(medianOf(all, 'readyMilliseconds')),
    readable(medianOf(all, 'cpuMilliseconds')),
    readable(medianOf(all, 'caughtUpMilliseconds')),
    readable(medianOf(all, 'heapBytes') / 1e6),
    readable(medianOf(all, 'residentBytes') / 1e6),
  ];
}

function medianOf(all: readonly Restarted[], figure: keyof Restarted): number {
  return median(all.map((one) => one[figure]));
}
