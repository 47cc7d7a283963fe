import { type Numeral, numeralAt } from './numbers.ts';
import { PhraseBook } from './phrases.ts';
import type { Message, Token } from './tokens.ts';
import { gapAfter, itemBefore } from './tokens.ts';
import { conversion, type Unit, type UnitWord, unitAt, unitOfSign } from './units.ts';
import { particles, type Role } from './words.ts';

/** A number in a reply, and what it is used for there. */
export interface Mention {
  /** `plain`: a bare number. `ratio`: "8/10". `quantity`: it counts `unit`. `other`: part of a date, a time, a phone number, a name. */
  kind: 'plain' | 'ratio' | 'quantity' | 'other';
  value: number;
  /** Tokens from `from` up to but not including `to`, with the unit or the second part of a ratio. */
  from: number;
  to: number;
  /** The second part of a ratio. */
  of?: number;
  unit?: Unit;
  /** How the number itself stands there; absent for a unit that carries its number ("שעתיים"). */
  numeral?: Numeral;
}

/** Whether a number is glued to the Hebrew "about": "כ-5", "כעשר". */
export function isRough(mention: Mention | undefined): boolean {
  return mention?.numeral?.particle?.endsWith('כ') === true;
}

/** Finds every number of a reply. `top` is the top of the scale asked about: weak ratio words ("8 of 10") count only with it. */
export function findMentions(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  top?: number,
): Mention[] {
  const { tokens } = message;
  const mentions: Mention[] = [];
  for (let index = 0; index < tokens.length; ) {
    const mention = mentionAt(message, roles, index, top);
    if (!mention) {
      index += 1;
      continue;
    }
    const previous = mentions.at(-1);
    const sum = previous && joined(tokens, previous, mention);
    if (sum) mentions[mentions.length - 1] = sum;
    else mentions.push(mention);
    index = mention.to;
  }
  return mentions;
}

function mentionAt(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  from: number,
  top?: number,
): Mention | undefined {
  const { tokens } = message;
  const numeral = numeralAt(tokens, from);
  const carried = carriedBy(tokens, from);
  if (!numeral || (carried && carried.to > numeral.to + 1)) return carried;
  const odd = endOfOther(message, roles, numeral);
  if (odd !== undefined) return { kind: 'other', value: numeral.value, from, to: odd, numeral };
  const signed = isNegative(tokens, numeral) ? { ...numeral, value: -numeral.value } : numeral;
  const ratio = ratioAfter(tokens, signed, top);
  if (ratio) return ratio;
  const sign = unitOfSign(tokens[from]?.gap ?? '') ?? unitOfSign(firstPart(gapAfter(message, signed.to - 1)));
  if (sign && sign.name !== 'percent' && unitAt(tokens, signed.to)?.unit !== sign) {
    return { kind: 'quantity', value: signed.value, from, to: signed.to, unit: sign, numeral: signed };
  }
  const counted = countedAfter(tokens, signed);
  if (counted) {
    const to = signed.to + counted.length;
    return { kind: 'quantity', value: signed.value, from, to, unit: counted.unit, numeral: signed };
  }
  if (sign)
    return { kind: 'quantity', value: signed.value, from, to: signed.to, unit: sign, numeral: signed };
  return { kind: 'plain', value: signed.value, from, to: signed.to, numeral: signed };
}

/** The part of a gap that touches the number before it. */
function firstPart(gap: string): string {
  const trimmed = gap.startsWith(' ') ? gap.slice(1) : gap;
  const space = trimmed.indexOf(' ');
  return space < 0 ? trimmed : trimmed.slice(0, space);
}

function isNegative(tokens: readonly Token[], numeral: Numeral): boolean {
  const gap = tokens[numeral.from]?.gap ?? '';
  if (numeral.from === 0 && (gap === '-' || gap.endsWith(' -') || gap.endsWith('(-'))) return true;
  if (numeral.from > 0 && (gap === ' -' || gap === ' (-')) return true;
  const before = gap === ' ' ? itemBefore(tokens, numeral.from)?.text : undefined;
  return before === 'minus' || before === 'מינוס' || before === 'negative';
}

/** Parts of an hour or a kilo that are written as fractions: "3/4 שעה". */
const quarters = 4;

const strongRatio = new PhraseBook<true>([[true, 'out of,outof,outta,out off,of out,מתוכ,מתוך,מתוכ ה']]);
const weakRatio = new PhraseBook<true>([[true, 'of,on,from,over,in,out,מ,על,מתוך ה']]);

