import { commentBeside, contextOf } from './context.ts';
import { findLabels, indexLabels, type Label, type LabelIndex } from './labels.ts';
import { ambiguous, confirm, type Draft, invalid, take } from './readings.ts';
import type { ScalePoint } from './request.ts';
import { endsClause, type Message, type Token } from './tokens.ts';
import { isSlipOf, sameWord } from './word-forms.ts';
import { particles, type Role } from './words.ts';

/** The named points of a scale, made ready for reading. */
export interface NamedPoints {
  values: readonly number[];
  labels: readonly Label[];
  index: LabelIndex;
}

/** Prepares the named points of a scale for finding their names in a reply, in both languages at once. */
export function namedPoints(points: readonly ScalePoint[]): NamedPoints {
  const index = indexLabels(points.map((point) => [...point.labels.he, ...point.labels.en]));
  return { values: points.map((point) => point.value), labels: index.labels, index };
}

/** Words that only strengthen another strong word: "really very satisfied". */
const strengthening = new Set(['ממש', 'really', 'truly', 'so', 'very', 'מאוד', 'מאד', 'כל', 'כך']);
const strong = new Set(['very', 'extremely', 'strongly', 'completely', 'מאוד', 'מאד', 'ביותר', 'לגמרי']);
const negative = new Set(['not', 'לא', 'dont', 'isnt', 'no']);
/** Words that weaken or bend what they stand beside. */
const bending = new Set(
  (
    'somewhat fairly quite pretty rather partly partially mostly kinda semi relatively slightly little less more most better worse really only until till ' +
    'די קצת חלקית יחסית פחות יותר כמעט בערכ מספיק לרוב לפעמימ עד בינוני סתמ'
  ).split(' '),
);

/**
 * The point that a reply names: by its label in any gender, number, order and spelling. A part of a label, a weaker or negated one is none.
 * Numbers in `taken` do not count as words.
 */
export function namedPointIn(
  named: NamedPoints,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  taken: ReadonlySet<number>,
): Draft | undefined {
  if (named.values.length === 0) return undefined;
  const kept = message.tokens.flatMap((token, index) =>
    taken.has(index) || token.kind === 'emoji' ? [] : [index],
  );
  const whole = pointOf(named, message, roles, kept);
  if (whole)
    return message.tail.includes('?')
      ? confirm(whole.value, 'scale_label')
      : take(whole.value, 'scale_label');
  if (message.tokens.length > proseTokensMax) return undefined;
  return pointInClause(named, message, roles, kept) ?? pointInProse(named, message, roles);
}

/** Beyond this many words a label's words in a reply are part of a story. */
const proseTokensMax = 40;

function pointOf(
  named: NamedPoints,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  kept: readonly number[],
): { value: number } | undefined {
  const said = kept.map((index) => message.tokens[index]).filter((token) => token !== undefined);
  if (said.length === 0 || said.length > 12) return undefined;
  let slip: number | undefined;
  for (const label of named.labels) {
    const words = kept.filter((index) => !dispensable(label.tokens, message.tokens[index], roles[index]));
    const match = sameWords(
      label,
      words.map((index) => message.tokens[index]?.text ?? ''),
    );
    const value = named.values[label.target];
    if (value === undefined) continue;
    if (match === 'same') return { value };
    if (match === 'slip') slip ??= value;
  }
  return slip === undefined ? undefined : { value: slip };
}

function dispensable(label: readonly Token[], token: Token | undefined, role: Role | undefined): boolean {
  if (!token) return true;
  if (label.some((wanted) => sameWord(token.text, wanted.text))) return false;
  return (
    role === 'padding' || recommending.has(token.text) || (role === undefined && particles.has(token.text))
  );
}

const recommending = new Set(
  'recommend להמליצ שאמליצ אמליצ ממליצ ממליצה שנמליצ נמליצ שירות השירות'.split(' '),
);

const articles = new Set(['the', 'a', 'an']);

/** Whether some words are a label's words: all of them, repetitions aside, with negation and degree in the label's order. */
function sameWords({ tokens: label, joined }: Label, words: readonly string[]): 'same' | 'slip' | undefined {
  const left = new Set(words);
  const places: number[] = [];
  let slipped = false;
  if (words.join('') === joined) return 'same';
  for (const wanted of label) {
    if (articles.has(wanted.text)) {
      left.delete(wanted.text);
      places.push(-1);
      continue;
    }
    let match = [...left].find(
      (word) => sameWord(word, wanted.text) && negative.has(word) === negative.has(wanted.text),
    );
    if (match === undefined) {
      match = [...left].find((word) => isSlipOf(word, wanted.text) && !left.has(wanted.text));
      if (match === undefined) return undefined;
      slipped = true;
    }
    places.push(words.indexOf(match));
    left.delete(match);
  }
  const hasStrong = label.some((token) => strong.has(token.text));
  for (const word of left) if (!(hasStrong && strengthening.has(word))) return undefined;
  const not = label.findIndex((token) => negative.has(token.text));
  const degree = label.findIndex((token) => strong.has(token.text));
  if (not >= 0 && degree >= 0 && (places[not] ?? 0) < (places[degree] ?? 0) !== not < degree)
    return undefined;
  return slipped ? 'slip' : 'same';
}

