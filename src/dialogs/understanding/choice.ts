import { type Context, commentBeside, contextOf } from './context.ts';
import { groupAt } from './groups.ts';
import { liesIn, sameSpan, spanIn } from './label-spans.ts';
import { type FoundLabel, findLabels, wholeLabel } from './labels.ts';
import { findMentions } from './mentions.ts';
import { contentOf, type OptionTable, optionOfPart, withinIdiom } from './option-table.ts';
import { indexOfPlace, ordinalAt } from './ordinals.ts';
import { ambiguous, confirm, type Draft, invalid, take } from './readings.ts';
import { itemBefore, type Message } from './tokens.ts';
import { keysToFind } from './word-forms.ts';
import type { Role } from './words.ts';
import { readYesNo } from './yes-no.ts';

/** An option that a reply names, and where. */
interface Pick {
  option: number;
  from: number;
  to: number;
  rule: string;
  sure: boolean;
}

/**
 * Reads one option: its label in any form, its number or place in the list, a part of its label that no other has. Two options, a number
 * against a label, a negated one, and words about an option rather than for it are asked again. `whole` is the option whose label the whole
 * message is.
 */
export function readChoice(
  table: OptionTable,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  whole: number | undefined,
): Draft {
  if (whole !== undefined)
    return message.tail.includes('?')
      ? confirm(table.ids[whole] ?? '', 'option_label')
      : takeOption(table, whole, 'option_label');
  const span = readSpan(table, message, roles);
  if (span) return span;
  const labels = labelPicks(table, message, roles);
  const places = placePicks(table, message, roles, labels);
  if (places === 'outside') return invalid('not_an_option', 'no_such_number');
  const picks = [...labels, ...places].sort((a, b) => a.from - b.from);
  const options = new Set(picks.map((pick) => pick.option));
  if (options.size > 1) {
    const rule = labels.length > 0 && places.length > 0 ? 'number_against_label' : 'two_options';
    return ambiguous(
      rule,
      [...options].map((option) => table.ids[option] ?? ''),
    );
  }
  const [first] = picks;
  return first ? judge(table, message, roles, first, picks) : readWithoutPick(table, message, roles);
}

function takeOption(table: OptionTable, option: number, rule: string, comment?: string): Draft {
  return take(table.ids[option] ?? '', rule, comment);
}

/** The option whose label is the whole message, politeness aside. */
export function wholeOption(
  table: OptionTable,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
): number | undefined {
  const words = message.tokens.filter((token) => token.kind !== 'emoji');
  const direct = wholeLabel(table.labels, words.length > 0 ? words : message.tokens);
  if (direct !== undefined) return direct;
  let from = 0;
  let to = message.tokens.length;
  const inLabels = (index: number) =>
    keysToFind(message.tokens[index]?.text ?? '').some((form) => table.labels.byForm.has(form));
  const idle = (index: number) =>
    !inLabels(index) &&
    (roles[index] === 'padding' || roles[index] === 'scoring' || message.tokens[index]?.kind === 'emoji');
  while (to > from && idle(to - 1)) {
    to -= 1;
    const start = to > labelTokensMax ? undefined : wholeLabel(table.labels, message.tokens.slice(0, to));
    if (start !== undefined && !withinIdiom(message.tokens, 0, to)) return start;
  }
  while (from < to && idle(from)) {
    from += 1;
    const rest =
      to - from > labelTokensMax ? undefined : wholeLabel(table.labels, message.tokens.slice(from, to));
    if (rest !== undefined && !withinIdiom(message.tokens, from, to)) return rest;
  }
  return undefined;
}

/** No label within politeness is longer; it keeps the time linear in the reply's length. */
const labelTokensMax = 30;
/** More numbers than this name no option. */
const picksMax = 40;

/** A number, quantity or range where options are such; the number could be the option's own or its place in the list. */
function readSpan(
  table: OptionTable,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
): Draft | undefined {
  if (table.spans.filter((span) => span !== undefined).length < 2) return undefined;
  const said = spanIn(message, roles);
  if (!said) return undefined;
  const meant = new Set<number>();
  const equal = table.spans.flatMap((span, option) => (span && sameSpan(span, said) ? [option] : []));
  const around = table.spans.flatMap((span, option) => (span && liesIn(said, span) ? [option] : []));
  for (const option of equal.length > 0 ? equal : around) meant.add(option);
  const bare = said.from === said.to && said.unit === undefined;
  if (bare && Number.isInteger(said.from) && said.from >= 1 && said.from <= table.ids.length)
    meant.add(said.from - 1);
  const [option] = meant;
  if (option === undefined) return invalid('not_an_option', 'outside_spans');
  if (meant.size > 1)
    return ambiguous(
      'number_or_place',
      [...meant].map((other) => table.ids[other] ?? ''),
    );
  return equal.length > 0 || around.length === 0
    ? takeOption(table, option, 'option_amount')
    : confirm(table.ids[option] ?? '', 'option_range');
}

