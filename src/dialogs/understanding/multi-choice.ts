import { labelPicks } from './choice.ts';
import { commentBeside, contextOf, rolesBefore } from './context.ts';
import { type Group, groupAt, isRemark } from './groups.ts';
import { keycap, numeralAt } from './numbers.ts';
import { isOpinion } from './opinions.ts';
import { type OptionTable, optionOfPart } from './option-table.ts';
import { indexOfPlace, ordinalAt, severalAt } from './ordinals.ts';
import { ambiguous, confirm, type Draft, invalid, take } from './readings.ts';
import type { AskedQuestion } from './request.ts';
import { endsClause, type Message } from './tokens.ts';
import { unitAt } from './units.ts';
import type { Role } from './words.ts';

/** Something in a reply that picks options. */
interface Piece {
  kind: 'label' | 'number' | 'place' | 'part' | 'group';
  options: readonly number[];
  from: number;
  to: number;
  sure: boolean;
  group?: Group;
}

/**
 * Reads any number of options, by label, number, place or a word for all or none, with any separators. An alternative ("or"), a range, an
 * unknown option, a number against its label, and an exclusive option beside another are asked again. `whole` is the option whose label the
 * whole message is.
 */
export function readMultiChoice(
  table: OptionTable,
  question: AskedQuestion,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  whole: number | undefined,
): Draft {
  if (whole !== undefined) return settle(table, question, [whole], true, 'option_label');
  const pieces = piecesOf(table, message, roles);
  if (typeof pieces === 'string') return invalid('not_an_option', pieces);
  const odd = oddity(table, message, pieces);
  if (odd) return odd;
  if (pieces.length === 0)
    return message.tokens.every((token) => token.kind === 'emoji')
      ? invalid('only_emoji')
      : invalid('not_an_option', 'no_option_named');
  const rest = restOf(message, roles, pieces);
  if (rest === 'unknown') return invalid('not_an_option', 'unknown_option');
  const chosen = new Set<number>();
  const excluded = new Set<number>();
  for (const piece of pieces) {
    const negated = isNegated(message, roles, piece);
    for (const option of piece.options) (negated ? excluded : chosen).add(option);
  }
  if (excluded.size > 0 && chosen.size === 0) return invalid('negated');
  for (const option of excluded) chosen.delete(option);
  const doubtful = roles.includes('doubt') || message.tail.includes('?');
  const judged = message.tokens.some((token) => isOpinion(token.text));
  const sure = pieces.every((piece) => piece.sure) && !doubtful && !judged && excluded.size === 0;
  const [first, last] = [pieces[0], pieces.at(-1)];
  const context = first && last ? contextOf(message, roles, first.from, last.to) : undefined;
  const comment =
    context && rest === 'comment' && last
      ? commentBeside(message, { ...context, contentBefore: false }, first?.from ?? 0, last.to)
      : undefined;
  if (context?.asking && message.tail.includes('?'))
    return ambiguous('asks_back', [[...chosen].map((option) => table.ids[option] ?? '')]);
  return settle(
    table,
    question,
    [...chosen],
    sure,
    pieces.some((piece) => piece.kind !== 'number') ? 'options' : 'option_numbers',
    comment,
  );
}

function settle(
  table: OptionTable,
  question: AskedQuestion,
  chosen: readonly number[],
  sure: boolean,
  rule: string,
  comment?: string,
): Draft {
  const options = [...chosen].sort((a, b) => a - b);
  const ids = options.map((option) => table.ids[option] ?? '');
  if (options.length > 1 && options.some((option) => table.exclusive[option]))
    return invalid('contradiction');
  const alone = options.some((option) => table.exclusive[option]);
  if (!alone && options.length < (question.min ?? 1)) return invalid('too_few');
  if (options.length > (question.max ?? table.ids.length)) return invalid('too_many');
  if (ids.length === 0) return invalid('not_an_option', 'no_option_named');
  return sure ? take(ids, rule, comment) : confirm(ids, rule, comment);
}

