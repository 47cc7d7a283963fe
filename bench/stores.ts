import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Child, startChild } from './child.ts';
import { addressSchema, settledSchema } from './end-to-end/server-orders.ts';
import { script } from './engine/conversation.ts';
import { median, percentile, readable } from './figures.ts';
import { secretKey } from './filled-store/hold.ts';
import { printTable, printTitle } from './report.ts';
import { type BenchMongo, startBenchMongo } from './stores/mongo-databases.ts';
import { type Sustained, sustainedSchema } from './stores/orders.ts';

const load = { connections: 16, warmUpSeconds: 3, seconds: 6 };
const rounds = 3;
const processCounts = [1, 2, 4];
const restMilliseconds = 3000;

const legend = `
turns/s: median of ${rounds} rounds of ${load.seconds} s. p50, p99: over all rounds, from posting a message until the page shows what it caused, which is
committed by then; "ack": until it is acknowledged. Operations: what the database server counts, of whatever kind, for a turn, and each second at rest.
What this cannot show and nobody has verified: throughput and latency of MongoDB itself, unless MONGODB_TEST_URI names one; election, failover and
rollback in a replica set; power loss; a network between the processes and the database.`;

interface Way {
  readonly name: string;
  readonly sustain: () => Promise<Measured>;
}

interface Measured extends Sustained {
  /** What the database server was asked, where there is one: for a turn, and each second while nobody said anything. */
  readonly operations?: { readonly perTurn: number; readonly perSecondAtRest: number };
}

printTitle(`Stores: turns that go on, ${load.connections} conversations at once with their pages open`);
const mongo = await startBenchMongo();
const stopMongo = async () => mongo?.stop();
process.once('SIGTERM', () => void stopMongo().finally(() => process.exit(1)));
const generator = startChild(join(import.meta.dirname, 'stores/load-process.ts'));
try {
  if (mongo) {
    console.log(`MongoDB here is ${mongo.description}\n`);
    await compare([bareDriver(mongo), embedded(), ...processCounts.map((count) => onMongo(mongo, count))]);
  } else {
    console.log(
      'There is no MongoDB here and nothing that could stand for it: only the embedded store is measured.\n',
    );
    await compare([embedded()]);
  }
} finally {
  await generator.end();
  await stopMongo();
}

function embedded(): Way {
  return { name: 'Kashuv, embedded store', sustain: () => sustainServers(1, undefined) };
}

function onMongo(server: BenchMongo, processes: number): Way {
  const name = `Kashuv on MongoDB, ${processes} ${processes === 1 ? 'process' : 'processes'}`;
  return { name, sustain: () => sustainServers(processes, server) };
}

function bareDriver(server: BenchMongo): Way {
  return {
    name: 'bare driver: find and guarded update',
    async sustain() {
      const peer = startChild(join(import.meta.dirname, 'stores/bare-process.ts'), {
        environment: { MONGODB_URI: server.newDatabase() },
      });
      try {
        return await counting(server, () => peer.ask(load, sustainedSchema));
      } finally {
        await peer.end();
      }
    },
  };
}

/** Counts what the database server is asked meanwhile, and afterwards at rest: what is asked each second does not belong to the turns. */
async function counting(server: BenchMongo, sustain: () => Promise<Sustained>): Promise<Measured> {
  const begin = { at: performance.now(), count: await server.countOperations() };
  const sustained = await sustain();
  const end = { at: performance.now(), count: await server.countOperations() };
  await wait(restMilliseconds);
  const perSecondAtRest = ((await server.countOperations()) - end.count) / (restMilliseconds / 1000);
  const forTurns = end.count - begin.count - (perSecondAtRest * (end.at - begin.at)) / 1000;
  return { ...sustained, operations: { perTurn: forTurns / sustained.turnsInAll, perSecondAtRest } };
}

/** Starts so many servers on one store, new as it is, lets the load go on at all of them, and ends them. */
async function sustainServers(count: number, server: BenchMongo | undefined): Promise<Measured> {
  const settings = server && { MONGODB_URI: server.newDatabase(), SECRET_KEY: secretKey };
  const folders: string[] = [];
  const processes: Child[] = [];
  const start = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kashuv-bench-'));
    folders.push(folder);
    const process = startChild(join(import.meta.dirname, 'end-to-end/kashuv-server.ts'), {
      environment: { ...settings, DATA_DIR: folder },
    });
    processes.push(process);
    return (await process.ask('address', addressSchema)).url;
  };
  const settle = async () => {
    let complete = 0;
    for (const process of processes) ({ complete } = await process.ask('settle', settledSchema));
    return complete;
  };
  try {
    const first = await start();
    const others = await Promise.all(Array.from({ length: count - 1 }, start));
    const order = { ...load, urls: [first, ...others], replies: script.replies };
    const sustain = async () => {
      const sustained = await generator.ask(order, sustainedSchema);
      const complete = await settle();
      if (complete !== sustained.complete)
        throw new Error(`${sustained.complete} conversations were completed, and ${complete} are stored`);
      return sustained;
    };
    return server ? await counting(server, sustain) : await sustain();
  } finally {
    for (const process of processes) await process.end();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(ways: readonly Way[]): Promise<void> {
  const measured = ways.map(({ name }) => ({ name, all: [] as Measured[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { sustain }] of ways.entries()) measured[index]?.all.push(await sustain());
  }
  const figures = measured.map(({ name, all }) => figuresOf(name, all));
  const peer = mongo ? figures[0] : undefined;
  const beside = (one: 'rate' | 'p50' | 'p99', figure: (typeof figures)[number]) =>
    !figure.operations ? '-' : readable(figure[one] / (peer?.[one] ?? Number.NaN));
  printTable(
    [
      '',
      'turns/s',
      'x bare',
      'ack p50 ms',
      'ack p99',
      'p50 ms',
      'x bare',
      'p99 ms',
      'x bare',
      'operations a turn',
      'a second at rest',
    ],
    figures.map((figure) => [
      figure.name,
      readable(figure.rate),
      beside('rate', figure),
      figure === peer ? '-' : readable(figure.acknowledgedP50),
      figure === peer ? '-' : readable(figure.acknowledgedP99),
      readable(figure.p50),
      beside('p50', figure),
      readable(figure.p99),
      beside('p99', figure),
      figure.operations ? readable(figure.operations.perTurn) : '-',
      figure.operations ? readable(figure.operations.perSecondAtRest) : '-',
    ]),
  );
  const [, , ...onMongo] = figures;
  const one = onMongo[0]?.rate ?? Number.NaN;
  for (const { name, rate } of onMongo.slice(1))
    console.log(`${name}: ${readable(rate / one)} times the turns of one process`);
  console.log(legend);
}

function figuresOf(name: string, all: readonly Measured[]) {
  const acknowledged = all.flatMap((one) => one.acknowledged);
  const committed = all.flatMap((one) => one.committed);
  const operations = all.flatMap((one) => one.operations ?? []);
  return {
    name,
    rate: median(all.map(({ turns }) => turns / load.seconds)),
    acknowledgedP50: median(acknowledged),
    acknowledgedP99: percentile(acknowledged, 0.99),
    p50: median(committed),
    p99: percentile(committed, 0.99),
    operations:
      operations.length > 0
        ? {
            perTurn: median(operations.map(({ perTurn }) => perTurn)),
            perSecondAtRest: median(operations.map(({ perSecondAtRest }) => perSecondAtRest)),
          }
        : undefined,
  };
}