/** Labels found in the reply, without those that are only politeness or part of an idiom. */
export function labelPicks(
  table: OptionTable,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
): Pick[] {
  return findLabels(table.labels, message)
    .filter((label) => !onlyFunction(roles, label) && !withinIdiom(message.tokens, label.from, label.to))
    .map((label) => ({
      option: label.target,
      from: label.from,
      to: label.to,
      rule:
        label.how === 'exact' ? 'option_label' : label.how === 'slip' ? 'option_typo' : 'option_label_form',
      sure: label.how !== 'slip',
    }));
}

function onlyFunction(roles: ReadonlyArray<Role | undefined>, label: FoundLabel): boolean {
  for (let index = label.from; index < label.to; index += 1) if (roles[index] === undefined) return false;
  return label.how !== 'exact' || label.to - label.from === 1;
}

/** Numbers and ordinals that say which option; `outside` when one points at no option. Numbers elsewhere in a sentence say nothing. */
function placePicks(
  table: OptionTable,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  labels: readonly Pick[],
): Pick[] | 'outside' {
  const picks: Pick[] = [];
  const inLabel = (index: number) => labels.some((label) => label.from <= index && index < label.to);
  const prose = contentOf(message, roles).length > 0 && !everyContentIn(message, roles, labels);
  for (const mention of findMentions(message, roles)) {
    if (inLabel(mention.from)) continue;
    const opening = idleBefore(message, roles, mention.from, inLabel);
    const cued = itemBefore(roles, mention.from) === 'scoring';
    if (!opening && !cued) continue;
    if (mention.kind === 'other' && mention.numeral?.written === 'digits' && isOrdinal(message, mention.from))
      continue;
    if (mention.kind === 'quantity' && !labels.some((label) => label.from === mention.numeral?.to)) {
      if (labels.length === 0) return 'outside';
      continue;
    }
    if ((mention.numeral?.particle || mention.numeral?.single) && labels.length > 0) continue;
    if (mention.numeral?.single && (prose || message.tokens[mention.to])) {
      if (
        !labels.some((label) => label.from >= mention.to) &&
        message.tokens[mention.to] &&
        roles[mention.to] === undefined
      )
        continue;
    }
    const index = mention.value - 1;
    if (
      mention.kind === 'other' ||
      mention.kind === 'ratio' ||
      !Number.isInteger(index) ||
      index < 0 ||
      index >= table.ids.length
    )
      return 'outside';
    if (picks.length >= picksMax) return 'outside';
    picks.push({
      option: index,
      from: mention.from,
      to: mention.numeral?.to ?? mention.to,
      rule: 'option_number',
      sure: true,
    });
  }
  if (prose || picks.length > 0) return picks;
  for (let from = 0; from < message.tokens.length; from += 1) {
    const ordinal = inLabel(from) ? undefined : ordinalOrDigits(message, from);
    if (!ordinal) continue;
    const option = indexOfPlace(ordinal.place, table.ids.length);
    if (option === undefined) return 'outside';
    picks.push({ option, from, to: from + ordinal.length, rule: 'option_ordinal', sure: true });
    from += ordinal.length - 1;
  }
  return picks;
}

function isOrdinal(message: Message, from: number): boolean {
  const suffix = message.tokens[from + 1];
  return suffix?.gap === '' && /^(?:st|nd|rd|th)$/.test(suffix.text);
}

function ordinalOrDigits(message: Message, from: number) {
  const token = message.tokens[from];
  if (token?.kind === 'digits' && isOrdinal(message, from))
    return { place: { fromFront: Number(token.text) - 1 }, length: 2 };
  return ordinalAt(message.tokens, from);
}

function idleBefore(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  before: number,
  inLabel: (index: number) => boolean,
): boolean {
  for (let index = 0; index < before; index += 1) {
    const token = message.tokens[index];
    const idle =
      roles[index] === 'padding' ||
      roles[index] === 'scoring' ||
      roles[index] === 'doubt' ||
      roles[index] === 'not';
    if (
      idle ||
      token?.kind !== 'word' ||
      token.text.length === 1 ||
      token.text === 'או' ||
      token.text === 'or'
    )
      continue;
    if (inLabel(index) && index === before - 1) continue;
    if (inLabel(index)) continue;
    return false;
  }
  return true;
}

