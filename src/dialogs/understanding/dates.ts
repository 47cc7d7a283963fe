import { type Day, dayOf, isoOf, localDay, monthsAway, partsOf } from './calendar.ts';
import { type Context, commentBeside, contextOf } from './context.ts';
import { type DateMention, dateMentions } from './date-mentions.ts';
import { ambiguous, confirm, type Draft, invalid, take } from './readings.ts';
import type { AskedQuestion } from './request.ts';
import { itemBefore, type Message } from './tokens.ts';
import { weekdayInSight } from './weekdays.ts';
import type { Role } from './words.ts';

/** When a date is read, and on which side of that day it should lie. */
export interface DateAsked {
  now: string;
  timeZone: string;
  when: AskedQuestion['when'];
}

/** A day that a mention means, or why it means none. */
type Meant =
  | { day: Day; sure: boolean }
  | { days: Day[] }
  | 'no_such_date'
  | 'date_in_future'
  | 'date_in_past';

const alternatives = new Set(['or', 'או', 'maybe', 'אולי']);

/**
 * Reads one date: numeric with the day first, with a month's name, relative to today, or a weekday. A missing year, month or week is taken
 * from the side of today that the question asks about. Two dates, a range, a day that does not exist or lies on the wrong side are asked again.
 */
export function readDate(asked: DateAsked, message: Message, roles: ReadonlyArray<Role | undefined>): Draft {
  const mentions = dateMentions(message);
  const [first] = mentions;
  if (!first)
    return message.tokens.every((token) => token.kind === 'emoji')
      ? invalid('only_emoji')
      : invalid('not_a_date');
  const { day: today, minutes } = localDay(asked.now, asked.timeZone);
  const meant = mentions.map((mention) => meaningOf(mention, today, minutes, asked.when));
  const days = new Set<Day>();
  for (const one of meant) {
    if (typeof one === 'string') continue;
    if ('day' in one) days.add(one.day);
    else for (const day of one.days) days.add(day);
  }
  if (days.size > 1)
    return ambiguous(
      mentions.length > 1 ? 'two_dates' : first.rule,
      [...days].sort((a, b) => a - b).map(isoOf),
    );
  const failed = meant.find((one) => typeof one === 'string');
  if (failed === 'no_such_date') return invalid('not_a_date', 'no_such_date');
  if (failed === 'date_in_future' || failed === 'date_in_past') return invalid(failed);
  const [day] = days;
  if (day === undefined) return invalid('not_a_date');
  const wrongSide = sideOf(day, today, asked.when);
  if (wrongSide) return invalid(wrongSide);
  return judge(
    message,
    roles,
    mentions,
    day,
    meant.every((one) => typeof one === 'object' && 'sure' in one && one.sure),
  );
}

function sideOf(
  day: Day,
  today: Day,
  when: DateAsked['when'],
): 'date_in_future' | 'date_in_past' | undefined {
  if (when === 'past' && day > today) return 'date_in_future';
  return when === 'future' && day < today ? 'date_in_past' : undefined;
}

function judge(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  mentions: readonly DateMention[],
  day: Day,
  sure: boolean,
): Draft {
  const [first] = mentions;
  const last = mentions.at(-1);
  if (!first || !last) return invalid('not_a_date');
  const taken = new Set<number>();
  for (const mention of mentions)
    for (let index = mention.from; index < mention.to; index += 1) taken.add(index);
  const context = contextOf(message, roles, first.from, last.to, taken);
  const value = isoOf(day);
  if (context.negated) return invalid('negated');
  if (context.before.has('limit') || context.conditional) return invalid('not_exact');
  if (context.asking) return ambiguous('asks_back', [value]);
  const before = itemBefore(message.tokens, first.from)?.text;
  const open =
    alternatives.has(message.tokens[last.to]?.text ?? '') ||
    before === 'or' ||
    before === 'או' ||
    unexplainedNumber(message, taken);
  if (open) return ambiguous('open_date', [value]);
  const comment = commentOf(message, context, first.from, last.to);
  const certain =
    sure &&
    !context.before.has('doubt') &&
    !message.tail.includes('?') &&
    mentions.every((mention) => mention.sure);
  return certain ? take(value, first.rule, comment) : confirm(value, first.rule, comment);
}

/** The comment is what follows the date in a clause of its own; words around it only carry it. */
function commentOf(message: Message, context: Context, from: number, to: number): string | undefined {
  return context.contentAfter
    ? commentBeside(message, { ...context, contentBefore: false }, from, to)
    : undefined;
}

const timePrepositions = new Set([
  'at',
  'ב',
  'בשעה',
  'שעה',
  'around',
  'after',
  'before',
  'אחרי',
  'לפני',
  'by',
  'until',
  'from',
  'עד',
  'מ',
  'בסביבות',
  'ל',
  'between',
  'בינ',
  'and',
  'ו',
  'to',
  'line',
]);

