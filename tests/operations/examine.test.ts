import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { createConsoleChannel } from '../../src/channels/console/channel.ts';
import type { Finding } from '../../src/doctor/index.ts';
import { type ExamineOptions, examine } from '../../src/operations/examine.ts';
import { openSqliteReader } from '../../src/store/sqlite/index.ts';
import type { StoreReader } from '../../src/store/store.ts';
import { testClock, testConfig } from '../support/test-app.ts';
import { examineWhileBusy } from './busy.ts';
import { type Plot, plantings } from './plantings.ts';
import { playStory } from './story.ts';

const root = mkdtempSync(join(tmpdir(), 'kashuv-examine-'));
const clock = testClock();
const original = join(root, 'original');
let plot: Plot;

beforeAll(async () => {
  const app = await createApp({
    config: testConfig({ DATA_DIR: original }),
    channels: [createConsoleChannel(() => {})],
    now: clock.now,
    log: pino({ level: 'silent' }),
  });
  const cast = await playStory(app, clock);
  await app.close();
  plot = { ...cast, now: hoursFromNow(0), longAgo: hoursFromNow(-1), later: hoursFromNow(1) };
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function hoursFromNow(hours: number): string {
  return new Date(Date.parse(clock.now()) + hours * 3_600_000).toISOString();
}

async function findingsIn(
  directory: string,
  {
    decorate = (store) => store,
    ...options
  }: Partial<ExamineOptions> & { decorate?: (store: StoreReader) => StoreReader } = {},
): Promise<Finding[]> {
  const store = await openSqliteReader({ directory, now: clock.now });
  const findings: Finding[] = [];
  try {
    await examine({
      store: decorate(store),
      served: true,
      onFinding: (finding) => findings.push(finding),
      pause: async () => {},
      ...options,
    });
    return findings;
  } finally {
    await store.close();
  }
}

let copies = 0;

/** The store of the story, with something done to its file. */
function copyWith(change: (database: DatabaseSync) => void): string {
  copies += 1;
  const directory = join(root, `copy-${copies}`);
  cpSync(original, directory, { recursive: true });
  const database = new DatabaseSync(join(directory, 'kashuv.db'));
  change(database);
  database.close();
  return directory;
}

describe('[K2] the doctor', () => {
  test('finds nothing in a store after a normal story, and says how much it has looked at', async () => {
    expect(await findingsIn(original)).toEqual([]);
    const store = await openSqliteReader({ directory: original, now: clock.now });
    const examined = await examine({ store, served: true, onFinding: () => {}, pause: async () => {} });
    await store.close();
    expect(examined).toMatchObject({ contacts: 5, addresses: 5, sessions: 6 });
    expect(examined.messages).toBeGreaterThan(25);
    expect(examined.answers).toBeGreaterThan(4);
    expect(examined.totals).toBeGreaterThan(4);
  });

  describe('names', () => {
    for (const { what, found, at, sqlite } of plantings) {
      test.skipIf(!sqlite)(what, async () => {
        const findings = await findingsIn(copyWith((database) => sqlite?.(database, plot)));
        expect(findings.map(({ code }) => code).toSorted()).toEqual(found.toSorted());
        const about = findings.filter(({ code }) => code === found[0]);
        if (at) expect(new Set(about.map(({ contactId }) => contactId))).toEqual(new Set([plot[at]]));
      });
    }
  });

  test('takes nothing for a violation that looks wrong only while a turn is being written', async () => {
    let torn = 0;
    const tearingOnce = (store: StoreReader): StoreReader => {
      const seen = new Set<string>();
      return {
        ...store,
        async readEvents(sessionId) {
          const events = await store.readEvents(sessionId);
          if (seen.has(sessionId)) return events;
          seen.add(sessionId);
          torn += 1;
          return events.slice(0, -1);
        },
      };
    };
    expect(await findingsIn(original, { decorate: tearingOnce })).toEqual([]);
    expect(torn).toBe(6);
  });

  test('names nothing of a store that is written all the time', async () => {
    const directory = join(root, 'busy');
    const app = await createApp({
      config: testConfig({ DATA_DIR: directory }),
      channels: [createConsoleChannel(() => {})],
      log: pino({ level: 'silent' }),
    });
    const store = await openSqliteReader({ directory });
    const { violations, looks } = await examineWhileBusy(app, store, 50);
    await store.close();
    await app.close();
    expect(violations).toEqual([]);
    expect(looks).toBe(3);
    expect(await findingsIn(directory, { served: false })).toEqual([]);
  });

  test('takes totals that move while they are counted for unsettled, and names those that stand still', async () => {
    const directory = copyWith((database) =>
      database.exec(`UPDATE totals SET count = count + 1 WHERE question = 'satisfaction'`),
    );
    let readings = 0;
    const moving = (store: StoreReader): StoreReader => ({
      ...store,
      async readTotals(query) {
        readings += 1;
        const totals = await store.readTotals(query);
        return totals.map((total) => ({ ...total, count: total.count + readings }));
      },
    });
    const codes = (await findingsIn(directory, { decorate: moving })).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['unsettled']));
    expect((await findingsIn(directory)).map(({ code }) => code)).toEqual(['total_differs']);
  });

  test('blames nobody for what is due while no server runs', async () => {
    const planted = plantings.find(({ found }) => found[0] === 'timer_overdue');
    const directory = copyWith((database) => planted?.sqlite?.(database, plot));
    const findings = await findingsIn(directory, { served: false });
    expect(findings.map(({ code }) => code)).toEqual(['waits_for_server']);
  });

  test('tells neither addresses nor what anybody wrote', async () => {
    const everything = copyWith((database) => {
      for (const { sqlite, found } of plantings)
        if (found[0] !== 'belongs_to_nobody') sqlite?.(database, plot);
    });
    const findings = await findingsIn(everything);
    expect(findings.length).toBeGreaterThan(10);
    const told = JSON.stringify(findings);
    for (const secret of ['planted"', 'The people', 'hello', 'are you still'])
      expect(told).not.toContain(secret);
  });
});
