import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { answerOrders } from '../child.ts';
import { script } from '../engine/conversation.ts';
import { addressOfCopy, fillStore } from '../filled-store/fill.ts';
import { begin, reply, secretKey } from '../filled-store/hold.ts';
import { people } from '../filled-store/people.ts';
import { inParallel } from '../in-parallel.ts';
import { growthOrderSchema } from './orders.ts';
import { timeReads } from './reads.ts';

// A process with a filled store of its own, in the folder that the environment names: the whole product without HTTP.

const folder = process.env.DATA_DIR ?? '';
const talkingAtOnce = 32;
/** A prime, so that going on by it comes by everybody. */
const farApart = 104_729;
/** Those of the people whose survey ends, and who may begin another one. */
const finished = people.flatMap(({ finishes }, index) => (finishes ? [index] : []));
const yearMilliseconds = 365 * 24 * 3_600_000;

let app: App | undefined;
let copies = 0;
let newcomers = 0;
let returned = 0;
let replies = 0;

answerOrders(async (message) => {
  const order = growthOrderSchema.parse(message);
  switch (order.kind) {
    case 'fill':
      return await fill(order.conversations);
    case 'open':
      app = await open();
      return {};
    case 'hold':
      return await hold(order.newcomers, order.returning);
    case 'read':
      return await timeReads(opened(), { copies, times: order.times });
  }
});

/** Conversations of a year, as far apart as their number has them. */
async function fill(count: number) {
  copies = count;
  const end = Date.now();
  await fillStore(folder, {
    people,
    count,
    copyAt: (index) => ({
      person: index % people.length,
      beganAt: new Date(end - yearMilliseconds * (1 - index / count)).toISOString(),
    }),
  });
  const path = join(folder, 'kashuv.db');
  const database = new DatabaseSync(path, { readOnly: true });
  const countOf = (table: string) =>
    z.object({ count: z.number() }).parse(database.prepare(`SELECT count(*) AS count FROM ${table}`).get())
      .count;
  const filled = { contacts: countOf('contacts'), answers: countOf('answers') };
  database.close();
  return { ...filled, megabytes: statSync(path).size / 1e6 };
}

async function open(): Promise<App> {
  const reading = readConfig({ DATA_DIR: folder, SECRET_KEY: secretKey });
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return await createApp({ config: reading.config });
}

function opened(): App {
  if (!app) throw new Error('The store is not open');
  return app;
}

/** Somebody whose survey was over, far from the one before; where nobody was filled in, one of those whom earlier rounds made. */
function returning(index: number): string {
  if (copies === 0) return `newcomer-${index}`;
  const round = Math.floor(copies / people.length);
  const place = (index * farApart) % (round * finished.length);
  const person = finished[place % finished.length] ?? 0;
  return addressOfCopy(Math.floor(place / finished.length) * people.length + person);
}

/** Everybody sends the next reply when the last one is acknowledged. The time ends when nothing is left to do. */
async function hold(newCount: number, returningCount: number) {
  const addresses = [
    ...Array.from({ length: newCount }, (_, index) => `newcomer-${newcomers + index}`),
    ...Array.from({ length: returningCount }, (_, index) => returning(returned + index)),
  ];
  newcomers += newCount;
  returned += returningCount;
  const serving = opened();
  // What earlier rounds left to do is not to be counted.
  await wait(200);

  const before = process.cpuUsage();
  const from = performance.now();
  await inParallel(talkingAtOnce, addresses.length, async (index) => {
    const address = addresses[index] ?? '';
    await begin(serving, address, 'en');
    for (const text of script.replies) {
      replies += 1;
      await reply(serving, address, `reply-${replies}`, text);
    }
  });
  await serving.conversations.idle();
  const milliseconds = performance.now() - from;
  const { user, system } = process.cpuUsage(before);
  const turns = addresses.length * (script.replies.length + 1);
  return { turns, cpuMicroseconds: user + system, milliseconds };
}
