import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type mongo } from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createApp } from '../../../src/app.ts';
import { testDatabase } from '../../support/mongo-database.ts';
import { testConfig } from '../../support/test-app.ts';

// How long a turn takes must not depend on how much was said before. So whatever a turn asks the database is found by an index.

type Command = Readonly<Record<string, unknown>>;

const replies = ['9', 'because it came early', 'yes'];
const people = 12;
/** Collections that hold few documents whatever was said; `total_changes` is emptied every second, and looked through for that. */
const small: ReadonlySet<string> = new Set(['schema', 'facts', 'leases', 'questionnaires', 'total_changes']);

let folder: string;
let connection: mongoose.Connection;
/** Each way to look for something, with one example. */
const asked = new Map<string, Command>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kashuv-plans-'));
  const uri = new URL(testDatabase().uri);
  uri.searchParams.set('monitorCommands', 'true');
  const settings = {
    DATA_DIR: folder,
    MONGODB_URI: uri.href,
    SECRET_KEY: 'a secret of the tests and of nobody else',
  };
  const earlier = new Set(mongoose.connections);
  const app = await createApp({ config: testConfig(settings) });
  const opened = mongoose.connections.find((one) => !earlier.has(one));
  opened?.getClient().on('commandStarted', note);
  try {
    await Promise.all(Array.from({ length: people }, (_, index) => converse(`person-${index}`)));
    await app.conversations.sweep();
    await app.store.readBacklog();
  } finally {
    opened?.getClient().off('commandStarted', note);
    await app.close();
  }
  connection = await mongoose.createConnection(uri.href).asPromise();

  async function converse(address: string): Promise<void> {
    const page = { channel: 'web', account: 'page' } as const;
    const wanted = await app.library.forTouchpoint('purchase');
    if (!wanted) throw new Error('There is no questionnaire for a purchase');
    const language = { code: 'en', chosen: true } as const;
    const { contactId } = await app.conversations.start({
      ...page,
      address,
      wanted,
      language,
      resume: false,
    });
    for (const [index, text] of replies.entries()) {
      const providerMessageId = `${address}/${index}`;
      await app.conversations.receive({
        ...page,
        address,
        providerMessageId,
        content: { kind: 'text', text },
      });
      await app.conversations.idle();
      await app.store.readMessages({ contactId, limit: 50 });
    }
  }
}, 120_000);

afterAll(async () => {
  await connection.close();
  rmSync(folder, { recursive: true });
});

test('nothing that a turn asks the database makes it look through a collection', async () => {
  const collections = new Set([...asked.values()].map(collectionOf));
  for (const name of [
    'contacts',
    'addresses',
    'received',
    'sessions',
    'answers',
    'responses',
    'replies',
    'deliveries',
  ])
    expect(collections).toContain(name);
  const scanning: string[] = [];
  for (const [shape, question] of asked) {
    if (isById(question)) continue;
    const plan = await connection.db?.command({ explain: question, verbosity: 'queryPlanner' });
    if (JSON.stringify(plan).includes('COLLSCAN')) scanning.push(shape);
  }
  expect(scanning).toEqual([]);
});

/** Remembers what a command looks for, once for all that look for it in the same way. */
function note({ commandName, command }: mongo.CommandStartedEvent): void {
  for (const question of questionsOf(commandName, command)) {
    const collection = collectionOf(question);
    if (small.has(collection)) continue;
    const looksFor = JSON.stringify(shapeOf(question.filter ?? question.pipeline));
    asked.set(`${commandName} ${collection} ${looksFor}`, question);
  }
}

const updatesSchema = z.array(z.looseObject({ q: z.unknown() }));

/** Whatever else is asked of one document, MongoDB finds it by its id. The stand-in finds it so too, and says that it does not. */
function isById({ filter }: Command): boolean {
  return typeof filter === 'object' && filter !== null && '_id' in filter && typeof filter._id !== 'object';
}

function collectionOf({ find, aggregate }: Command): string {
  return String(find ?? aggregate);
}

/** What is found to be changed is found as if it were to be read. */
function questionsOf(name: string, command: Command): Command[] {
  switch (name) {
    case 'find':
      return [
        { find: command.find, filter: command.filter, ...(command.sort ? { sort: command.sort } : {}) },
      ];
    case 'aggregate':
      return [{ aggregate: command.aggregate, pipeline: command.pipeline, cursor: {} }];
    case 'findAndModify':
      return [{ find: command.findAndModify, filter: command.query }];
    case 'update':
      return updatesSchema.parse(command.updates).map(({ q }) => ({ find: command.update, filter: q }));
    case 'delete':
      return updatesSchema.parse(command.deletes).map(({ q }) => ({ find: command.delete, filter: q }));
    default:
      return [];
  }
}

/** The same with every value left out. */
function shapeOf(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(shapeOf).slice(0, 5);
  if (typeof part !== 'object' || part === null || part instanceof Date) return '?';
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, shapeOf(value)]));
}
