import { commentBeside, contextOf, tokensOf } from './context.ts';
import { countsWhatFollows } from './counted.ts';
import { findMentions, isRough, type Mention } from './mentions.ts';
import { PhraseBook } from './phrases.ts';
import { ambiguous, confirm, type Draft, invalid, take } from './readings.ts';
import type { AskedQuestion } from './request.ts';
import type { Message } from './tokens.ts';
import { conversion, type Unit, unitNamed } from './units.ts';
import type { Role } from './words.ts';

/** A question for a number, made ready: its limits and what it counts. */
export interface AmountAsked {
  min: number;
  max: number;
  whole: boolean;
  unit: Unit | undefined;
}

/** The bounds and the unit that a question asks for, found once for each question. */
export function amountAsked(question: AskedQuestion): AmountAsked {
  return {
    min: question.min ?? Number.NEGATIVE_INFINITY,
    max: question.max ?? Number.POSITIVE_INFINITY,
    whole: question.integer === true,
    unit: question.unit === undefined ? undefined : unitNamed(question.unit),
  };
}

const nothing = new PhraseBook<true>([
  [
    true,
    `
      none, nothing, no one, nobody, zilch, nada, nil, not any, none at all, כלום, שום דבר, אין, אף אחד,
      אף לא אחד, שום
    `,
  ],
]);

/**
 * Reads one number, bare or with its unit. Another unit counts when it converts exactly for every reader (an hour is 60 minutes); otherwise, as with two numbers,
 * limits and estimates without a number, it is asked again.
 */
export function readAmount(
  asked: AmountAsked,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
): Draft {
  const mentions = findMentions(message, roles);
  const amounts: Array<{ mention: Mention; value: number; loose: boolean }> = [];
  let otherUnit = false;
  for (const mention of mentions) {
    const amount = amountOf(asked, message, roles, mention);
    if (amount === 'other_unit') otherUnit = true;
    else if (amount !== undefined) amounts.push({ mention, ...amount });
  }
  const things = mentions.filter((mention) => mention.unit?.name === 'thing').length;
  const [first] = amounts;
  if (!first) {
    if (nothing.whole(message.tokens) && asked.min <= 0) return confirm(0, 'none_is_zero');
    return otherUnit ? invalid('other_unit') : invalid('not_a_number');
  }
  const values = [...new Set(amounts.map((amount) => amount.value))];
  if (values.length > 1 || (asked.unit?.name === 'people' && things > 0))
    return ambiguous('two_numbers', values);
  return judge(asked, message, roles, first, tokensOf(mentions));
}

function amountOf(
  asked: AmountAsked,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  mention: Mention,
): { value: number; loose: boolean } | 'other_unit' | undefined {
  if (mention.kind === 'other' || mention.kind === 'ratio') return undefined;
  if (mention.kind === 'plain') {
    if (mention.numeral?.counting || countsWhatFollows(message, roles, mention)) return 'other_unit';
    if (
      mention.numeral?.single &&
      message.tokens.some(
        (token, index) => token.kind === 'word' && index >= mention.to && roles[index] === undefined,
      )
    )
      return undefined;
    if (mention.numeral?.single && mention.from > 0 && roles[mention.from - 1] === undefined)
      return undefined;
    return { value: mention.value, loose: false };
  }
  if (!mention.unit) return undefined;
  if (!asked.unit)
    return mention.unit.name === 'percent' ? 'other_unit' : { value: mention.value, loose: false };
  const factor = conversion(mention.unit, asked.unit);
  if (factor !== undefined) return { value: roundOff(mention.value * factor), loose: false };
  return mention.unit.name === 'thing' && asked.unit.name === 'times'
    ? { value: mention.value, loose: true }
    : 'other_unit';
}

/** Takes away what binary fractions add: 0.1 + 0.2 is 0.3. */
function roundOff(value: number): number {
  return Number(value.toPrecision(12));
}

const additions = new Set(['plus', 'פלוס', 'ועוד', 'and']);

function judge(
  asked: AmountAsked,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  { mention, value, loose }: { mention: Mention; value: number; loose: boolean },
  taken: ReadonlySet<number>,
): Draft {
  const context = contextOf(message, roles, mention.from, mention.to, taken);
  if (context.negated) return invalid('negated');
  if (context.limited || context.conditional) return invalid('not_exact');
  if (context.asking) return ambiguous('asks_back', [value]);
  if (asked.whole && !Number.isInteger(value)) return invalid('not_whole');
  if (value < asked.min || value > asked.max) return invalid('out_of_range');
  const added =
    message.tokens[mention.from]?.gap.includes('+') ||
    additions.has(message.tokens[mention.from - 1]?.text ?? '');
  if (context.contentBefore && added) return ambiguous('adds_up', [value]);
  const comment = commentBeside(message, context, mention.from, mention.to);
  const rule =
    mention.kind === 'quantity'
      ? 'amount_with_unit'
      : mention.numeral?.written === 'words'
        ? 'number_words'
        : 'digits';
  const inProse =
    mention.kind === 'plain' && context.contentBefore && context.contentAfter && !context.breakAfter;
  return context.doubtful || isRough(mention) || loose || inProse
    ? confirm(value, rule, comment)
    : take(value, rule, comment);
}
