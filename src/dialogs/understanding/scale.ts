import { commentBeside, contextOf, tokensOf } from './context.ts';
import { countsWhatFollows } from './counted.ts';
import { findMentions, isRough, type Mention } from './mentions.ts';
import { ambiguous, confirm, type Draft, invalid, take } from './readings.ts';
import type { AskedQuestion } from './request.ts';
import { type NamedPoints, namedPointIn, namedPoints, pointOfWords } from './scale-labels.ts';
import { starsIn } from './stars.ts';
import { itemBefore, type Message } from './tokens.ts';
import type { Role } from './words.ts';

/** A scale as asked: its ends, whether it has halves, the names of its points. */
export interface Scale {
  min: number;
  max: number;
  whole: boolean;
  points: NamedPoints;
}

/** The scale of a question, by its own range or that of its kind. */
export function scaleOf(question: AskedQuestion): Scale {
  const [min, max] = rangeOf(question.kind);
  return {
    min: question.min ?? min,
    max: question.max ?? max,
    whole: question.kind !== 'rating' || question.integer !== false,
    points: namedPoints(question.scale ?? []),
  };
}

function rangeOf(kind: AskedQuestion['kind']): [number, number] {
  if (kind === 'nps') return [0, 10];
  return kind === 'ces' ? [1, 7] : [1, 5];
}

/** A score that a reply gives, by its place. */
interface Score {
  value: number;
  from: number;
  to: number;
  rule: string;
  mention?: Mention;
}

/**
 * Reads a score. One value, meant as a score, is taken: bare, in words, out of the scale's own top, in stars on a scale of five, or by the
 * name of a point. Two values, a negated, one-sided or conditional one, another scale's, or a number that counts something are not.
 */
export function readScale(scale: Scale, message: Message, roles: ReadonlyArray<Role | undefined>): Draft {
  const mentions = findMentions(message, roles, scale.max);
  const { scores, foreign } = scoresOf(scale, message, roles, mentions);
  const named = namedPointIn(scale.points, message, roles, tokensOf(mentions));
  if (scores.length === 0) {
    if (foreign) return invalid('other_scale');
    if (named) return named;
    return invalid(mentions.length > 0 ? 'not_a_number' : reasonWithoutNumber(message), 'no_score');
  }
  const values = new Set(scores.map((score) => score.value));
  if (named?.outcome === 'ambiguous') return named;
  if (named?.outcome === 'answer' && typeof named.value === 'number') values.add(named.value);
  if (values.size > 1)
    return ambiguous(
      'two_scores',
      [...values].filter((value) => fits(scale, value)),
    );
  return judge(scale, message, roles, scores, tokensOf(mentions));
}

function reasonWithoutNumber(message: Message): 'only_emoji' | 'not_a_number' {
  return message.tokens.every((token) => token.kind === 'emoji') ? 'only_emoji' : 'not_a_number';
}

function fits(scale: Scale, value: number): boolean {
  return value >= scale.min && value <= scale.max && (!scale.whole || Number.isInteger(value));
}

function scoresOf(
  scale: Scale,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  mentions: readonly Mention[],
): { scores: Score[]; foreign: boolean } {
  let foreign = false;
  const scores: Score[] = [];
  for (const mention of withoutRestatement(scale, message, roles, mentions)) {
    const { value, from, to } = mention;
    const unit = mention.unit?.name;
    if (mention.numeral?.single && mentions.length > 1) continue;
    const rule = mention.numeral?.written === 'words' ? 'number_words' : 'digits';
    if (mention.kind === 'plain' && !mention.numeral?.counting)
      scores.push({ value, from, to, rule, mention });
    else if (mention.kind === 'ratio' && mention.of === scale.max && !mocking(message, mention)) {
      scores.push({ value, from, to, rule: 'out_of_top', mention });
    } else if (mention.kind === 'ratio') foreign = true;
    else if (unit === 'stars' && scale.max <= starsMax && !describes(message, mention))
      scores.push({ value, from, to, rule: 'stars', mention });
    else if (
      unit === 'points' ||
      (unit === 'stars' && value > starsMax && message.tokens[to - 1]?.kind === 'emoji')
    )
      scores.push({ value, from, to, rule, mention });
    else if (unit === 'percent' && scale.max === 100)
      scores.push({ value, from, to, rule: 'percent', mention });
    else if (unit === 'stars' || unit === 'percent') foreign = true;
  }
  const stars = starsIn(message.tokens);
  if (stars && scale.max <= starsMax) scores.push({ ...stars, rule: 'stars' });
  else if (stars && scores.length === 0) foreign = true;
  return { scores, foreign };
}

/** Scales of stars have five; on a longer one stars say nothing. */
const starsMax = 5;

/** "five star service" */
function describes(message: Message, mention: Mention): boolean {
  const next = message.tokens[mention.to];
  return (
    message.tokens[mention.to - 1]?.text === 'star' &&
    mention.value > 1 &&
    next?.kind === 'word' &&
    next.gap === ' '
  );
}