function ratioAfter(tokens: readonly Token[], numeral: Numeral, top?: number): Mention | undefined {
  const unit = unitAt(tokens, numeral.to);
  const skip = unit && (unit.unit.name === 'stars' || unit.unit.name === 'points') ? unit.length : 0;
  const at = numeral.to + skip;
  const next = tokens[at];
  if (!next) return undefined;
  let second: Numeral | undefined;
  let strong = false;
  const slash = next.gap.trim();
  if (slash === '/' || slash === '\\' || slash === '|') {
    second = numeralAt(tokens, at);
    strong = slash !== '|';
  } else if (next.gap === ' ' || next.gap === '' || next.gap === '-') {
    const word = strongRatio.match(tokens, at);
    strong = word !== undefined;
    const length = word?.length ?? weakRatio.match(tokens, at)?.length ?? 0;
    second = numeralAt(tokens, at + length);
    if (length === 0 && second?.particle !== 'מ') second = undefined;
    if (length > 0 && second && !/^[ -]*$/.test(tokens[at + length]?.gap ?? '')) second = undefined;
  }
  if (!second || (!strong && (second.value !== top || numeral.value < 0))) return undefined;
  const after = unitAt(tokens, second.to);
  if (after && after.unit.name !== 'stars' && after.unit.name !== 'points' && after.unit.name !== 'percent') {
    const parted = slash === '/' && numeral.value < second.value && second.value <= quarters;
    return {
      kind: 'quantity',
      value: parted ? numeral.value / second.value : numeral.value,
      from: numeral.from,
      to: second.to + after.length,
      unit: after.unit,
      numeral,
    };
  }
  return {
    kind: 'ratio',
    value: numeral.value,
    of: second.value,
    from: numeral.from,
    to: second.to + (after?.length ?? 0),
    numeral,
  };
}

/** The unit that a number counts: right after it, or after one describing word. */
function countedAfter(
  tokens: readonly Token[],
  numeral: Numeral,
): { unit: Unit; length: number } | undefined {
  const next = tokens[numeral.to];
  if (!next || !/^[ -]?$/.test(next.gap)) return undefined;
  const direct = unitAt(tokens, numeral.to);
  if (direct) return direct;
  if (numeral.written === 'digits' && next.gap === '') return undefined;
  const after = tokens[numeral.to + 1];
  const described =
    after?.gap === ' ' && describing.has(next.text) ? unitAt(tokens, numeral.to + 1) : undefined;
  return described && { unit: described.unit, length: described.length + 1 };
}

const describing = new Set(
  'whole full long short different other more extra separate total small big large new old missing wrong broken good bad great young little damn bloody freaking business working calendar'.split(
    ' ',
  ),
);

/** Words that make a unit a certain one, and no count: "next day", "every week". */
const pointing = new Set(
  'same next every each per this that last previous following all כל אותו באותו למחרת'.split(' '),
);

/** A unit that carries its own number, with a half or a quarter after it: "שעה וחצי", "an hour and a half". */
function carriedBy(tokens: readonly Token[], from: number): Mention | undefined {
  const word: (UnitWord & { length: number }) | undefined = unitAt(tokens, from);
  if (!word || word.carries === undefined || pointing.has(itemBefore(tokens, from)?.text ?? ''))
    return undefined;
  let value = word.carries;
  let to = from + word.length;
  const next = tokens[to]?.text;
  if (next === 'וחצי') [value, to] = [value + 0.5, to + 1];
  else if (next === 'ורבע') [value, to] = [value + 0.25, to + 1];
  else if (next === 'and' && tokens[to + 1]?.text === 'a') {
    if (tokens[to + 2]?.text === 'half') [value, to] = [value + 0.5, to + 3];
    else if (tokens[to + 2]?.text === 'quarter') [value, to] = [value + 0.25, to + 3];
  }
  return { kind: 'quantity', value, from, to, unit: word.unit };
}

/** Two quantities that are one: "שעה ועשרים דקות", "1 hour 20 minutes", "2 shekels and 50 agorot" is not. */
function joined(tokens: readonly Token[], first: Mention, second: Mention): Mention | undefined {
  if (!first.unit || !second.unit || first.unit.size <= second.unit.size) return undefined;
  const factor = conversion(first.unit, second.unit);
  if (factor === undefined || !Number.isInteger(factor)) return undefined;
  const between = tokens.slice(first.to, second.from);
  const gapOk = /^[ ,-]*$/.test(tokens[second.from]?.gap ?? '');
  if (!gapOk || between.some((token) => token.text !== 'and' && token.text !== 'ו')) return undefined;
  return { ...second, from: first.from, value: first.value * factor + second.value };
}