/** A first clause that is a label by itself, when no other point is named after it. */
function pointInClause(
  named: NamedPoints,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  kept: readonly number[],
): Draft | undefined {
  const clauses: number[][] = [];
  for (const index of kept) {
    const current = clauses.at(-1);
    if (current && !endsClause(message.tokens[index]?.gap ?? '')) current.push(index);
    else clauses.push([index]);
  }
  if (clauses.length < 2) return undefined;
  const points = clauses
    .map((clause) => pointOf(named, message, roles, clause)?.value)
    .filter((value) => value !== undefined);
  const found = findLabels(named.index, message).map((label) => named.values[label.target]);
  const values = new Set([...points, ...found].filter((value) => value !== undefined));
  const [value] = values;
  if (points.length === 0 || value === undefined) return undefined;
  if (values.size > 1) return ambiguous('two_labels', values);
  const first = clauses.findIndex((clause) => pointOf(named, message, roles, clause) !== undefined);
  const clause = clauses[first] ?? [];
  const from = clause[0] ?? 0;
  const to = (clause.at(-1) ?? 0) + 1;
  const context = contextOf(message, roles, from, to);
  if (context.conditional || context.asking || context.before.has('would'))
    return invalid('not_exact', 'conditional');
  return take(value, 'scale_label', commentBeside(message, context, from, to));
}

/** Prepositions, which after a label say what it is about: "very satisfied with the service", "מרוצה מאוד מהשירות". */
const prepositions = new Set(['with', 'about', 'by', 'from', 'to', 'of', 'על', 'עמ', 'את']);

function isPreposition(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    (prepositions.has(token.text) || (token.text.length > 3 && /^[מבלש]/.test(token.text)))
  );
}

/**
 * A label that opens a sentence and goes on with what it is about; nothing after it may bend it or name another point. Elsewhere in a sentence a
 * label's words are not taken.
 */
function pointInProse(
  named: NamedPoints,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
): Draft | undefined {
  const found = findLabels(named.index, message).filter((label) => label.how !== 'slip');
  const values = new Set(
    found.map((label) => named.values[label.target]).filter((value) => value !== undefined),
  );
  if (values.size > 1) return ambiguous('two_labels', values);
  const opening = openingPoint(named, message, roles);
  if (!opening) return values.size > 0 ? invalid('unclear', 'label_in_prose') : undefined;
  const bent = message.tokens.some((token, index) => {
    if (index < opening.to) return false;
    const role = roles[index];
    const bends = role !== undefined && role !== 'padding' && role !== 'because' && role !== 'scoring';
    return bends || bending.has(token.text) || strong.has(token.text);
  });
  const context = contextOf(message, roles, 0, opening.to);
  const other = [...values].some((value) => value !== opening.value);
  if (bent || other || context.asking || context.conditional || roles[0] === 'would')
    return invalid('unclear', 'label_bent');
  return take(
    opening.value,
    'scale_label_in_prose',
    commentBeside(message, { ...context, contentBefore: false, contentAfter: true }, 0, opening.to),
  );
}

/** The point whose label the first words are, when a preposition follows. */
function openingPoint(
  named: NamedPoints,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
): { value: number; to: number } | undefined {
  for (let to = Math.min(message.tokens.length - 1, openingTokensMax); to > 0; to -= 1) {
    if (!isPreposition(message.tokens[to])) continue;
    const point = pointOf(named, message, roles, [...Array(to).keys()]);
    if (point) return { value: point.value, to };
  }
  return undefined;
}

/** "I am really very satisfied with …" */
const openingTokensMax = 8;

/** Words of labels that name no point by themselves. */
const empty = new Set([
  ...strengthening,
  ...strong,
  ...negative,
  'all',
  'at',
  'בכלל',
  'much',
  'הרבה',
  'more',
  'יותר',
]);

/** The point that the words beside a score belong to, when they are words of one label only: "3 worse". */
export function pointOfWords(
  named: NamedPoints,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  taken: ReadonlySet<number>,
): number | undefined {
  const words = message.tokens.filter(
    (token, index) => !taken.has(index) && token.kind === 'word' && roles[index] !== 'padding',
  );
  if (words.length === 0 || words.length > 2 || words.every((word) => empty.has(word.text))) return undefined;
  const targets = new Set<number>();
  for (const label of named.labels) {
    const fits = words.every((word) => label.tokens.some((wanted) => sameWord(word.text, wanted.text)));
    if (fits) targets.add(label.target);
  }
  const [only] = targets;
  return targets.size === 1 && only !== undefined ? named.values[only] : undefined;
}
