import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer, Total } from '../../../src/store/records.ts';
import type { Projection, Store } from '../../../src/store/store.ts';
import { totalsOf } from '../../../src/store/totals.ts';
import type { Subject } from '../store.ts';
import { answerOf, meet, moment, noProjection, project, readAll, responseOf } from './sample.ts';

const questions = {
  recommend: { kind: 'nps', value: fc.integer({ min: 0, max: 10 }) },
  reasons: { kind: 'multi_choice', value: fc.subarray(['price', 'people', 'place']) },
  again: { kind: 'yes_no', value: fc.boolean() },
  why: { kind: 'text', value: fc.constantFrom('כי כן', 'because') },
} as const;

const valueArbitrary = fc.oneof(
  ...Object.entries(questions).map(([questionId, { kind, value }]) =>
    fc.record({
      questionId: fc.constant(questionId),
      kind: fc.constant(kind),
      value,
      channel: fc.constantFrom('web', 'sms'),
      language: fc.constantFrom('he' as const, 'en' as const),
      seconds: fc.integer({ min: 0, max: 200_000 }),
    }),
  ),
);

const actArbitrary = fc.record({
  person: fc.nat({ max: 2 }),
  session: fc.nat({ max: 1 }),
  answers: fc.array(valueArbitrary, { maxLength: 3 }),
  retracted: fc.subarray(Object.keys(questions), { maxLength: 2 }),
  repeats: fc.boolean(),
});

export function totals({ store }: Subject): void {
  let runs = 0;

  test('totals equal what the answers add up to, after any answers, corrections, retractions and erasings', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(actArbitrary, { maxLength: 12 }),
        fc.option(fc.nat({ max: 2 })),
        async (acts, erased) => {
          runs += 1;
          const questionnaireId = `questionnaire-${runs}`;
          const people = ['ada', 'ben', 'cleo'].map((person) => `${person}-${runs}`);
          for (const person of people) await meet(store(), person);
          const expected = new Map<string, Answer>();

          for (const act of acts) {
            const person = people[act.person] ?? '';
            const sessionId = `${person}-${act.session}`;
            const answers = act.answers.map(({ seconds, ...rest }) =>
              answerOf(person, sessionId, { ...rest, questionnaireId, answeredAt: moment(seconds) }),
            );
            const projection: Projection = {
              ...noProjection,
              answers,
              retracted: act.retracted.map((questionId) => ({ sessionId, questionId })),
              responses: [responseOf(person, sessionId, { questionnaireId })],
            };
            await project(store(), person, projection);
            if (act.repeats) await store().applyProjection(projection);
            for (const questionId of act.retracted) expected.delete(`${sessionId} ${questionId}`);
            for (const answer of answers) expected.set(`${sessionId} ${answer.questionId}`, answer);
            await compare(store(), questionnaireId, [...expected.values()]);
          }

          if (erased === null) return;
          const gone = people[erased] ?? '';
          await store().eraseContact(gone, moment());
          const left = [...expected.values()].filter(({ contactId }) => contactId !== gone);
          await compare(store(), questionnaireId, left);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('totals of a questionnaire are read without those of another', async () => {
    await meet(store(), 'ada');
    await project(store(), 'ada', {
      answers: [
        answerOf('ada', 's1'),
        answerOf('ada', 's2', { questionnaireId: 'other', touchpointId: 'support' }),
      ],
    });
    expect(await store().readTotals({ questionnaireId: 'other' })).toEqual([
      {
        questionnaireId: 'other',
        questionId: 'recommend',
        touchpointId: 'support',
        channel: 'web',
        language: 'he',
        day: '2026-11-22',
        value: '9',
        count: 1,
      },
    ]);
    expect(await store().readTotals({})).toHaveLength(2);
    expect(await store().readTotals({ questionnaireId: 'none' })).toEqual([]);
  });
}

async function compare(store: Store, questionnaireId: string, expected: readonly Answer[]): Promise<void> {
  const answers = await readAll((page) => store.listAnswers({ ...page, questionnaireId }));
  expect(sorted(answers)).toEqual(sorted(expected));
  expect(sorted(await store.readTotals({ questionnaireId }))).toEqual(sorted(countAll(expected)));
}

function countAll(answers: readonly Answer[]): Total[] {
  const counts = new Map<string, Total>();
  for (const key of answers.flatMap(totalsOf)) {
    const place = JSON.stringify(key);
    counts.set(place, { ...key, count: (counts.get(place)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

function sorted<Item extends object>(items: readonly Item[]): Item[] {
  const place = (item: Item) => JSON.stringify(Object.entries(item).toSorted());
  return items.toSorted((left, right) => (place(left) < place(right) ? -1 : 1));
}
