import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite/index.ts';
import type { Store } from '../../../src/store/store.ts';
import { totalsOf } from '../../../src/store/totals.ts';
import { messageFrom, readAll } from '../../contracts/store/sample.ts';
import { people, sessionOf } from './crash-writer.ts';

const roundsWanted = 24;
/** Every round starts a process, which takes its time on a busy machine. */
const timeoutMilliseconds = 120_000;
const writer = join(import.meta.dirname, 'crash-writer.ts');

let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
});

/** Killed from outside once it has told so many things, or by its own hand between two statements. */
const strikeArbitrary = fc.oneof(
  fc.record({ tellings: fc.integer({ min: 1, max: 120 }) }),
  fc.record({ statements: fc.integer({ min: 0, max: 400 }) }),
);

type Strike = typeof strikeArbitrary extends fc.Arbitrary<infer One> ? One : never;

/** Runs a writer until it is killed, and returns all that it has told. */
async function writeAndKill(directory: string, round: number, strike: Strike): Promise<string[]> {
  const itself = 'statements' in strike ? [String(strike.statements)] : [];
  const tellingsMax = 'tellings' in strike ? strike.tellings : Number.POSITIVE_INFINITY;
  const running = spawn(process.execPath, [writer, directory, String(round), ...itself], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = running;
  let told = '';
  running.stdout.setEncoding('utf8');
  running.stdout.on('data', (text: string) => {
    told += text;
    if (told.split('\n').length > tellingsMax) running.kill('SIGKILL');
  });
  const [, signal] = await once(running, 'close');
  expect(signal).toBe('SIGKILL');
  // A last line without its end may have been cut.
  return told.split('\n').slice(0, -1);
}

async function expectWhole(store: Store, told: ReadonlySet<string>): Promise<void> {
  const answers = await readAll((page) => store.listAnswers(page));
  const sessions = new Set(answers.map(({ sessionId }) => sessionId));
  expect(sessions.size).toBe(answers.length);

  for (const person of people) {
    const messages = (await store.readContact(person))
      ? await store.readMessages({ contactId: person, limit: 100_000 })
      : [];
    const received = new Map<string, string>();
    const said = new Map<string, string>();
    for (const message of messages) {
      const text = message.direction === 'out' ? message.message.text : message.providerMessageId;
      const words = message.direction === 'out' ? said : received;
      const word = text.replace(`${person}-`, '');
      expect(words.has(word), `${person} ${word} stands twice`).toBe(false);
      words.set(word, message.state);
    }

    for (const line of told) {
      const [what, who, word = ''] = line.split(' ');
      if (who !== person) continue;
      expect(received.has(word), line).toBe(true);
      if (what !== 'received') expect(sessions.has(sessionOf(person, word)), line).toBe(true);
      if (what === 'sent') expect(said.get(word), line).toBe('sent');
    }

    // A turn is there as a whole or not at all.
    for (const [word, state] of received) {
      const handled = state === 'handled';
      expect(said.has(word), `${person} ${word}`).toBe(handled);
      expect(sessions.has(sessionOf(person, word)), `${person} ${word}`).toBe(handled);
      expect((await store.readEvents(sessionOf(person, word))).length).toBe(handled ? 1 : 0);
    }
    const turns = [...received.values()].filter((state) => state === 'handled').length;
    const state = await store.readContact(person);
    expect(state?.contact.version ?? 1).toBe(1 + turns);
  }

  const counted = (await store.readTotals({})).reduce((sum, { count }) => sum + count, 0);
  expect(counted).toBe(answers.flatMap(totalsOf).length);
}

test(
  'a process that is killed at any moment has kept all that it acknowledged, and no half turn',
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'kashuv-crash-'));
    const told = new Set<string>();
    let round = 0;
    try {
      await fc.assert(
        fc.asyncProperty(strikeArbitrary, async (strike) => {
          round += 1;
          const lines = await writeAndKill(directory, round, strike);
          for (const line of lines) told.add(line);
          const store = await openSqliteStore({ directory });
          try {
            await expectWhole(store, told);
            const [last = ''] = lines.filter((line) => line.startsWith('received')).slice(-1);
            const [, person = '', word = ''] = last.split(' ');
            if (word) {
              const again = await store.receive(messageFrom(person, word));
              expect(again).toEqual({ outcome: 'duplicate', contactId: person });
            }
          } finally {
            await store.close();
          }
        }),
        { numRuns: roundsWanted, endOnFailure: true },
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
  timeoutMilliseconds,
);
