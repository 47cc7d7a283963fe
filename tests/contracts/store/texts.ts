import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Subject } from '../store.ts';
import {
  addressOf,
  answerOf,
  meet,
  messageFrom,
  moment,
  noProjection,
  project,
  read,
  responseOf,
  say,
  started,
  turnOf,
} from './sample.ts';

const awkward = {
  'emoji of several code points': '👩‍👩‍👧‍👦 👍🏽 🇮🇱',
  'Hebrew with vowel signs': 'שָׁלוֹם עֲלֵיכֶם',
  'marks of direction': '\u202eabc\u202c \u2067שלום\u2069 \u200f\u200e',
  'a NUL in the middle': 'before\u0000after',
  'half of a surrogate pair': 'broken \ud83d end',
  'composed and decomposed letters': 'é e\u0301',
  'line breaks and controls': 'a\r\n\tb\u001b[31m\u2028c',
  'quotes and SQL': `'; DROP TABLE messages; -- " \\ %_`,
  markup: '<script>alert(1)</script>{"$gt":""}',
  'something very long': 'ארוך מאוד '.repeat(2000),
};

const prototypeKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '$where',
  'a.b',
  '',
];

export function texts({ store }: Subject): void {
  for (const [what, text] of Object.entries(awkward)) {
    test(`${what} comes back as it was, wherever people write`, async () => {
      const reply = { providerMessageId: 'm1', rawText: text };
      const said = { ...say(text), choices: [{ token: 't1', label: text }] };
      const { contact } = await meet(store(), 'ada', 'hello');
      await store().receive(messageFrom('ada', 'x', { content: { kind: 'text', text } }));
      const state = await read(store(), 'ada');
      expect(state.pending[1]?.content).toEqual({ kind: 'text', text });
      const answer = answerOf('ada', 's1', { kind: 'text', value: text, rawText: text, comment: text });
      await store().commitTurn(
        turnOf(state, {
          contact: { ...contact, attributes: { name: text } },
          events: [{ ...started('ada', 's1'), reply }],
          outbound: [{ addressId: addressOf('ada').id, message: said }],
          projection: { ...noProjection, answers: [answer] },
        }),
      );
      expect((await read(store(), 'ada')).contact.attributes).toEqual({ name: text });
      expect((await store().readEvents('s1'))[0]?.reply).toEqual(reply);
      expect((await store().listAnswers({ limit: 10 })).items).toEqual([answer]);
      const [last] = await store().readMessages({ contactId: 'ada', limit: 1, latest: true });
      expect(last).toMatchObject({ message: said });
    });
  }

  test('any text and any attributes come back as they were', async () => {
    await meet(store(), 'ada');
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...prototypeKeys)), value),
        async (attributes) => {
          const state = await read(store(), 'ada');
          await store().commitTurn(turnOf(state, { contact: { ...state.contact, attributes } }));
          const stored = (await read(store(), 'ada')).contact.attributes;
          // Negative zero is zero in JSON, and nobody can tell them apart in an answer.
          expect(JSON.stringify(stored)).toBe(JSON.stringify(attributes));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('names that mean something to the language are names like any other', async () => {
    for (const [index, key] of prototypeKeys.entries()) {
      const person = `person ${key}`;
      await meet(store(), person);
      const attributes = Object.fromEntries([[key, 'mine']]);
      const { contact } = await read(store(), person);
      await project(
        store(),
        person,
        {
          answers: [
            answerOf(person, `session ${key}`, {
              questionId: key,
              questionnaireId: key,
              value: key,
              kind: 'choice',
            }),
          ],
          responses: [
            responseOf(person, `session ${key}`, { startedAt: moment(index), questionnaireId: key }),
          ],
        },
        { contact: { ...contact, attributes } },
      );
      const stored = (await read(store(), person)).contact.attributes;
      expect(Object.entries(stored)).toEqual([[key, 'mine']]);
      expect(Object.getPrototypeOf(stored)).toBe(Object.prototype);
      expect(await store().readTotals({ questionnaireId: key })).toMatchObject([
        { questionId: key, value: JSON.stringify(key), count: 1 },
      ]);
      expect((await store().listAnswers({ limit: 10, sessionId: `session ${key}` })).items).toHaveLength(1);
    }
    expect(Object.hasOwn(Object.prototype, 'mine')).toBe(false);
  });

  test('keys that differ in anything are different messages', async () => {
    const keys = [
      'a',
      'A',
      'a ',
      ' a',
      'a\u0000',
      'a\u0000b',
      'é',
      'e\u0301',
      'א',
      'אַ',
      '1',
      '01',
      '1.0',
      '',
    ];
    for (const [index, key] of keys.entries()) {
      const message = messageFrom('ada', `${index}`, { key: `web:demo:${key}` });
      expect(await store().receive(message)).toMatchObject({ outcome: 'stored' });
      expect(await store().receive(message)).toMatchObject({ outcome: 'duplicate' });
    }
    expect((await read(store(), 'ada')).pending.map(({ key }) => key)).toEqual(
      keys.map((key) => `web:demo:${key}`),
    );
  });
}