/** Everything that picks, in order; a string names what makes it impossible. */
function piecesOf(
  table: OptionTable,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
): Piece[] | string {
  const labels = labelPicks(table, message, roles);
  const pieces: Piece[] = labels.map(({ option, from, to, sure }) => ({
    kind: 'label',
    options: [option],
    from,
    to,
    sure,
  }));
  const { tokens } = message;
  for (let from = 0; from < tokens.length; ) {
    const label = pieces.find((piece) => piece.from <= from && from < piece.to);
    if (label) {
      from = label.to;
      continue;
    }
    const piece = pieceAt(table, message, roles, from);
    if (typeof piece === 'string') {
      if (proseBefore(message, roles, pieces, from)) return pieces.sort((a, b) => a.from - b.from);
      return piece;
    }
    if (pieces.length >= piecesMax) return 'no_option_named';
    if (piece) pieces.push(piece);
    from = piece?.to ?? from + 1;
  }
  return pieces.sort((a, b) => a.from - b.from);
}

/** More pieces than this are no list of options. */
const piecesMax = 80;

function pieceAt(
  table: OptionTable,
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  from: number,
): Piece | string | undefined {
  const { tokens } = message;
  const found = groupAt(tokens, from);
  if (found) {
    if (found.group.kind === 'all' && isRemark(tokens, from + found.length)) return 'no_option_named';
    const group = groupPiece(table, found.group, from, from + found.length);
    if (group) return group;
  }
  const several = severalAt(tokens, from, table.ids.length);
  if (several)
    return { kind: 'place', options: several.indices, from, to: from + several.length, sure: true };
  const ordinal = ordinalAt(tokens, from);
  if (ordinal) {
    const option = indexOfPlace(ordinal.place, table.ids.length);
    return option === undefined
      ? 'no_such_number'
      : { kind: 'place', options: [option], from, to: from + ordinal.length, sure: true };
  }
  const keys = tokens[from + 1]?.gap === keycap;
  const numeral =
    keys || tokens[from]?.gap === keycap
      ? numeralAt(tokens.slice(0, from + 1), from)
      : numeralAt(tokens, from);
  if (numeral) {
    if (unitAt(tokens, numeral.to)) return 'counts_something';
    const option = numeral.value - 1;
    const known = Number.isInteger(option) && option >= 0 && option < table.ids.length;
    return known ? { kind: 'number', options: [option], from, to: numeral.to, sure: true } : 'no_such_number';
  }
  const token = tokens[from];
  if (token?.kind !== 'word' || roles[from] !== undefined || token.text.length < 3) return undefined;
  const part = optionOfPart(table, [token]);
  return part === undefined ? undefined : { kind: 'part', options: [part], from, to: from + 1, sure: false };
}

function groupPiece(table: OptionTable, group: Group, from: number, to: number): Piece | string | undefined {
  const open = table.ids.flatMap((_, option) => (table.exclusive[option] ? [] : [option]));
  if (group.kind === 'all') {
    if (group.count !== undefined && group.count !== open.length) return 'wrong_count';
    return { kind: 'group', options: open, from, to, sure: true, group };
  }
  const option = table.byGroup.get(group.kind);
  if (option !== undefined) return { kind: 'group', options: [option], from, to, sure: true, group };
  return group.kind === 'other' || group.kind === 'none' || group.kind === 'some' || group.kind === 'any'
    ? 'no_option_named'
    : undefined;
}

/** Numbers in the comment after the choice pick nothing. */
function proseBefore(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  pieces: readonly Piece[],
  from: number,
): boolean {
  const last = pieces.filter((piece) => piece.to <= from).at(-1);
  if (!last) return false;
  let content = 0;
  for (let index = last.to; index < from; index += 1)
    if (roles[index] === undefined && (message.tokens[index]?.text.length ?? 0) > 1) content += 1;
  return content >= 2;
}

