import { describe, expect, test } from 'vitest';
import { faultKinds } from './faults.ts';
import { describeFailure } from './report.ts';
import { shrink } from './shrink.ts';
import { type Run, simulate } from './simulate.ts';

const seeds = 500;

test(
  `[F2] in ${seeds} runs under faults every promise is kept`,
  async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= seeds; seed += 1) {
      const run = await simulate({ seed });
      if (run.violations.length > 0) expect.fail(describeFailure(await shrink(run)));
      for (const one of happenings(run)) seen.add(one);
    }
    // A simulation in which little happens finds little.
    expect([...expected].filter((one) => !seen.has(one))).toEqual([]);
  },
  10 * 60_000,
);

describe('a run', () => {
  test('is the same for the same seed, and another for another', async () => {
    const fingerprints = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const [first, again] = [await simulate({ seed }), await simulate({ seed })];
      expect(again.fingerprint).toBe(first.fingerprint);
      expect(again.trace).toEqual(first.trace);
      fingerprints.add(first.fingerprint);
    }
    expect(fingerprints.size).toBe(8);
  });

  test('is not disturbed by another that goes on beside it', async () => {
    const alone = await simulate({ seed: 11 });
    const [beside] = await Promise.all([simulate({ seed: 11 }), simulate({ seed: 12 })]);
    expect(beside.fingerprint).toBe(alone.fingerprint);
  });

  test('without faults has none', async () => {
    const { faults, violations, record } = await simulate({ seed: 3, faults: [] });
    expect(faults.size).toBe(0);
    expect(violations).toEqual([]);
    expect(record.turns.length).toBeGreaterThan(5);
  });

  test('with less that people do is a shorter one', async () => {
    const [whole, part] = [await simulate({ seed: 3 }), await simulate({ seed: 3, activity: 0.2 })];
    expect(part.record.inbound.size).toBeLessThan(whole.record.inbound.size);
  });
});

const expected = [
  ...faultKinds,
  ...['started', 'replied', 'media_received', 'resumed', 'reminded', 'expired', 'closed', 'revised'],
  ...['late answer', 'correction', 'retraction', 'tap', 'typed', 'he', 'en'],
  ...['opt-out', 'opt-in', 'case', 'answer of staff', 'erased contact', 'second address'],
  ...['lost race', 'duplicate', 'repeated send', 'claim without result', 'given up', 'suppressed question'],
  ...['web', 'sms', 'whatsapp'],
];

/** What is worth knowing that it happened. */
function happenings({ record, faults, trace }: Run): string[] {
  const happened: string[] = [...faults.keys()];
  const note = (one: string, times: boolean) => {
    if (times) happened.push(one);
  };
  const wasOut = new Set<string>();
  for (const { turn } of record.turns) {
    const { contact, events, projection, outbound } = turn;
    for (const { event } of events) happened.push(event.type);
    for (const { late, correctedFrom, inputMode, language, channel } of projection.answers) {
      happened.push(inputMode, language, channel);
      note('late answer', late);
      note('correction', correctedFrom !== undefined);
    }
    note('retraction', projection.retracted.length > 0);
    note('opt-out', turn.suppressQueued === true);
    note('opt-in', wasOut.has(contact.id) && contact.optedOutAt === undefined);
    if (contact.optedOutAt !== undefined) wasOut.add(contact.id);
    note('case', projection.cases.length > 0);
    note(
      'answer of staff',
      outbound.some(({ message }) => message.from === 'staff'),
    );
    note('second address', contact.addresses.length > 1);
  }
  note('erased contact', record.erased.size > 0);
  note(
    'repeated send',
    new Set(record.accepted.map(({ messageId }) => messageId)).size < record.accepted.length,
  );
  note(
    'claim without result',
    record.claims.some(({ message }) => message.afterUnknown),
  );
  const reasons = record.results.map(({ result: { result } }) => result.state === 'failed' && result.reason);
  note('given up', reasons.includes('not_a_number'));
  note('suppressed question', reasons.includes('answered'));
  note(
    'lost race',
    trace.some((line) => line.endsWith(': conflict')),
  );
  note(
    'duplicate',
    trace.some((line) => line.endsWith(': duplicate')),
  );
  return happened;
}
