import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

interface Way {
  readonly name: string;
  readonly sustain: () => Promise<Measured>;
}

interface Measured extends Sustained {
  /** What the database server was asked for a turn; absent where there is none. */
  readonly operations?: number;
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
  return { name: 'Kashuv, embedded store', sustain: () => sustainServers(1, {}) };
}

function onMongo(server: BenchMongo, processes: number): Way {
  return {
    name: `Kashuv on MongoDB, ${processes} ${processes === 1 ? 'process' : 'processes'}`,
    sustain: () =>
      counting(server, () =>
        sustainServers(processes, { MONGODB_URI: server.newDatabase(), SECRET_KEY: secretKey }),
      ),
  };
}

function bareDriver(server: BenchMongo): Way {
  return {
    name: 'bare driver: find and guarded update',
    sustain: () =>
      counting(server, async () => {
        const peer = startChild(join(import.meta.dirname, 'stores/bare-process.ts'), {
          environment: { MONGODB_URI: server.newDatabase() },
        });
        try {
          return await peer.ask(load, sustainedSchema);
        } finally {
          await peer.end();
        }
      }),
  };
}

async function counting(server: BenchMongo, sustain: () => Promise<Sustained>): Promise<Measured> {
  const before = await server.countOperations();
  const sustained = await sustain();
  const operations = (await server.countOperations()) - before;
  return { ...sustained, operations: operations / sustained.turnsInAll };
}

/** Starts so many servers on one store, new as it is, lets the load go on at all of them, and ends them. */
async function sustainServers(count: number, settings: Readonly<Record<string, string>>): Promise<Sustained> {
  const folders: string[] = [];
  const servers: Child[] = [];
  const start = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kashuv-bench-'));
    folders.push(folder);
    const server = startChild(join(import.meta.dirname, 'end-to-end/kashuv-server.ts'), {
      environment: { ...settings, DATA_DIR: folder },
    });
    servers.push(server);
    return (await server.ask('address', addressSchema)).url;
  };
  try {
    const first = await start();
    const others = await Promise.all(Array.from({ length: count - 1 }, start));
    const order = { ...load, urls: [first, ...others], replies: script.replies };
    const sustained = await generator.ask(order, sustainedSchema);
    let complete = 0;
    for (const server of servers) ({ complete } = await server.ask('settle', settledSchema));
    if (complete !== sustained.complete)
      throw new Error(`${sustained.complete} conversations were completed, and ${complete} are stored`);
    return sustained;
  } finally {
    for (const server of servers) await server.end();
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
    figure.operations === undefined ? '-' : readable(figure[one] / (peer?.[one] ?? Number.NaN));
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
      figure.operations === undefined ? '-' : readable(figure.operations),
    ]),
  );
  const [, , ...onMongo] = figures;
  const one = onMongo[0]?.rate ?? Number.NaN;
  for (const { name, rate } of onMongo.slice(1))
    console.log(`${name}: ${readable(rate / one)} times the turns of one process`);
  console.log(legend);
}

const legend = `
turns/s: median of ${rounds} rounds of ${load.seconds} s. p50, p99: over all rounds, from posting a message until the page shows what it caused, which is
committed by then; "ack" until it is acknowledged. Operations: what the database server counts, of whatever kind, by turn.
What this cannot show, and nobody has verified: throughput and latency of real MongoDB unless MONGODB_TEST_URI names one; election, failover and rollback
of a replica set; power loss; a network between the processes and the database.`;

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
    operations: operations.length > 0 ? median(operations) : undefined,
  };
}
