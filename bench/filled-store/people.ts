import type { Language } from '../../src/dialogs/language.ts';
import { hebrewScript, script, sentencesScript } from '../engine/conversation.ts';

/** How somebody holds the bench conversation. */
export interface Person {
  readonly language: Language;
  readonly replies: readonly string[];
  /** The replies lead to the end, after which another survey can begin. */
  readonly finishes: boolean;
  /** A reply that was acknowledged and that nobody has handled. */
  readonly unhandled?: string;
}

/** The bench conversation with other scores, and with what disappointed where the first score is low. */
function answering(recommend: number, rest: readonly string[]): readonly string[] {
  const why = recommend <= 6 ? ['It took two weeks, and nobody told me why'] : [];
  return [String(recommend), ...why, ...rest];
}

/**
 * People as they come: most of them answer everything, in one language or the other, in figures or in words, well or badly disposed; one asks for a
 * person, one says stop half-way, one stops answering.
 */
export const people: readonly Person[] = [
  { language: 'en', replies: script.replies, finishes: true },
  { language: 'he', replies: hebrewScript.replies, finishes: true },
  { language: 'en', replies: sentencesScript.replies, finishes: true },
  {
    language: 'en',
    replies: answering(3, ['yes', '2026-11-18', '2', '1', '4', '4', '7', '1', 'The box was open and wet']),
    finishes: true,
  },
  {
    language: 'he',
    replies: answering(10, ['כן', '10/11/2026', '5', '7', '1', '1, 2, 3', '0', '5', 'תודה, היה מצוין']),
    finishes: true,
  },
  {
    language: 'he',
    replies: answering(6, ['כן', '01/11/2026', '3', '4', '3', '2', '3', '3', 'השליח לא התקשר לפני שבא']),
    finishes: true,
  },
  {
    language: 'en',
    replies: answering(8, [
      'yes',
      '2026-11-15',
      '4',
      '5',
      'The price',
      '2, 3',
      '1',
      '4',
      'Good, on the whole',
    ]),
    finishes: true,
  },
  {
    language: 'en',
    replies: answering(9, ['yes', '2026-11-16', '5', '6', '1', '1', '0', '5', 'No']),
    finishes: true,
  },
  { language: 'en', replies: ['4', 'Nothing has come yet', 'no', 'Where is it?'], finishes: true },
  { language: 'he', replies: ['2', 'החבילה נפתחה בדרך', 'כן', '05/11/2026', '1', 'נציג'], finishes: false },
  { language: 'en', replies: ['7', 'yes', '2026-11-17', 'stop'], finishes: false },
  { language: 'he', replies: ['9', 'כן', '12/11/2026', '5'], finishes: false },
];

/** Somebody half-way through. */
export const halfWay: Person = { language: 'en', replies: script.replies.slice(0, 5), finishes: false };

/** Somebody half-way through whose last reply nobody has handled. */
export const unhandled: Person = { ...halfWay, unhandled: '6' };
