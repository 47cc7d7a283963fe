/** A day as its number since 1 January 1970, so that days can be counted. */
export type Day = number;

const dayMilliseconds = 86_400_000;

/** The day of a date, or undefined when there is no such date. Months count from 1. */
export function dayOf(year: number, month: number, date: number): Day | undefined {
  const time = Date.UTC(year, month - 1, date);
  const made = new Date(time);
  const exists =
    made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  return exists ? time / dayMilliseconds : undefined;
}

/** YYYY-MM-DD. */
export function isoOf(day: Day): string {
  const { year, month, date } = partsOf(day);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(date)}`;
}

function twoDigits(count: number): string {
  return count < 10 ? `0${count}` : String(count);
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(day * dayMilliseconds).getUTCDay();
}

/** The calendar date of a day: year, month (1–12) and day of the month. */
export function partsOf(day: Day): { year: number; month: number; date: number } {
  const made = new Date(day * dayMilliseconds);
  return { year: made.getUTCFullYear(), month: made.getUTCMonth() + 1, date: made.getUTCDate() };
}

/** The same date some months away, or the last day of that month when it is shorter. */
export function monthsAway(day: Day, months: number): Day {
  const { year, month, date } = partsOf(day);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date, last)) / dayMilliseconds;
}

/** The day and the minute of it that a moment falls on in a time zone. A zone that does not exist counts as UTC. */
export function localDay(now: string, timeZone: string): { day: Day; minutes: number } {
  const time = Math.floor(Date.parse(now) / 60_000);
  const local = time + offsetOf(timeZone, time);
  const day = Math.floor(local / dayMinutes);
  return { day, minutes: local - day * dayMinutes };
}

const dayMinutes = 1440;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The offset that was worked out last. Replies of one time ask for the same again, and working it out costs more than reading them. */
let known = { timeZone: '', quarter: Number.NaN, offset: 0 };

/** By how many minutes a zone's clocks are ahead of UTC. Zones change at the end of a quarter of an hour. */
function offsetOf(timeZone: string, time: number): number {
  const quarter = Math.floor(time / 15);
  if (known.timeZone !== timeZone || known.quarter !== quarter) {
    known = { timeZone, quarter, offset: localTime(timeZone, time) - time };
  }
  return known.offset;
}

/** A zone's own date and clock at a moment, as if they were UTC. Both are minutes since 1 January 1970. */
function localTime(timeZone: string, time: number): number {
  const parts = formatOf(timeZone).formatToParts(time * 60_000);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((candidate) => candidate.type === type)?.value ?? 0);
  const clock = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return clock / 60_000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const options = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { ...options, timeZone });
  } catch {
    format = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
  if (formats.size < zonesMax) formats.set(timeZone, format);
  return format;
}

/** There are fewer zones than this; the bound is for names that are none. */
const zonesMax = 600;
