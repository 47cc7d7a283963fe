import { describe, expect, test } from 'vitest';
import { loadRows, ours, score } from '../../support/understanding-corpus.ts';

// Rates only: whoever tunes the reader must not see the rows of the held-out set.

const goals = {
  he: { correct: 92, understood: 91, asked: 93, wrongValues: 3 },
  en: { correct: 94, understood: 93, asked: 93, wrongValues: 2.5 },
} as const;

describe.each(['corpus', 'held-out'] as const)('the %s', (set) => {
  test.each(['he', 'en'] as const)('is read as well as it must be in %s', (language) => {
    const rows = loadRows(set).filter(({ request }) => request.language === language);
    const goal = goals[language];
    const rates = score(rows, ours);
    expect(rates.rows).toBeGreaterThanOrEqual(set === 'corpus' ? 600 : 120);
    expect(rates.correct).toBeGreaterThanOrEqual(goal.correct);
    expect(rates.understood).toBeGreaterThanOrEqual(goal.understood);
    expect(rates.asked).toBeGreaterThanOrEqual(goal.asked);
    expect(rates.wrongValues).toBeLessThanOrEqual(goal.wrongValues);
    expect([rates.missedStops, rates.wrongStops]).toEqual([0, 0]);
  });
});
