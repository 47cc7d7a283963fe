import type { Answer, Total } from './records.ts';

/** One place where answers are counted. */
export type TotalKey = Omit<Total, 'count'>;

/**
 * What an answer adds to the totals, one count each; correcting, retracting or erasing it takes the same away. An answer with several
 * options counts once for each and once with an empty value, so that shares have their base. What people wrote or where they can be
 * reached is counted and not shown: totals hold no personal data.
 */
export function totalsOf(answer: Answer): readonly TotalKey[] {
  const { questionnaireId, questionId, touchpointId, channel, language, kind, value, answeredAt } = answer;
  const place = {
    questionnaireId,
    questionId,
    touchpointId,
    channel,
    language,
    day: answeredAt.slice(0, 'YYYY-MM-DD'.length),
  };
  if (personalKinds.has(kind)) return [{ ...place, value: '' }];
  if (typeof value !== 'object') return [{ ...place, value: JSON.stringify(value) }];
  return [{ ...place, value: '' }, ...value.map((option) => ({ ...place, value: JSON.stringify(option) }))];
}

const personalKinds: ReadonlySet<string> = new Set(['text', 'email', 'phone']);