function everyContentIn(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  picks: readonly Pick[],
): boolean {
  return message.tokens.every((token, index) => {
    if (token.kind !== 'word' || roles[index] !== undefined || token.text.length === 1) return true;
    return (
      picks.some((pick) => pick.from <= index && index < pick.to) ||
      ordinalAt(message.tokens, index) !== undefined ||
      ordinalAt(message.tokens, index - 1)?.length === 2
    );
  });
}

const copulas = new Set(
  'is was were are has had didnt wasnt isnt never came arrived היה הייתה היו הוא היא לא לקח הגיע הגיעה'.split(
    ' ',
  ),
);
const tooMuch = new Set(['too', 'מדי', 'מידי', 'so', 'very']);

/** Decides about the one option that a reply names. */
function judge(
  table: OptionTable,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  first: Pick,
  picks: readonly Pick[],
): Draft {
  const last = picks.at(-1) ?? first;
  const id = table.ids[first.option] ?? '';
  const taken = new Set<number>();
  for (const pick of picks) for (let index = pick.from; index < pick.to; index += 1) taken.add(index);
  const context = contextOf(message, roles, first.from, last.to, taken);
  if (
    picks.some((pick) => contextOf(message, roles, pick.from, pick.to, taken).negated) ||
    context.before.has('except')
  )
    return invalid('negated');
  if (first.rule !== 'option_amount' && context.before.has('limit')) return invalid('not_exact');
  if (context.asking) return ambiguous('asks_back', [id]);
  const comment = commentBeside(message, context, first.from, last.to);
  const sure =
    picks.every((pick) => pick.sure) &&
    !context.doubtful &&
    !context.before.has('doubt') &&
    !context.conditional;
  if (!context.contentBefore && !context.contentAfter)
    return sure ? take(id, first.rule) : confirm(id, first.rule);
  if (first.rule === 'option_number' && context.contentAfter && !context.breakAfter)
    return ambiguous('number_in_prose', [id]);
  if (isSubject(message, first, last, context)) return ambiguous('about_an_option', [id]);
  const apart =
    !context.contentBefore &&
    (context.breakAfter || roles[last.to] === 'because' || roles[last.to] === 'but');
  return sure && apart ? take(id, first.rule, comment) : confirm(id, first.rule, comment);
}

/** Whether the option is what a sentence is about ("the courier was late") rather than what is chosen. */
function isSubject(message: Message, first: Pick, last: Pick, context: Context): boolean {
  const next = message.tokens[last.to];
  if (context.contentBefore || !context.contentAfter || context.breakAfter || next?.kind !== 'word')
    return false;
  if (message.tokens.some((token) => tooMuch.has(token.text))) return false;
  if (copulas.has(next.text)) return true;
  if (next.text === 'של' || next.text === 'of' || next.text === 'from') return false;
  const opening = message.tokens[first.from];
  return (
    message.tokens[first.from - 1]?.text === 'the' ||
    (opening?.text.startsWith('ה') === true && first.rule === 'option_label_form')
  );
}

/** A reply that names no option: it may say a part of a label, yes or no, or a word for options in general. */
function readWithoutPick(
  table: OptionTable,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
): Draft {
  const group = groupAt(message.tokens, firstWord(message, roles));
  if (group) {
    const option = table.byGroup.get(group.group.kind);
    if (option !== undefined && contentOf(message, roles).length <= group.length)
      return takeOption(table, option, 'option_group');
    return group.group.kind === 'all'
      ? ambiguous('several_options', [])
      : invalid('not_an_option', 'no_option_named');
  }
  const content = contentOf(message, roles);
  const negated =
    roles.some((role) => role === 'not' || role === 'except' || role === 'question') ||
    message.tail.includes('?');
  const limited = roles.includes('limit') && content.length === 0;
  const part =
    content.length > 0 && content.length <= 4 && !negated && !limited
      ? optionOfPart(table, content)
      : undefined;
  if (part !== undefined) return takeOption(table, part, 'option_part');
  const several = content.some((word) => optionOfPart(table, [word]) !== undefined);
  if (table.yes !== undefined && table.no !== undefined && !several) {
    const said = readYesNo(message, roles);
    if (said.outcome === 'answer')
      return confirm(
        table.ids[said.value === true ? table.yes : table.no] ?? '',
        'option_yes_no',
        said.comment,
      );
  }
  return message.tokens.every((token) => token.kind === 'emoji')
    ? invalid('only_emoji')
    : invalid('not_an_option', 'no_option_named');
}

function firstWord(message: Message, roles: ReadonlyArray<Role | undefined>): number {
  for (let index = 0; index < message.tokens.length; index += 1) {
    if (groupAt(message.tokens, index)) return index;
    if (roles[index] !== 'padding' && roles[index] !== 'scoring') return index;
  }
  return 0;
}