const alternatives = new Set(['or', 'או']);

/** What no list of options contains: alternatives, ranges of numbers, a number against the label beside it. */
function oddity(table: OptionTable, message: Message, pieces: readonly Piece[]): Draft | undefined {
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1];
    if (!next) continue;
    const between = message.tokens.slice(piece.to, next.from);
    const gap = message.tokens[next.from]?.gap ?? '';
    const candidates = () => [piece, next].map((one) => one.options.map((option) => table.ids[option] ?? ''));
    if (between.some((token) => alternatives.has(token.text))) return ambiguous('alternatives', candidates());
    const numbers = piece.kind === 'number' && next.kind === 'number';
    const spelled =
      between.length > 0 && between.every((token) => /^(?:to|through|until|עד|ל)$/.test(token.text));
    if (
      numbers &&
      (spelled || (between.length === 0 && (/^ ?[-~] ?$/.test(gap) || gap === '.' || gap === '/')))
    )
      return ambiguous('range_of_options', candidates());
    const annotates =
      piece.kind === 'number' && next.kind === 'label' && between.length === 0 && !/[,;\n+&]/.test(gap);
    if (annotates && piece.options[0] !== next.options[0])
      return ambiguous('number_against_label', candidates());
  }
  return undefined;
}

function isNegated(message: Message, roles: ReadonlyArray<Role | undefined>, piece: Piece): boolean {
  return piece.group?.kind !== 'none' && standsAgainst(message, roles, piece);
}

/** Whether a negation or an exception stands before a piece; "לא כלום" negates nothing. */
function standsAgainst(message: Message, roles: ReadonlyArray<Role | undefined>, piece: Piece): boolean {
  const before = rolesBefore(message, roles, piece.from);
  return before.has('not') || before.has('except');
}

const joiners = new Set([
  'and',
  'also',
  'plus',
  'as',
  'well',
  'then',
  'or',
  'with',
  'too',
  'both',
  'גמ',
  'וגמ',
  'ו',
  'ואת',
  'וה',
  'פלוס',
  'וכנ',
  'כנ',
  'עמ',
  'בנוספ',
  'ועוד',
  'especially',
  'mainly',
  'mostly',
  'really',
  'בעיקר',
  'ממש',
]);

/** What is left of a reply beside its pieces: nothing, a comment after them, or something that may be an option unknown to us. */
function restOf(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  pieces: readonly Piece[],
): 'nothing' | 'comment' | 'unknown' {
  const end = pieces.at(-1)?.to ?? 0;
  const start = pieces[0]?.from ?? 0;
  let after = 0;
  let before = 0;
  for (const [index, token] of message.tokens.entries()) {
    if (token.kind === 'emoji' || pieces.some((piece) => piece.from <= index && index < piece.to)) continue;
    const role = roles[index];
    const attached = () =>
      pieces.some((piece) => piece.from >= index && standsAgainst(message, roles, piece));
    if ((role === 'not' || role === 'if') && index < end && !attached()) return 'unknown';
    if (role === 'not' && index >= end && after === 0) return 'unknown';
    if (role !== undefined && role !== 'except' && role !== 'question' && role !== 'not') continue;
    if (role === 'except' || role === 'not') {
      if (after === 0 && !attached()) return 'unknown';
      continue;
    }
    if (token.text.length === 1 || joiners.has(token.text) || isOpinion(token.text)) continue;
    if (index >= end) after += 1;
    else if (index > start) return 'unknown';
    else {
      before += 1;
      if (endsClause(message.tokens[index + 1]?.gap ?? '')) return 'unknown';
    }
  }
  if (before > 2) return 'unknown';
  if (after === 0) return 'nothing';
  const opening = roles[end];
  if (opening === 'because' || opening === 'but') return 'comment';
  const apart = endsClause(message.tokens[end]?.gap ?? '') || opening === 'break';
  return after >= 2 && apart ? 'comment' : 'unknown';
}
