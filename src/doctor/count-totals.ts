import type { Answer, Total } from '../store/records.ts';
import { type TotalKey, totalsOf } from '../store/totals.ts';
import type { Finding } from './finding.ts';

/** Counts answers once more, to compare the counts with the stored totals. */
export interface Recount {
  add(answer: Answer): void;
  /** Where the stored totals differ from what was added, with both counts. */
  compare(totals: readonly Total[]): TotalDifference[];
}

export interface TotalDifference {
  readonly key: TotalKey;
  readonly stored: number;
  readonly counted: number;
}

export function createRecount(): Recount {
  const counts = new Map<string, { key: TotalKey; count: number }>();

  return {
    add(answer) {
      for (const key of totalsOf(answer)) {
        const id = idOf(key);
        counts.set(id, { key, count: (counts.get(id)?.count ?? 0) + 1 });
      }
    },
    compare(totals) {
      const stored = new Map(totals.map(({ count, ...key }) => [idOf(key), { key, count }]));
      return [...new Set([...counts.keys(), ...stored.keys()])].flatMap((id) => {
        const [counted, kept] = [counts.get(id), stored.get(id)];
        const key = counted?.key ?? kept?.key;
        const difference = { stored: kept?.count ?? 0, counted: counted?.count ?? 0 };
        return key && difference.stored !== difference.counted ? [{ key, ...difference }] : [];
      });
    },
  };
}

/** Totals hold no personal data, so their value may be told. */
export function findingOf({ key, stored, counted }: TotalDifference): Finding {
  const { questionnaireId, questionId, touchpointId, channel, language, day, value } = key;
  const place = `${questionnaireId}, ${touchpointId}, ${channel}, ${language}, ${day}`;
  return {
    code: 'total_differs',
    questionId,
    words: `the total of ${value === '' ? 'all answers' : `the answer ${value}`} (${place}) says ${stored}, and the answers come to ${counted}`,
  };
}

function idOf({
  questionnaireId,
  questionId,
  touchpointId,
  channel,
  language,
  day,
  value,
}: TotalKey): string {
  return JSON.stringify([questionnaireId, questionId, touchpointId, channel, language, day, value]);
}
