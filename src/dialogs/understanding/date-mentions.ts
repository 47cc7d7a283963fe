import { type DateWord, dateVocabulary, dateWords } from './date-words.ts';
import { findMentions } from './mentions.ts';
import { numeralAt } from './numbers.ts';
import { ordinalAt } from './ordinals.ts';
import { PhraseBook } from './phrases.ts';
import { type Message, type Token, tokenize } from './tokens.ts';
import { unitAt } from './units.ts';
import type { SaidWeekday } from './weekdays.ts';
import { isSlipOf } from './word-forms.ts';
import { rolesOf, withoutParticles } from './words.ts';

/** A date as said, before it is set against today. */
export type DateMention = { from: number; to: number; rule: string; sure: boolean } & (
  | { kind: 'shift'; days: number }
  /** So many minutes, or months, from now. */
  | { kind: 'moved'; count: number; unit: 'minutes' | 'months' }
  | ({ kind: 'weekday' } & SaidWeekday)
  /** Two figures of a year stand for a century still to be found; a date without a month is a day of one. */
  | { kind: 'date'; date: number; month?: number; year?: number }
);

/** Finds the dates of a reply in order. */
export function dateMentions(message: Message): DateMention[] {
  const mentions: DateMention[] = [];
  const tokens = message.tokens.length <= slipTokensMax ? message.tokens.map(corrected) : message.tokens;
  for (let from = 0; from < tokens.length; ) {
    const found = mentionAt(message, tokens, from);
    if (!found) {
      from += 1;
      continue;
    }
    const slipped = tokens
      .slice(found.from, found.to)
      .some((token, index) => token.text !== message.tokens[found.from + index]?.text);
    mentions.push(slipped ? { ...found, sure: false } : found);
    from = found.to;
  }
  return mentions;
}

/** Only in short replies is an unknown word that is near a day's name that name mistyped. */
const slipTokensMax = 4;

function corrected(token: Token): Token {
  if (token.kind !== 'word' || token.text.length < 4 || dateWords.match([token], 0) || ordinalAt([token], 0))
    return token;
  for (const typed of [token.text, ...withoutParticles(token.text)]) {
    const particle = token.text.slice(0, token.text.length - typed.length);
    const meant = typed.length >= 4 ? vocabulary.find((word) => isSlipOf(typed, word)) : undefined;
    if (meant !== undefined) return { ...token, text: particle + meant };
  }
  return token;
}

const vocabulary = dateVocabulary.map((word) =>
  tokenize(word)
    .tokens.map((token) => token.text)
    .join(' '),
);

function mentionAt(message: Message, tokens: readonly Token[], from: number): DateMention | undefined {
  return (
    numericDate(tokens, from) ??
    monthFirst(tokens, from) ??
    dayFirst(tokens, from) ??
    movedDate(message, tokens, from) ??
    namedDay(tokens, from)
  );
}

function wordAt(tokens: readonly Token[], from: number): { word: DateWord; length: number } | undefined {
  const found = dateWords.match(tokens, from);
  if (found) return { word: found.meaning, length: found.length };
  const token = tokens[from];
  if (token?.kind !== 'word' || token.text.length < 4) return undefined;
  for (const text of withoutParticles(token.text)) {
    const bare = dateWords.match([{ ...token, text }], 0);
    if (bare && bare.meaning.kind !== 'time') return { word: bare.meaning, length: 1 };
  }
  return undefined;
}

/** "2026-05-03", "3.5.2026", "3/5", "20260503". */
function numericDate(tokens: readonly Token[], from: number): DateMention | undefined {
  const [a, b, c, d] = [tokens[from], tokens[from + 1], tokens[from + 2], tokens[from + 3]];
  if (a?.kind !== 'digits' || a.gap.endsWith(':')) return undefined;
  const first = Number(a.text);
  const base = { kind: 'date', from, rule: 'numeric_date' } as const;
  if (a.text.length === 8 && !(b?.kind === 'digits' && b.gap !== ' ')) {
    const [year, month, date] = [a.text.slice(0, 4), a.text.slice(4, 6), a.text.slice(6)].map(Number);
    if (/^(?:19|20)/.test(a.text) && (month ?? 99) <= 12)
      return { ...base, to: from + 1, sure: false, year: year ?? 0, month: month ?? 0, date: date ?? 0 };
    if (/^(?:0|1|2|3)\d(?:0|1)\d(?:19|20)\d\d$/.test(a.text)) {
      return {
        ...base,
        to: from + 1,
        sure: false,
        date: Number(a.text.slice(0, 2)),
        month: Number(a.text.slice(2, 4)),
        year: Number(a.text.slice(4)),
      };
    }
    return undefined;
  }
  if (b?.kind !== 'digits') return undefined;
  const separator = b.gap.trim();
  const separated = /^[./\\-]$/.test(separator);
  const third =
    c?.kind === 'digits' &&
    (c.gap.trim() === separator || (separated && c.gap === ' ' && c.text.length === 4))
      ? c
      : undefined;
  if (d?.kind === 'digits' && separated && d.gap.trim() === separator) return undefined;
  if (third && (separated || (b.gap === ' ' && third.text.length === 4))) {
    const [second, last] = [Number(b.text), Number(third.text)];
    if (a.text.length === 4 && third.text.length <= 2)
      return { ...base, to: from + 3, sure: true, year: first, month: second, date: last };
    if (a.text.length <= 2 && b.text.length <= 2 && (third.text.length === 4 || third.text.length === 2)) {
      return { ...base, to: from + 3, sure: true, date: first, month: second, year: last };
    }
    return undefined;
  }
  const two =
    a.text.length <= 2 &&
    b.text.length <= 2 &&
    (separator === '.' || separator === '/' || separator === '\\');
  return two && !third && b.gap === separator
    ? { ...base, to: from + 2, sure: true, date: first, month: Number(b.text) }
    : undefined;
}

