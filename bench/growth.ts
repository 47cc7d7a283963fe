import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Child, startChild } from './child.ts';
import { median, readable } from './figures.ts';
import { filledSchema, heldSchema, readTimesSchema } from './growth/orders.ts';
import { printGoals, printTable, printTitle } from './report.ts';

/** As many conversations come to about so many answers. */
const sizes = [
  { name: 'empty', conversations: 0 },
  { name: '100 thousand answers', conversations: 12_300 },
  { name: '1 million answers', conversations: 123_000 },
];
const eachRound = { newcomers: 128, returning: 128 };
const warmUps = [{ newcomers: 256, returning: 0 }, eachRound];
const rounds = 5;
const readTimes = 15;
const fillSeconds = 400;

interface Sized {
  readonly name: string;
  readonly folder: string;
  readonly process: Child;
}

type Held = z.infer<typeof heldSchema>;

printTitle('Growth: what a turn costs as the embedded store grows');
const stores: Sized[] = [];
try {
  for (const { name, conversations } of sizes) stores.push(await fill(name, conversations));
  for (const { process } of stores) await process.ask({ kind: 'open' }, z.strictObject({}));
  await compareTurns();
  await compareReads();
} finally {
  for (const { process, folder } of stores) {
    await process.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(name: string, conversations: number): Promise<Sized> {
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-bench-'));
  const process = startChild(join(import.meta.dirname, 'growth/store-process.ts'), {
    environment: { DATA_DIR: folder },
    orderSeconds: fillSeconds,
  });
  const from = performance.now();
  const { contacts, answers, megabytes } = await process.ask({ kind: 'fill', conversations }, filledSchema);
  const seconds = (performance.now() - from) / 1000;
  console.log(
    `${name}: ${contacts} contacts, ${answers} answers, ${readable(megabytes)} MB, filled in ${readable(seconds)} s`,
  );
  return { name, folder, process };
}

async function compareTurns(): Promise<void> {
  const held = new Map<string, Held[]>(stores.map(({ name }) => [name, []]));
  const hold = (process: Child, order: typeof eachRound) =>
    process.ask({ kind: 'hold', ...order }, heldSchema);
  for (const order of warmUps) for (const { process } of stores) await hold(process, order);
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, process } of stores) held.get(name)?.push(await hold(process, eachRound));
  }
  const figures = [...held].map(([name, all]) => {
    const cpu = all.map(({ cpuMicroseconds, turns }) => cpuMicroseconds / turns);
    const wall = all.map(({ milliseconds, turns }) => (milliseconds * 1000) / turns);
    return { name, cpu: median(cpu), wall: median(wall), rounds: cpu.map(readable).join(' ') };
  });
  const [empty] = figures;
  const beside = (one: 'cpu' | 'wall', figure: (typeof figures)[number] | undefined) =>
    (figure?.[one] ?? Number.NaN) / (empty?.[one] ?? Number.NaN);
  printTable(
    ['', 'CPU µs a turn', 'x empty', 'µs a turn', 'x empty', `CPU µs of the ${rounds} rounds`],
    figures.map((figure) => [
      figure.name,
      readable(figure.cpu),
      readable(beside('cpu', figure)),
      readable(figure.wall),
      readable(beside('wall', figure)),
      figure.rounds,
    ]),
  );
  const bound = { atMost: 1.5 };
  const unit = 'x';
  printGoals([
    { what: 'CPU of a turn at 1 million answers', measured: beside('cpu', figures.at(-1)), bound, unit },
    { what: 'time of a turn at 1 million answers', measured: beside('wall', figures.at(-1)), bound, unit },
  ]);
}

async function compareReads(): Promise<void> {
  const filled = stores.slice(1);
  const columns: z.infer<typeof readTimesSchema>[] = [];
  for (const { process } of filled)
    columns.push(await process.ask({ kind: 'read', times: readTimes }, readTimesSchema));
  console.log();
  printTable(
    ['What is read, median ms', ...filled.map(({ name }) => name)],
    (columns[0] ?? []).map(({ what }, row) => [
      what,
      ...columns.map((column) => readable(column[row]?.milliseconds ?? Number.NaN)),
    ]),
  );
}
