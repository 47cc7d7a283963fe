import { findMentions } from './mentions.ts';
import { type Message, tokenize } from './tokens.ts';
import { type Role, rolesOf } from './words.ts';

/** An option whose label is a number, a quantity or a range, as ages and durations are. */
export interface Span {
  from: number;
  to: number;
  unit: string | undefined;
}

/** The span that a text says and nothing else: "12 months", "25-34", "50+", "under 18", "יומיים". */
export function spanIn(message: Message, roles: ReadonlyArray<Role | undefined>): Span | undefined {
  const mentions = findMentions(message, roles);
  const [first, second] = mentions;
  if (!first || first.kind === 'other' || first.kind === 'ratio' || mentions.length > 2) return undefined;
  const inside = (index: number) => mentions.some((mention) => mention.from <= index && index < mention.to);
  const others = message.tokens.filter((token, index) => !inside(index) && token.kind === 'word');
  const unit = second?.unit?.name ?? first.unit?.name;
  if (second) {
    if (second.kind === 'other' || second.kind === 'ratio' || second.value <= first.value) return undefined;
    if (!others.every((token) => rangeWords.has(token.text))) return undefined;
    const hyphen = /^ ?[-~] ?$/.test(message.tokens[second.from]?.gap ?? '');
    const worded = message.tokens.slice(first.to, second.from).some((token) => rangeWords.has(token.text));
    const joined = second.numeral?.particle === 'ל' || worded || hyphen;
    return joined ? { from: first.value, to: second.value, unit } : undefined;
  }
  const plus = /^ ?\+/.test(
    message.tokens[first.to]?.gap ?? (first.to >= message.tokens.length ? message.tail : ''),
  );
  const leading = first.from === 0 && /\+$/.test(message.tokens[0]?.gap ?? '');
  const words = others.map((token) => token.text);
  if (plus || leading || words.some((word) => upWords.has(word)))
    return { from: first.value, to: Number.POSITIVE_INFINITY, unit };
  if (words.some((word) => downWords.has(word)))
    return { from: Number.NEGATIVE_INFINITY, to: first.value, unit };
  return words.every((word, index) => roles[index] === 'padding' || word.length === 1 || ageWords.has(word))
    ? { from: first.value, to: first.value, unit }
    : undefined;
}

/** What an age is said with. */
const ageWords = new Set(['years', 'old', 'age', 'aged', 'yo', 'בנ', 'בת', 'גיל', 'בגיל']);
const rangeWords = new Set([
  'to',
  'until',
  'till',
  'through',
  'between',
  'and',
  'from',
  'עד',
  'ל',
  'בינ',
  'מ',
  'ו',
  'לבינ',
]);
const upWords = new Set([
  'over',
  'above',
  'more',
  'up',
  'plus',
  'older',
  'least',
  'ומעלה',
  'מעל',
  'יותר',
  'ויותר',
  'לפחות',
  'פלוס',
  'higher',
]);
const downWords = new Set([
  'under',
  'below',
  'less',
  'younger',
  'most',
  'fewer',
  'פחות',
  'מתחת',
  'ומטה',
  'lower',
]);

/** The span of each option's label, where it says one. */
export function spansOf(options: ReadonlyArray<readonly string[]>): ReadonlyArray<Span | undefined> {
  return options.map((labels) => {
    for (const label of labels) {
      const message = tokenize(label);
      const span = spanIn(message, rolesOf(message.tokens));
      if (span) return span;
    }
    return undefined;
  });
}

/** Whether one span is another: the same ends, in the same unit when both say one. */
export function sameSpan(a: Span, b: Span): boolean {
  return (
    a.from === b.from && a.to === b.to && (a.unit === undefined || b.unit === undefined || a.unit === b.unit)
  );
}

/** Whether a single value lies in a span of several. */
export function liesIn(value: Span, span: Span): boolean {
  if (value.from !== value.to || span.from === span.to) return false;
  const unitsFit =
    value.unit === undefined || span.unit === undefined || value.unit === span.unit || value.unit === 'years';
  return unitsFit && value.from >= span.from && value.from <= span.to;
}