/** "May 5th, 2026" */
function monthFirst(tokens: readonly Token[], from: number): DateMention | undefined {
  const month = wordAt(tokens, from);
  if (month?.word.kind !== 'month') return undefined;
  const at = tokens[from + month.length]?.text === 'the' ? from + month.length + 1 : from + month.length;
  const date = dateNumber(tokens, at);
  if (!date || !/^[ .-]{0,2}$/.test(tokens[at]?.gap ?? '')) return undefined;
  const year = yearAt(tokens, date.to);
  return {
    kind: 'date',
    from,
    to: year?.to ?? date.to,
    rule: 'month_name',
    sure: true,
    date: date.value,
    month: month.word.month,
    ...(year && { year: year.value }),
  };
}

const ofMonth = new PhraseBook<true>([
  [true, 'of this month,of the month,this month,לחודש,לחודש הזה,בחודש,בחודש הזה,החודש,לחודש הנוכחי'],
]);

/** "5 במאי", "the third of May", "the 5th", "ב-5 לחודש" */
function dayFirst(tokens: readonly Token[], from: number): DateMention | undefined {
  const start = tokens[from]?.text === 'the' ? from + 1 : from;
  const date = dateNumber(tokens, start);
  if (!date) return undefined;
  const of =
    tokens[date.to]?.text === 'of' || tokens[date.to]?.text === 'ל' || tokens[date.to]?.text === 'ב'
      ? date.to + 1
      : date.to;
  const month = /^[ -]?$/.test(tokens[date.to]?.gap ?? '') ? wordAt(tokens, of) : undefined;
  if (month?.word.kind === 'month') {
    const end = of + month.length;
    const year = yearAt(tokens, end);
    const maybeWeekday =
      date.ordinal && /^[א-ת]/.test(tokens[start]?.text ?? '') && !tokens[start]?.text.startsWith('ה');
    return {
      kind: 'date',
      from,
      to: year?.to ?? end,
      rule: 'month_name',
      sure: !maybeWeekday,
      date: date.value,
      month: month.word.month,
      ...(year && { year: year.value }),
    };
  }
  const phrase = ofMonth.match(tokens, date.to);
  if (phrase)
    return {
      kind: 'date',
      from,
      to: date.to + phrase.length,
      rule: 'day_of_month',
      sure: true,
      date: date.value,
    };
  if (!date.ordinal || !date.suffixed) return undefined;
  return { kind: 'date', from, to: date.to, rule: 'day_of_month', sure: true, date: date.value };
}

/** A day of a month: "5", "5th", "third", "twenty first", "חמישה", "עשרים ואחד". */
function dateNumber(
  tokens: readonly Token[],
  from: number,
): { value: number; to: number; ordinal: boolean; suffixed: boolean } | undefined {
  const token = tokens[from];
  if (!token) return undefined;
  const suffix = tokens[from + 1];
  const suffixed = token.kind === 'digits' && suffix?.gap === '' && /^(?:st|nd|rd|th)$/.test(suffix.text);
  if (suffixed) return inMonth({ value: Number(token.text), to: from + 2, ordinal: true, suffixed: true });
  if (token.kind === 'digits') {
    if (token.text.length > 2 || token.gap.endsWith(':') || suffix?.gap === ':') return undefined;
    return inMonth({ value: Number(token.text), to: from + 1, ordinal: false, suffixed: false });
  }
  const ordinal = ordinalAt(tokens, from);
  if (ordinal && 'fromFront' in ordinal.place && ordinal.length === 1)
    return { value: ordinal.place.fromFront + 1, to: from + 1, ordinal: true, suffixed: false };
  const tens = token.text === 'twenty' ? 20 : token.text === 'thirty' ? 30 : undefined;
  const next = tens === undefined ? undefined : ordinalAt(tokens, from + 1);
  if (tens !== undefined && next && 'fromFront' in next.place && next.length === 1) {
    return inMonth({ value: tens + next.place.fromFront + 1, to: from + 2, ordinal: true, suffixed: false });
  }
  const numeral = numeralAt(tokens, from);
  return numeral && !(numeral.single && token.text === 'one')
    ? inMonth({ value: numeral.value, to: numeral.to, ordinal: false, suffixed: false })
    : undefined;
}

