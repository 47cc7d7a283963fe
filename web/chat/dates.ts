import type { Language } from './wire.ts';

const locales = { he: 'he-IL', en: 'en-GB' } as const;

/** A day as people write it, with the month in words, so that nobody takes the day for the month. `day` is YYYY-MM-DD. */
export function writtenDay(day: string, language: Language): string {
  const moment = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return day;
  return moment.toLocaleDateString(locales[language], {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** The time of day on the reader's own clock, with the date where it is not today. */
export function writtenTime(at: string, language: Language, now: Date): string {
  const moment = new Date(at);
  return moment.toLocaleString(locales[language], {
    hour: '2-digit',
    minute: '2-digit',
    ...(moment.toDateString() !== now.toDateString() && { day: 'numeric', month: 'long' }),
  });
}
