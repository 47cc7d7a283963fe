import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { commentBeside, contextOf } from './context.ts';
import { numeralAt } from './numbers.ts';
import { ambiguous, confirm, type Draft, invalid, take } from './readings.ts';
import type { Message } from './tokens.ts';
import type { Role } from './words.ts';

/** Reads a phone number, local to the region or international, in any spacing, also dictated digit by digit. Two numbers are asked again. */
export function readPhone(region: string, message: Message, roles: ReadonlyArray<Role | undefined>): Draft {
  if (message.folded.includes('@')) return invalid('not_a_phone');
  const found = new Map<string, { from: number; to: number }>();
  for (let from = 0; from < message.tokens.length; ) {
    const run = writtenRun(message, from) ?? spokenRun(message, from);
    if (!run) {
      from += 1;
      continue;
    }
    for (const part of partsOf(message, run, region)) found.set(part.number, part);
    from = run.to;
  }
  const [only] = found;
  if (!only) return invalid('not_a_phone');
  if (found.size > 1) return ambiguous('two_phones', found.keys());
  const [number, { from, to }] = only;
  const context = contextOf(message, roles, from, to);
  if (context.negated) return invalid('negated');
  const comment =
    context.contentAfter && context.breakAfter
      ? commentBeside(message, { ...context, contentBefore: false }, from, to)
      : undefined;
  return context.doubtful ? confirm(number, 'phone', comment) : take(number, 'phone', comment);
}

interface Run {
  from: number;
  to: number;
  text: string;
}

/** Digits with the marks that phone numbers are written with between them. */
function writtenRun(message: Message, from: number): Run | undefined {
  const first = message.tokens[from];
  if (first?.kind !== 'digits') return undefined;
  let text = /\+ ?\(?$/.test(first.gap) ? '+' : '';
  let to = from;
  for (; to < message.tokens.length; to += 1) {
    const token = message.tokens[to];
    if (token?.kind !== 'digits' || (to > from && !/^[ ().-]{0,3}$/.test(token.gap))) break;
    text += text === '' || text === '+' ? token.text : ` ${token.text}`;
  }
  return { from, to, text };
}

/** Nine digits or more said one by one: "zero five four…", "אפס חמש ארבע…". */
function spokenRun(message: Message, from: number): Run | undefined {
  let text = '';
  let to = from;
  let repeat = 1;
  while (to < message.tokens.length) {
    const token = message.tokens[to];
    if (token?.text === 'double' || token?.text === 'triple') {
      repeat = token.text === 'double' ? 2 : 3;
      to += 1;
      continue;
    }
    const value =
      token?.text === 'oh' || token?.text === 'o' ? 0 : numeralAt(message.tokens.slice(to, to + 1), 0)?.value;
    if (value === undefined || !Number.isInteger(value) || value > 9) break;
    text += String(value).repeat(repeat);
    repeat = 1;
    to += 1;
  }
  return text.length >= spokenDigitsMin ? { from, to, text } : undefined;
}

const spokenDigitsMin = 9;
/** Local numbers without an area code are too short to call. */
const digitsMin = 8;

function partsOf(
  message: Message,
  run: Run,
  region: string,
): Array<{ number: string; from: number; to: number }> {
  const whole = valid(run.text, region);
  if (whole) return [{ number: whole, from: run.from, to: run.to }];
  const parts: Array<{ number: string; from: number; to: number }> = [];
  for (let from = run.from; from < run.to; from += 1) {
    for (let to = run.to; to > from; to -= 1) {
      if (from === run.from && to === run.to) continue;
      const tokens = message.tokens.slice(from, to);
      const before = from === run.from && run.text.startsWith('+') ? '+' : '';
      const number =
        tokens
          .map((token) => token.text)
          .join('')
          .startsWith('0') || before
          ? valid(before + tokens.map((token) => token.text).join(' '), region)
          : undefined;
      if (number && to - from < tokensMax) {
        parts.push({ number, from, to });
        from = to - 1;
        break;
      }
    }
    if (from - run.from > tokensMax * 2) break;
  }
  return parts.length > 1 ? parts : [];
}

/** No number is written in more groups. */
const tokensMax = 8;

function valid(text: string, region: string): string | undefined {
  if (text.length > 40 || text.replace(/[^0-9]/g, '').length < digitsMin) return undefined;
  const phone = parsePhoneNumberFromString(text, isSupportedCountry(region) ? region : 'IL');
  return phone?.isValid() ? phone.number : undefined;
}