/** "10/10 at ruining my day" */
function mocking(message: Message, mention: Mention): boolean {
  const [first, second] = [message.tokens[mention.to], message.tokens[mention.to + 1]];
  if (first?.text === 'at' || first?.text === 'for') return second?.text.endsWith('ing') === true;
  return first?.gap === ' ' && first.text.startsWith('בל') && first.text.length > 4;
}

/** Leaves out numbers that only repeat the scale: "on a scale of 1 to 10", "בין 0 ל-10", "out of 10". */
function withoutRestatement(
  scale: Scale,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  mentions: readonly Mention[],
): Mention[] {
  const kept: Mention[] = [];
  for (let index = 0; index < mentions.length; index += 1) {
    const [first, second] = [mentions[index], mentions[index + 1]];
    if (!first) continue;
    const low =
      first.kind === 'plain' && (first.value === scale.min || first.value === 1 || first.value === 0);
    if (
      low &&
      second?.kind === 'plain' &&
      second.value === scale.max &&
      mentions.length > 2 &&
      spans(message, first, second)
    ) {
      index += 1;
    } else if (
      first.kind !== 'plain' ||
      first.value !== scale.max ||
      mentions.length < 2 ||
      !namesScale(message, roles, first)
    ) {
      kept.push(first);
    }
  }
  return kept;
}

const spanWords = new Set(['to', 'through', 'till', 'until', 'and', 'עד', 'ל', 'ו', 'לבינ']);

function spans(message: Message, first: Mention, second: Mention): boolean {
  const between = message.tokens.slice(first.to, second.from);
  if (between.length === 0) {
    const particle = second.numeral?.particle;
    return message.tokens[second.from]?.gap.trim() === '-' || particle === 'ל' || particle === 'ו';
  }
  return between.every((token) => spanWords.has(token.text));
}

function namesScale(message: Message, roles: ReadonlyArray<Role | undefined>, mention: Mention): boolean {
  const before = itemBefore(message.tokens, mention.from)?.text;
  return (
    itemBefore(roles, mention.from) === 'scale' ||
    before === 'מתוכ' ||
    (before === 'of' && itemBefore(message.tokens, mention.from - 1)?.text === 'out')
  );
}

/** Verbs that a bare number after them counts for. */
const counting = new Set(
  'waited waiting called bought ordered paid lost received got missing שילמתי חיכיתי המתנתי התקשרתי הזמנתי קניתי קיבלתי חיכינו הזמנו קנינו איבדתי לקח'.split(
    ' ',
  ),
);

const conclusions = new Set(['so', 'אז', 'לכנ', 'therefore', 'overall', 'סהכ', 'hence', 'thus']);

/** Decides about the one value of a reply by what stands around it. */
function judge(
  scale: Scale,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  scores: readonly Score[],
  taken: ReadonlySet<number>,
): Draft {
  const [first] = scores;
  const last = scores.at(-1);
  if (!first || !last) return invalid('not_a_number');
  const { value, from } = first;
  const to = Math.max(last.to, first.to);
  const context = contextOf(message, roles, from, to, taken);
  const numeral = first.mention?.numeral;
  if (context.negated) return invalid('negated');
  if (context.limited) return invalid('not_exact');
  if (!Number.isInteger(value) && scale.whole) return invalid('not_whole');
  if (value < scale.min || value > scale.max) return invalid('out_of_range');
  if (scores.length === 2 && value === 50 && first.rule !== 'out_of_top')
    return invalid('not_exact', 'fifty_fifty');
  if (context.conditional) return invalid('not_exact', 'conditional');
  if (context.asking && !(context.breakAfter && !context.contentBefore))
    return ambiguous('asks_back', [value]);
  if (first.mention && countsWhatFollows(message, roles, first.mention)) {
    return invalid('not_a_number', 'counts_something');
  }
  const ofLabel = pointOfWords(scale.points, message, roles, taken);
  if (ofLabel !== undefined && ofLabel !== value) return ambiguous('score_against_label', [value, ofLabel]);
  if (numeral?.single && (context.contentBefore || (context.contentAfter && !context.breakAfter))) {
    return invalid('not_a_number', 'one_as_pronoun');
  }
  const comment = commentBeside(message, context, from, to);
  const sure = !context.doubtful && !context.asking && !isRough(first.mention);
  if (!context.contentBefore)
    return sure ? take(value, first.rule, comment) : confirm(value, first.rule, comment);
  if (value === 0 && !context.breakBefore && !context.before.has('scoring'))
    return ambiguous('zero_of_something', [value]);
  if (counting.has(message.tokens[from - 1]?.text ?? '')) return invalid('not_a_number', 'counts_something');
  const cue = context.before.has('scoring') || conclusions.has(message.tokens[from - 1]?.text ?? '');
  const apart = context.breakBefore && (context.breakAfter || !context.contentAfter);
  if (cue || apart) return sure ? take(value, first.rule, comment) : confirm(value, first.rule, comment);
  const asTime =
    message.tokens[from - 1]?.text === 'at' ||
    numeral?.particle === 'ב' ||
    numeral?.particle === 'ל' ||
    numeral?.particle === 'מ';
  if (context.contentAfter || asTime || first.rule === 'stars') return ambiguous('score_in_prose', [value]);
  return confirm(value, first.rule, comment);
}
