import { type AskedQuestion, type Language, understand } from '../../../src/dialogs/understanding/index.ts';

/** The reading of a reply in short: `take 8`, `confirm 8`, `stop`, `ambiguous`, `invalid`. */
export function said(question: AskedQuestion, text: string, language: Language = 'he'): string {
  const reading = readingOf(question, text, language);
  if (reading.outcome === 'answer') return `${reading.confidence} ${JSON.stringify(reading.value)}`;
  return reading.outcome === 'command' ? reading.command : reading.outcome;
}

/** A reply on a Wednesday in Israel. */
export function readingOf(question: AskedQuestion, text: string, language: Language = 'he') {
  return understand({
    question,
    text,
    language,
    now: '2026-05-13T10:00:00Z',
    timeZone: 'Asia/Jerusalem',
    region: 'IL',
  });
}

/** An option with its labels, in Hebrew and in English. */
export function option(id: string, he: string[], en: string[], exclusive = false) {
  return { id, labels: { he, en }, exclusive };
}
