import { join } from 'node:path';
import { startChild } from './child.ts';
import { type Contestant, enter, type Played } from './end-to-end/contestant.ts';
import { doneSchema } from './end-to-end/load-orders.ts';
import { median, readable } from './figures.ts';
import { printGoals, printTable, printTitle } from './report.ts';

const connections = 32;
const conversationsPerRound = 320;
const rounds = 5;
const streams = 300;
const idleConversations = 2000;

printTitle(`End to end: an inbound message over HTTP, durable, at ${connections} connections`);
const load = startChild(join(import.meta.dirname, 'end-to-end/load-process.ts'));
const contestants: Contestant[] = [];
try {
  const bare = await enter('bare Express and node:sqlite', 'bare-server.ts', load);
  contestants.push(bare);
  const kashuv = await enter('Kashuv', 'kashuv-server.ts', load);
  contestants.push(kashuv);
  await compare(bare, kashuv);
  await measureMemory(kashuv);
} finally {
  for (const contestant of contestants) await contestant.leave();
  await load.end();
}

async function compare(bare: Contestant, kashuv: Contestant): Promise<void> {
  const played = new Map<Contestant, Played[]>([
    [bare, []],
    [kashuv, []],
  ]);
  for (const contestant of played.keys()) await contestant.play(conversationsPerRound, connections);
  for (let round = 0; round < rounds; round += 1) {
    for (const [contestant, results] of played) {
      results.push(await contestant.play(conversationsPerRound, connections));
    }
  }
  const cpuOf = (contestant: Contestant) =>
    median((played.get(contestant) ?? []).map(({ cpuMicrosecondsPerMessage }) => cpuMicrosecondsPerMessage));
  printTable(
    ['', 'CPU µs a message', 'x bare', 'messages/s', `CPU µs of each of ${rounds} rounds`],
    [...played].map(([contestant, results]) => [
      contestant.name,
      readable(cpuOf(contestant)),
      readable(cpuOf(contestant) / cpuOf(bare)),
      readable(median(results.map(({ messagesPerSecond }) => messagesPerSecond))),
      results.map(({ cpuMicrosecondsPerMessage }) => readable(cpuMicrosecondsPerMessage)).join(' '),
    ]),
  );
  const measured = cpuOf(kashuv) / cpuOf(bare);
  printGoals([
    { what: 'CPU beside bare Express', measured, bound: { atMost: 3 }, unit: 'x' },
    { what: 'CPU beside bare Express, what we aim at', measured, bound: { atMost: 2 }, unit: 'x' },
  ]);
}

async function measureMemory(kashuv: Contestant): Promise<void> {
  const heapKilobytes = async () => (await kashuv.memory()).heapBytes / 1024;
  // The first few make what is made once.
  await listenTo(await kashuv.open(20));
  await load.ask({ kind: 'stop_listening' }, doneSchema);

  const before = await heapKilobytes();
  const conversations = await kashuv.open(idleConversations);
  const idle = ((await heapKilobytes()) - before) / idleConversations;
  const quiet = await heapKilobytes();
  await listenTo(conversations.slice(0, streams));
  const listening = ((await heapKilobytes()) - quiet) / streams;
  await load.ask({ kind: 'stop_listening' }, doneSchema);

  printGoals([
    { what: 'memory of a page that listens', measured: listening, bound: { atMost: 25 }, unit: ' kB' },
    { what: 'memory of an idle conversation', measured: idle, bound: { atMost: 0.1 }, unit: ' kB' },
  ]);

  async function listenTo(ids: readonly string[]): Promise<void> {
    await load.ask({ kind: 'listen', url: kashuv.url, conversations: ids }, doneSchema);
  }
}