/** Whether a bare number stands there that is neither part of the date nor a time of day: "12-14/5". */
function unexplainedNumber(message: Message, taken: ReadonlySet<number>): boolean {
  return message.tokens.some((token, index) => {
    if (token.kind !== 'digits' || taken.has(index)) return false;
    const before = itemBefore(message.tokens, index);
    const timed =
      token.gap === ':' || message.tokens[index + 1]?.gap === ':' || timePrepositions.has(before?.text ?? '');
    const adjacent = taken.has(index - 1) || taken.has(index + 1);
    return adjacent && !timed && !/[,;\n]/.test(token.gap);
  });
}

function meaningOf(mention: DateMention, today: Day, minutes: number, when: DateAsked['when']): Meant {
  switch (mention.kind) {
    case 'shift':
      return { day: today + mention.days, sure: true };
    case 'moved':
      return moved(mention, today, minutes);
    case 'weekday':
      return weekdayInSight(mention, today, when);
    case 'date': {
      if (mention.month === undefined) return dayOfMonth(mention.date, today, when);
      if (mention.year === undefined) return withoutYear(mention.date, mention.month, today, when);
      const day = dayOf(
        fullYear(mention.year, mention.date, mention.month, today, when),
        mention.month,
        mention.date,
      );
      return day === undefined ? 'no_such_date' : { day, sure: true };
    }
  }
}

function moved(mention: Extract<DateMention, { kind: 'moved' }>, today: Day, minutes: number): Meant {
  if (mention.unit === 'months') return { day: monthsAway(today, mention.count), sure: false };
  if (!Number.isInteger(mention.count / 1440)) {
    return { day: today + Math.floor((minutes + mention.count) / 1440), sure: true };
  }
  return { day: today + mention.count / 1440, sure: true };
}

/** Two figures: the century that the question allows; birthdays lie in the past. */
function fullYear(year: number, date: number, month: number, today: Day, when: DateAsked['when']): number {
  if (year >= 100) return year;
  const near = 2000 + year;
  const day = dayOf(near, month, date);
  const thisYear = partsOf(today).year;
  if (when === 'past' && day !== undefined && day > today && near - thisYear > 1) return 1900 + year;
  return near - thisYear > centuryYears ? 1900 + year : near;
}

/** Beyond so many years ahead, two figures mean the last century. */
const centuryYears = 20;

/** A day this close on the wrong side of today was rather meant for this year than for another. */
const nearMissDays = 45;
/** An unstated year is sure only when the day is this much nearer than in any other year. */
const surelyDays = 200;

function withoutYear(date: number, month: number, today: Day, when: DateAsked['when']): Meant {
  const { year } = partsOf(today);
  const days = [year - 1, year, year + 1].flatMap((candidate) => dayOf(candidate, month, date) ?? []);
  if (days.length === 0)
    return dayOf(2024, month, date) === undefined ? 'no_such_date' : nearestLeap(date, month, today, when);
  const near = days.find((day) => Math.abs(day - today) <= nearMissDays);
  if (near !== undefined && sideOf(near, today, when))
    return when === 'past' ? 'date_in_future' : 'date_in_past';
  if (when === 'past') return latest(days.filter((day) => day <= today));
  if (when === 'future') return latest(days.filter((day) => day >= today).slice(0, 1));
  const [closest] = days.sort((a, b) => Math.abs(a - today) - Math.abs(b - today));
  const current = dayOf(year, month, date);
  if (current === undefined || closest === undefined) return 'no_such_date';
  return { day: current, sure: current === closest && Math.abs(current - today) < surelyDays };
}

function latest(days: readonly Day[]): Meant {
  const day = days.at(-1);
  return day === undefined ? 'no_such_date' : { day, sure: true };
}

/** 29 February without a year, when none of the years around has one. */
function nearestLeap(date: number, month: number, today: Day, when: DateAsked['when']): Meant {
  const { year } = partsOf(today);
  const step = when === 'future' ? 1 : -1;
  for (let candidate = year; Math.abs(candidate - year) <= 8; candidate += step) {
    const day = dayOf(candidate, month, date);
    if (day !== undefined && !sideOf(day, today, when)) return { day, sure: false };
  }
  return 'no_such_date';
}

/** "the 5th": of this month, or of the one that the question's side demands. */
function dayOfMonth(date: number, today: Day, when: DateAsked['when']): Meant {
  const { year, month } = partsOf(today);
  const current = dayOf(year, month, date);
  if (current !== undefined && !sideOf(current, today, when)) return { day: current, sure: true };
  if (when === undefined) return 'no_such_date';
  const step = when === 'past' ? -1 : 1;
  const first = monthsAway(dayOf(year, month, 1) ?? today, step);
  const other = partsOf(first);
  const day = dayOf(other.year, other.month, date);
  return day === undefined ? 'no_such_date' : { day, sure: false };
}
