import { join } from 'node:path';
import { startChild } from './child.ts';
import { type Contestant, enter, type Played } from './end-to-end/contestant.ts';
import { median, readable } from './figures.ts';
import { printGoals, printTable, printTitle } from './report.ts';

const connections = 32;
const conversationsPerRound = 256;
const warmUpRounds = 3;
const rounds = 5;
const listeners = 300;
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
  const ways = [
    { name: bare.name, play: () => bare.play(conversationsPerRound, connections) },
    { name: kashuv.name, play: () => kashuv.play(conversationsPerRound, connections) },
    {
      name: 'Kashuv, every conversation open on a page',
      play: () => kashuv.play(conversationsPerRound, connections, { pages: true }),
    },
  ].map((way) => ({ ...way, played: [] as Played[] }));

  for (let round = 0; round < warmUpRounds; round += 1) for (const { play } of ways) await play();
  for (let round = 0; round < rounds; round += 1) {
    for (const { play, played } of ways) played.push(await play());
  }
  const figures = ways.map(({ name, played }) => ({
    name,
    cpu: median(played.map(({ cpuMicrosecondsPerMessage }) => cpuMicrosecondsPerMessage)),
    rate: median(played.map(({ messagesPerSecond }) => messagesPerSecond)),
    rounds: played.map(({ cpuMicrosecondsPerMessage }) => readable(cpuMicrosecondsPerMessage)).join(' '),
  }));
  const base = figures[0]?.cpu ?? Number.NaN;
  printTable(
    ['', 'CPU µs a message', 'x bare', 'messages/s', `CPU µs of the ${rounds} rounds`],
    figures.map(({ name, cpu, rate, rounds }) => [
      name,
      readable(cpu),
      readable(cpu / base),
      readable(rate),
      rounds,
    ]),
  );
  const measured = (figures[1]?.cpu ?? Number.NaN) / base;
  printGoals([
    { what: 'CPU beside bare Express', measured, bound: { atMost: 3 }, unit: 'x' },
    { what: 'CPU beside bare Express, what we aim at', measured, bound: { atMost: 2 }, unit: 'x' },
  ]);
}

async function measureMemory(kashuv: Contestant): Promise<void> {
  const kilobytes = async () => (await kashuv.memory()).heapBytes / 1024;
  // The first conversations and pages make what is made once.
  await kashuv.listen(await kashuv.open(50));
  await kashuv.stopListening();

  const before = await kilobytes();
  const conversations = await kashuv.open(idleConversations);
  const idle = ((await kilobytes()) - before) / idleConversations;
  const quiet = await kilobytes();
  await kashuv.listen(conversations.slice(0, listeners));
  const listening = ((await kilobytes()) - quiet) / listeners;
  await kashuv.stopListening();

  printGoals([
    { what: 'heap of a page that listens', measured: listening, bound: { atMost: 25 }, unit: ' kB' },
    { what: 'heap of an idle conversation', measured: idle, bound: { atMost: 0.1 }, unit: ' kB' },
  ]);
}
