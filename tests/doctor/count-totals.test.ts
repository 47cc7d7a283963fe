import { describe, expect, test } from 'vitest';
import { createRecount, findingOf } from '../../src/doctor/index.ts';
import { totalsOf } from '../../src/store/totals.ts';
import { answerOf } from '../contracts/store/sample.ts';

const answers = [
  answerOf('ada', 's1'),
  answerOf('ben', 's2'),
  answerOf('cleo', 's3', { value: ['price', 'service'], kind: 'multi_choice', questionId: 'why' }),
];

function recountOf(counted: typeof answers) {
  const recount = createRecount();
  for (const answer of counted) recount.add(answer);
  return recount;
}

const totals = recountOf(answers)
  .compare([])
  .map(({ key, counted }) => ({ ...key, count: counted }));

describe('counting answers once more', () => {
  test('agrees with totals that are right', () => {
    expect(totals.map(({ count }) => count).toSorted()).toEqual([1, 1, 1, 2]);
    expect(recountOf(answers).compare(totals)).toEqual([]);
  });

  test('finds totals that are too high, too low, missing and left over', () => {
    const [first, second, third, ...rest] = totals;
    if (!first || !second || !third) throw new Error('Expected totals');
    const [stray] = totalsOf(answerOf('dan', 's4', { value: 1 }));
    if (!stray) throw new Error('Expected a total');
    const wrong = [
      { ...first, count: first.count + 1 },
      { ...second, count: second.count - 1 },
      ...rest,
      { ...stray, count: 4 },
    ];
    const differences = recountOf(answers).compare(wrong);
    expect(differences.map(({ stored, counted }) => stored - counted).toSorted((a, b) => a - b)).toEqual([
      -third.count,
      -1,
      1,
      4,
    ]);
  });

  test('says in words which total differs, and by how much', () => {
    const [difference] = recountOf(answers.slice(0, 1)).compare([]);
    if (!difference) throw new Error('Expected a difference');
    expect(findingOf(difference)).toMatchObject({
      code: 'total_differs',
      questionId: 'recommend',
      words:
        'the total of the answer 9 (purchase-nps, purchase, web, he, 2026-11-22) says 0, and the answers come to 1',
    });
  });
});