function inMonth<Found extends { value: number }>(found: Found): Found | undefined {
  return Number.isInteger(found.value) && found.value >= 1 && found.value <= 39 ? found : undefined;
}

function yearAt(tokens: readonly Token[], at: number): { value: number; to: number } | undefined {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token?.kind !== 'digits' || next?.gap === ':' || !/^[ ,.'-]{0,2}$/.test(token.gap)) return undefined;
  if (!/^(?:(?:19|20)\d\d)$/.test(token.text)) return undefined;
  return { value: Number(token.text), to: at + 1 };
}

const agoBefore = new Set(['לפני']);
const ahead = new PhraseBook<true>([[true, 'in,in another,within,בעוד,עוד,תוך']]);
const agoAfter = new PhraseBook<-1 | 1>([
  [-1, 'ago,before today,back,earlier'],
  [1, 'from now,from today,from the day,ahead,later,מהיום,מעכשיו'],
]);

/** "3 days ago", "לפני שבועיים", "in two weeks", "בעוד יומיים" */
function movedDate(message: Message, tokens: readonly Token[], from: number): DateMention | undefined {
  const opening = ahead.match(tokens, from);
  const ago = agoBefore.has(tokens[from]?.text ?? '');
  const at = from + (opening?.length ?? (ago ? 1 : 0));
  const mention = quantityAt(message, tokens, at);
  if (!mention) return undefined;
  const trailing = agoAfter.match(tokens, mention.to);
  const sign = ago ? -1 : opening ? 1 : trailing?.meaning;
  if (sign === undefined) return undefined;
  const to =
    opening || ago
      ? mention.to + (trailing?.meaning === 1 ? trailing.length : 0)
      : mention.to + (trailing?.length ?? 0);
  const another = quantityAt(message, tokens, to);
  if (another && tokens[to]?.gap === ' ') return undefined;
  return {
    kind: 'moved',
    from,
    to,
    rule: 'relative_date',
    sure: mention.unit === 'minutes',
    count: sign * mention.count,
    unit: mention.unit,
  };
}

function quantityAt(
  message: Message,
  tokens: readonly Token[],
  at: number,
): { count: number; unit: 'minutes' | 'months'; to: number } | undefined {
  const part = tokens.slice(at, at + 6);
  if (!numeralAt(part, 0) && !unitAt(part, 0)) return undefined;
  const [mention] = findMentions({ ...message, tokens: part, tail: '' }, rolesOf(part));
  if (mention?.kind !== 'quantity' || mention.from !== 0 || !mention.unit) return undefined;
  const count = mention.value * mention.unit.size;
  if (!Number.isInteger(count) || count <= 0 || count > countMax) return undefined;
  if (mention.unit.dimension === 'time') return { count, unit: 'minutes', to: at + mention.to };
  return mention.unit.dimension === 'months' ? { count, unit: 'months', to: at + mention.to } : undefined;
}

/** Twenty years in minutes: beyond, nobody counts. */
const countMax = 10_519_200;

const pointersBefore = new PhraseBook<NonNullable<SaidWeekday['pointer']>>([
  ['last', 'last,past,this past,previous,the last,the past'],
  ['coming', 'this,coming,this coming,the coming,upcoming'],
  ['next', 'next,the next'],
  ['last_week', 'last week,last week on,בשבוע שעבר,שבוע שעבר,בשבוע שעבר ב'],
  ['next_week', 'next week,next week on,בשבוע הבא,שבוע הבא'],
  ['this_week', 'this week,this week on,השבוע'],
]);
const pointersAfter = new PhraseBook<NonNullable<SaidWeekday['pointer']>>([
  ['last', 'שעבר,שעברה,האחרון,האחרונה,הקודם,הקודמת,שחלף,האחרונים,before,past'],
  ['coming', 'הקרוב,הקרובה,הזה,הזאת,coming,this week'],
  ['next', 'הבא,הבאה'],
  ['last_week', 'last week,of last week,בשבוע שעבר,שבוע שעבר,של שבוע שעבר'],
  ['next_week', 'next week,of next week,בשבוע הבא,שבוע הבא,של שבוע הבא'],
  ['this_week', 'השבוע'],
]);

/** "yesterday", "last Friday", "יום שני הקרוב" */
function namedDay(tokens: readonly Token[], from: number): DateMention | undefined {
  const before = pointersBefore.match(tokens, from);
  const named = wordAt(tokens, from + (before?.length ?? 0));
  if (named?.word.kind === 'weekday') {
    const end = from + (before?.length ?? 0) + named.length;
    const after = pointersAfter.match(tokens, end);
    const pointer = before?.meaning ?? after?.meaning;
    return {
      kind: 'weekday',
      from,
      to: end + (after?.length ?? 0),
      rule: 'weekday',
      sure: true,
      weekday: named.word.weekday,
      pointer,
    };
  }
  const word = before ? wordAt(tokens, from) : named;
  if (word?.word.kind !== 'shift') return undefined;
  return {
    kind: 'shift',
    from,
    to: from + word.length,
    rule: 'relative_date',
    sure: word.word.sure,
    days: word.word.days,
  };
}
