import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTalk } from '../support/test-app.ts';

const nasty = [
  'א'.repeat(10_000),
  'z\u0000z',
  '\u202e9\u202c',
  '\u2067\u2068\u2066',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '__proto__',
  'constructor',
  'toString',
  '{"$gt":""}',
  "'; DROP TABLE contacts; --",
  '#{7*7} {{brand}} {{answers.recommend}} $t(opening)',
  '=HYPERLINK("http://x")',
  '\ud800',
  '🏴‍☠️'.repeat(500),
  'ק̷̢̛̘̃'.repeat(300),
  `9${'\u200b'.repeat(3000)}9`,
  '1'.repeat(4000),
  ' '.repeat(4000),
  '.*+?^$()|[]\\',
];

const hostileText = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.double().map(String),
  fc.integer().map(String),
  fc.stringMatching(/^[!.,:a-z_-]{1,40}$/),
);

const hostileContent = fc.oneof(
  { weight: 8, arbitrary: hostileText.map((text) => ({ kind: 'text', text }) as const) },
  {
    weight: 2,
    arbitrary: fc
      .stringMatching(/^[!.,:a-zA-Z0-9_-]{1,60}$/)
      .map((choice) => ({ kind: 'choice', choice }) as const),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'media', mediaType: 'image/png' } as const) },
);

/** What a score may be, whatever was said. */
const ranges: Record<string, readonly [number, number]> = {
  nps: [0, 10],
  csat: [1, 5],
  ces: [1, 7],
  rating: [1, 7],
};

test('[C12] 500 hostile messages get a polite reply or a rightful silence, and never an answer out of range', async () => {
  const touchpoints = ['purchase', 'delivery', 'support', 'fault', 'billing', 'churn'];
  const seed = 20_260_513;
  const contents = fc.sample(hostileContent, { numRuns: 500, seed });
  const perTalk = Math.ceil(contents.length / touchpoints.length);
  for (const [index, touchpoint] of touchpoints.entries()) {
    const talk = await startTalk(touchpoint, { language: index % 2 === 0 ? 'he' : 'en' });
    const { app, person } = talk;
    for (const [count, content] of contents.slice(index * perTalk, (index + 1) * perTalk).entries()) {
      await app.conversations.receive({
        channel: 'console',
        account: 'terminal',
        providerMessageId: `h${count}`,
        address: 'person',
        content,
      });
      await app.conversations.idle();
      const state = await app.store.readContact(person.contactId);
      expect(state?.pending, `left over after ${JSON.stringify(content).slice(0, 200)}`).toEqual([]);
      const said = person.seen();
      const silent = state?.contact.optedOutAt !== undefined || state?.contact.caseId !== undefined;
      if (!silent) expect(said.length, JSON.stringify(content).slice(0, 200)).toBeGreaterThan(0);
      for (const { text } of said) expect(text.trim()).not.toBe('');
    }
    const messages = await app.store.readMessages({ contactId: person.contactId, limit: 500 });
    expect(messages.filter((one) => one.direction === 'in' && one.state !== 'handled')).toEqual([]);
    const { items } = await app.store.listAnswers({ limit: 500 });
    for (const { kind, value, questionId } of items) {
      const range = ranges[kind];
      if (!range) continue;
      expect(Number.isInteger(value), `${questionId} = ${value}`).toBe(true);
      expect(value).toBeGreaterThanOrEqual(range[0]);
      expect(value).toBeLessThanOrEqual(range[1]);
    }
    await talk.close();
  }
}, 120_000);
