import { foldText } from './fold.ts';
import { englishNumber } from './numbers-en.ts';
import { hebrewNumber } from './numbers-he.ts';
import { joinsNumber, type SpokenNumber } from './spoken-number.ts';
import { isHebrewWord, itemBefore, type Token } from './tokens.ts';
import { particles } from './words.ts';

/** A number in a reply, in digits or words. */
export interface Numeral extends SpokenNumber {
  from: number;
  written: 'digits' | 'words';
  /** As typed, for what depends on leading zeros or on the number of digits. */
  digits?: string;
}

/** Reads one number from token `from`, with its decimals, half and multiplier: "1,200", "8.5", "שבע וחצי", "2 אלף", "5k". */
export function numeralAt(tokens: readonly Token[], from: number): Numeral | undefined {
  const token = tokens[from];
  if (!token) return undefined;
  let numeral: Numeral;
  if (token.kind === 'digits') {
    numeral = writtenNumber(tokens, from);
  } else {
    if (token.kind !== 'word') return undefined;
    const spoken = spokenNumber(tokens, from);
    if (!spoken) return undefined;
    numeral = { ...spoken, from, written: 'words' };
  }
  return withFraction(tokens, withMultiplier(tokens, numeral));
}

function spokenNumber(tokens: readonly Token[], from: number): SpokenNumber | undefined {
  const hebrew = isHebrewWord(tokens[from]?.text ?? '');
  return hebrew ? hebrewNumber(tokens, from) : englishNumber(tokens, from);
}

function writtenNumber(tokens: readonly Token[], from: number): Numeral {
  const digits = tokens[from]?.text ?? '';
  let text = digits;
  let to = from + 1;
  while (tokens[to]?.kind === 'digits' && tokens[to]?.gap === keycap) {
    text += tokens[to]?.text;
    to += 1;
  }
  if (digits.length <= 3) {
    while (tokens[to]?.gap === ',' && tokens[to]?.kind === 'digits' && tokens[to]?.text.length === 3) {
      text += tokens[to]?.text;
      to += 1;
    }
  }
  const fraction = tokens[to];
  if (fraction?.kind === 'digits' && fraction.gap === '.' && !continues(tokens[to + 1])) {
    text += `.${fraction.text}`;
    to += 1;
  }
  const before = itemBefore(tokens, from);
  const gap = tokens[from]?.gap;
  const glued = before && particles.has(before.text) && (gap === '' || gap === '-');
  return {
    value: Number(text),
    from,
    to,
    single: false,
    counting: false,
    written: 'digits',
    digits,
    ...(glued && { particle: before.text }),
  };
}

/** The mark that makes a digit a key; two keys in a row are one number: 1️⃣0️⃣. */
export const keycap = '\u20e3';

/** "12.5.26" is no decimal. */
function continues(token: Token | undefined): boolean {
  return token?.kind === 'digits' && token.gap === '.';
}

const thousandWords = new Set([foldText('אלף'), foldText('אלפים'), 'thousand', 'k', 'grand']);
const millionWords = new Set([foldText('מיליון'), 'million', 'mil', 'm']);

function withMultiplier(tokens: readonly Token[], numeral: Numeral): Numeral {
  const next = tokens[numeral.to];
  if (numeral.written !== 'digits' || next?.kind !== 'word' || !joinsNumber(next.gap)) return numeral;
  const glued = next.gap === '';
  if (thousandWords.has(next.text) && (next.text !== 'k' || glued)) {
    return { ...numeral, value: numeral.value * 1000, to: numeral.to + 1 };
  }
  if (millionWords.has(next.text) && next.text !== 'm') {
    return { ...numeral, value: numeral.value * 1_000_000, to: numeral.to + 1 };
  }
  return numeral;
}

/** Half of what is said after a round thousand: "אלף וחצי" is 1,500. */
function sizeOf(value: number): number {
  if (value % 1_000_000 === 0) return 1_000_000;
  return value % 1000 === 0 ? 1000 : 1;
}

const halves = new Set([foldText('וחצי'), 'half']);
const quarters = new Set([foldText('ורבע'), 'quarter']);
const points = new Set([foldText('נקודה'), 'point', 'dot']);

function withFraction(tokens: readonly Token[], numeral: Numeral): Numeral {
  const next = tokens[numeral.to];
  if (!next || !(joinsNumber(next.gap) || next.gap === ' +')) return numeral;
  const size = numeral.written === 'words' && numeral.value >= 1000 ? sizeOf(numeral.value) : 1;
  const plus = (part: number, length: number) => ({
    ...numeral,
    value: numeral.value + part * size,
    to: numeral.to + length,
  });
  if (halves.has(next.text)) return plus(0.5, 1);
  if (quarters.has(next.text)) return plus(0.25, 1);
  if (next.text === 'threequarters') return plus(0.75, 1);
  if (next.text === 'and' || next.text === 'ו') {
    const skip = tokens[numeral.to + 1]?.text === 'a' ? 2 : 1;
    const after = tokens[numeral.to + skip]?.text ?? '';
    if (after === 'half' || after === foldText('חצי')) return plus(0.5, skip + 1);
    if (after === 'quarter' || after === foldText('רבע')) return plus(0.25, skip + 1);
    return numeral;
  }
  if (points.has(next.text)) {
    const decimal = tokens[numeral.to + 1];
    if (decimal?.kind === 'digits' && decimal.text.length <= 2) return plus(Number(`0.${decimal.text}`), 2);
    const spoken = spokenNumber(tokens, numeral.to + 1);
    if (spoken && spoken.value < 10) return plus(spoken.value / 10, 1 + spoken.to - (numeral.to + 1));
    return numeral;
  }
  const over = tokens[numeral.to + 1];
  if (
    next.kind === 'digits' &&
    numeral.written === 'digits' &&
    next.gap === ' ' &&
    over?.gap === '/' &&
    over.kind === 'digits'
  ) {
    const [top, bottom] = [Number(next.text), Number(over.text)];
    if (top < bottom && bottom <= 4) return plus(top / bottom, 2);
  }
  return numeral;
}