const idNouns = new Set(
  (
    'order invoice ticket case branch room floor line page gate bus route version step question apartment apt building table platform terminal counter window desk day week highway street channel iphone galaxy windows size shoe top chapter level cloud ' +
    'הזמנה הזמנתי חשבונית קריאה פנייה פניה סניפ חדר קומה קו עמוד שער אוטובוס גרסה שלב שאלה דירה בניינ פעמ שולחנ רציפ עמדה דלפק חלונ קופה כביש רחוב ערוצ אייפונ גלקסי יומ מידה טופ'
  ).split(' '),
);
const months = new Set(
  (
    'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'ינואר פברואר מרצ מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר'
  ).split(' '),
);
const glueable = new Set(['ish', 'outof', 'outta', 'k', 'x', 'of', 'points', 'pts']);

/** Where a number ends that is part of a date, a time, a phone number, an ordinal or a name; undefined when it is a number. */
function endOfOther(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  numeral: Numeral,
): number | undefined {
  const { tokens } = message;
  const { from, to } = numeral;
  const token = tokens[from];
  const next = tokens[to];
  const before = itemBefore(tokens, from);
  if (!token) return undefined;
  if (numeral.written === 'digits') {
    if (next?.kind === 'digits' && next.gap === ':' && next.text.length === 2) return to + 1;
    const dated = endOfDate(tokens, from);
    if (dated !== undefined) return dated;
    const phone = endOfPhone(tokens, from);
    if (phone !== undefined) return phone;
    if (
      next?.kind === 'word' &&
      next.gap === '' &&
      /^[a-z]/.test(next.text) &&
      !glueable.has(next.text) &&
      !unitAt(tokens, to)
    )
      return to + 1;
    if (
      before &&
      token.gap === '' &&
      /^[a-z]/.test(before.text) &&
      roles[from - 1] === undefined &&
      !glueable.has(before.text)
    )
      return to;
    if (token.gap === '#' && before && roles[from - 1] === undefined) return to;
  }
  if (isMonth(next) && (next?.gap === ' ' || next?.gap === '-' || next?.gap === '')) return to + 1;
  if (next?.text === 'ב' && isMonth(tokens[to + 1])) return to + 2;
  if (!before) return undefined;
  if (isMonth(before) && token.gap === ' ') return to;
  if (roles[from - 1] === 'rank') return to;
  if (token.gap === '' || /[,.;:!?\n]/.test(token.gap)) return undefined;
  return isIdNoun(nounBefore(tokens, from)) ? to : undefined;
}

/** What a number may be the name of: "room 5", "my order number is 12". */
function nounBefore(tokens: readonly Token[], from: number): string {
  let at = from - 1;
  if (at > 0 && linking.has(tokens[at]?.text ?? '')) at -= 1;
  if (at > 0 && numbering.has(tokens[at]?.text ?? '')) at -= 1;
  return tokens[at]?.text ?? '';
}

const linking = new Set(['is', 'was', 'הוא', 'היא', 'זה', 'ה']);
const numbering = new Set(['number', 'מספר', 'no', 'num']);

function isIdNoun(word: string): boolean {
  return (
    idNouns.has(word) || (word.length > 3 && particles.has(word.charAt(0)) && idNouns.has(word.slice(1)))
  );
}

function isMonth(token: Token | undefined): boolean {
  if (token?.kind !== 'word') return false;
  return (
    token.text === 'לחודש' ||
    months.has(token.text) ||
    (/^[בל]/.test(token.text) && months.has(token.text.slice(1)))
  );
}

function endOfDate(tokens: readonly Token[], from: number): number | undefined {
  const [second, third] = [tokens[from + 1], tokens[from + 2]];
  if (
    second?.kind !== 'digits' ||
    third?.kind !== 'digits' ||
    !/^[./-]$/.test(second.gap) ||
    second.gap !== third.gap
  )
    return undefined;
  return from + 3;
}

function endOfPhone(tokens: readonly Token[], from: number): number | undefined {
  const first = tokens[from];
  if (!first || !(first.text.startsWith('0') || first.gap.endsWith('+') || first.text.length >= 7))
    return undefined;
  let digits = 0;
  let to = from;
  for (; to < tokens.length; to += 1) {
    const token = tokens[to];
    if (token?.kind !== 'digits' || (to > from && !/^[ ()./-]{0,3}$/.test(token.gap))) break;
    digits += token.text.length;
  }
  return digits >= 9 && (to > from + 1 || first.text.startsWith('0') || first.gap.endsWith('+'))
    ? to
    : undefined;
}
