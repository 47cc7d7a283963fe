import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, createConnection, type mongo } from 'mongoose';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../src/app.ts';
import { createConsoleChannel } from '../../../src/channels/console/channel.ts';
import type { Finding } from '../../../src/doctor/index.ts';
import { examine } from '../../../src/operations/examine.ts';
import { openMongoStore } from '../../../src/store/mongo/index.ts';
import { examineWhileBusy } from '../../operations/busy.ts';
import { type Plot, plantings } from '../../operations/plantings.ts';
import { playStory } from '../../operations/story.ts';
import { testDatabase } from '../../support/mongo-database.ts';
import { testClock, testConfig } from '../../support/test-app.ts';

const { uri } = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'kashuv-doctor-'));
const clock = testClock();
let connection: Connection;
let database: mongo.Db;
let plot: Plot;
/** What the story has left, collection by collection. */
const original = new Map<string, mongo.Document[]>();

beforeAll(async () => {
  const app = await createApp({
    config: testConfig({
      DATA_DIR: folder,
      MONGODB_URI: uri,
      SECRET_KEY: 'a secret of 32 characters or more',
    }),
    channels: [createConsoleChannel(() => {})],
    now: clock.now,
    log: pino({ level: 'silent' }),
  });
  const cast = await playStory(app, clock);
  await app.close();
  plot = { ...cast, now: hoursFromNow(0), longAgo: hoursFromNow(-1), later: hoursFromNow(1) };
  connection = await createConnection(uri, { maxPoolSize: 2 }).asPromise();
  if (!connection.db) throw new Error('Not connected');
  database = connection.db;
  for (const { name } of await database.listCollections().toArray())
    original.set(name, await database.collection(name).find().toArray());
});

afterAll(async () => {
  await connection.close();
  rmSync(folder, { recursive: true });
});

function hoursFromNow(hours: number): string {
  return new Date(Date.parse(clock.now()) + hours * 3_600_000).toISOString();
}

async function restore(): Promise<void> {
  for (const [name, documents] of original) {
    await database.collection(name).deleteMany({});
    if (documents.length > 0) await database.collection(name).insertMany(documents);
  }
}

async function look(): Promise<Finding[]> {
  const findings: Finding[] = [];
  const store = await openMongoStore({ uri, keepSchema: true, now: clock.now });
  try {
    await examine({
      store,
      served: true,
      onFinding: (finding) => findings.push(finding),
      pause: async () => {},
    });
    return findings;
  } finally {
    await store.close();
  }
}

describe('[K2] the doctor on MongoDB', () => {
  test('finds nothing after a normal story', async () => {
    expect(await look()).toEqual([]);
  });

  describe('names', () => {
    for (const { what, found, at, mongo: plant } of plantings) {
      test.skipIf(!plant)(what, async () => {
        await restore();
        await plant?.(database, plot);
        const findings = await look();
        expect(findings.map(({ code }) => code).toSorted()).toEqual(found.toSorted());
        const about = findings.filter(({ code }) => code === found[0]);
        if (at) expect(new Set(about.map(({ contactId }) => contactId))).toEqual(new Set([plot[at]]));
      });
    }
  });

  test('waits for what a dead process has left to be projected, and takes it for no violation', async () => {
    await restore();
    const contacts = database.collection<{ _id: string }>('contacts');
    const reply = await database.collection('replies').findOneAndDelete({ contactId: plot.ada });
    if (!reply) throw new Error('Expected a reply');
    const { _id, ...rest } = reply;
    const left = { replies: [{ ...rest, direction: 'in', at: rest.at.toISOString() }] };
    await contacts.updateOne(
      { _id: plot.ada },
      { $set: { unprojected: [left], unprojectedAt: new Date(hoursFromNow(-1)) } },
    );
    expect(await look()).toEqual([]);
  });

  test('names nothing of a database that several processes write all the time', async () => {
    const busy = testDatabase();
    const apps = await Promise.all(
      [1, 2].map(() =>
        createApp({
          config: testConfig({
            DATA_DIR: folder,
            MONGODB_URI: busy.uri,
            SECRET_KEY: 'a secret of 32 characters or more',
          }),
          channels: [createConsoleChannel(() => {})],
          log: pino({ level: 'silent' }),
        }),
      ),
    );
    const [app] = apps;
    if (!app) throw new Error('No process started');
    const store = await openMongoStore({ uri: busy.uri, keepSchema: true });
    const { violations } = await examineWhileBusy(app, store, 700);
    await store.close();
    for (const one of apps) await one.close();
    expect(violations).toEqual([]);
  });

  test('looks at no database of an older version, and changes nothing of it', async () => {
    await restore();
    const schema = database.collection<{ _id: string; version: number }>('schema');
    await schema.updateOne({ _id: 'kashuv' }, { $set: { version: 1 } });
    await expect(openMongoStore({ uri, keepSchema: true })).rejects.toMatchObject({
      code: 'schema_older',
      message: expect.stringContaining('Start Kashuv once'),
    });
    expect(await schema.findOne()).toMatchObject({ version: 1 });
    await schema.deleteMany({});
    await expect(openMongoStore({ uri, keepSchema: true })).rejects.toMatchObject({ code: 'not_found' });
  });
});
