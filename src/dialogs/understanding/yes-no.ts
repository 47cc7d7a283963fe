import { findMentions } from './mentions.ts';
import { PhraseBook } from './phrases.ts';
import { ambiguous, confirm, type Draft, invalid, take } from './readings.ts';
import { endsClause, gapAfter, type Message } from './tokens.ts';
import type { Role } from './words.ts';
import { type Stance, stances } from './yes-no-words.ts';

interface Part {
  stance: Stance | undefined;
  from: number;
  to: number;
}

/**
 * Reads yes or no from the beginning of a reply; the rest is a comment. Yes and no together, doubt, a condition, a part only, or mockery
 * are no answers, and no consent with a "but" is one. Where options are shown numbered, 1 is yes and 2 is no.
 */
export function readYesNo(message: Message, roles: ReadonlyArray<Role | undefined>, consent = false): Draft {
  const parts = partsOf(message, roles);
  const numbered = readNumbered(message, roles, parts);
  if (numbered) return numbered;
  const split = splitAt(message, parts);
  const [head, rest] = [parts.slice(0, split), parts.slice(split)];
  const verdict = judge(message, head);
  if (verdict === undefined) return lateAnswer(message, parts) ?? invalid(reasonFor(message), 'no_yes_no');
  if ('outcome' in verdict) return verdict;
  if (consent && verdict.value && rest.some((part) => limiting(message, roles, part)))
    return ambiguous('conditional', [true, false]);
  return withRest(message, roles, verdict, rest);
}

function partsOf(message: Message, roles: ReadonlyArray<Role | undefined>): Part[] {
  const { tokens } = message;
  const parts: Part[] = [];
  for (let index = 0; index < tokens.length; ) {
    const phrase = stances.match(tokens, index);
    const to = index + (phrase?.length ?? 1);
    const spoken = roles[index] === 'break' || tokens[index]?.kind === 'emoji';
    parts.push({ stance: phrase?.meaning ?? (spoken ? 'filler' : undefined), from: index, to });
    index = to;
  }
  return negated(message, parts);
}

/** Where the answer ends: at the first word of content, or before it where a clause ends after a yes or no. */
function splitAt(message: Message, parts: readonly Part[]): number {
  const content = parts.findIndex((part) => part.stance === undefined);
  if (content < 0) return parts.length;
  const answered = parts.findIndex(
    (part, index) =>
      index < content &&
      part.stance !== undefined &&
      answering.has(part.stance) &&
      endsClause(gapAfter(message, part.to - 1)),
  );
  return answered < 0 ? content : answered + 1;
}

const answering: ReadonlySet<Stance> = new Set<Stance>(['yes', 'no', 'nay', 'does']);

/** Joins a negation and what it negates: "לא מאשרת", "won't accept". */
function negated(message: Message, parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    const adjacent = message.tokens[part.from]?.gap === ' ' || message.tokens[part.from]?.gap === '-';
    const last = message.tokens[(before?.to ?? 0) - 1]?.text ?? '';
    const negates =
      before?.stance === 'not' || (before?.stance === 'no' && (last === 'לא' || /(?:nt|not)$/.test(last)));
    const negatable =
      part.stance === 'does' ||
      (part.stance === 'aye' && !certain.has(message.tokens[part.from]?.text ?? ''));
    if (before && adjacent && negates && negatable)
      joined[joined.length - 1] = { stance: 'nay', from: before.from, to: part.to };
    else joined.push(part);
  }
  return joined;
}

/** Words of certainty, which a plain no contradicts, as it does not contradict "no, that's fine". */
const certain = new Set(
  'sure of absolutely definitely certainly בטח ברור כמובנ בהחלט לגמרי בוודאי ודאי חד exactly right correct נכונ'.split(
    ' ',
  ),
);

const restricting = new Set(['only', 'just', 'רק', 'בלבד', 'without', 'בלי', 'ללא']);

/** Whether something keeps a consent from being whole. */
function limiting(message: Message, roles: ReadonlyArray<Role | undefined>, part: Part): boolean {
  const role = roles[part.from];
  const text = message.tokens[part.from]?.text ?? '';
  return role === 'but' || role === 'if' || role === 'except' || role === 'limit' || restricting.has(text);
}

interface Verdict {
  value: boolean;
  /** Said in so many words: "yes", "no". */
  plain: boolean;
  sure: boolean;
  /** The tokens up to the first word of the answer, and up to the last. */
  firstTo: number;
  lastTo: number;
}

const discourse = new Set([
  'ok',
  'okay',
  'okey',
  'k',
  'kk',
  'right',
  'sure',
  'fine',
  'alright',
  'good',
  'טוב',
  'אוקיי',
  'אוקי',
  'בסדר',
  'סבבה',
  'נכונ',
  'יאללה',
  'תודה',
]);
const polite = new Set(['👍', '👌', '✅', '🙏', '🆗']);

/** What the words before any content say together. */
function judge(message: Message, head: readonly Part[]): Verdict | Draft | undefined {
  const words = head.filter((part) => part.stance !== 'filler');
  const spoken = words.some((part) => message.tokens[part.from]?.kind === 'word');
  const said = words.filter((part, index) => {
    const token = message.tokens[part.from];
    if (spoken && token?.kind === 'emoji' && polite.has(token.text)) return false;
    const opens = part.stance === 'aye' || part.stance === 'fair';
    return !(
      opens &&
      part.to - part.from === 1 &&
      discourse.has(token?.text ?? '') &&
      index < words.length - 1
    );
  });
  const [first] = said;
  const last = said.at(-1);
  if (!first || !last) return undefined;
  const has = (...wanted: Stance[]) =>
    said.some((part) => part.stance !== undefined && wanted.includes(part.stance));
  if (has('mock')) return ambiguous('mockery', [true, false]);
  if (has('open')) return ambiguous('undecided', [true, false]);
  if (has('half')) return ambiguous('partly', [true, false]);
  if (has('not')) return invalid('unclear', 'negation_alone');
  const refused = said.some((part) => part.stance === 'no' && message.tokens[part.from]?.kind === 'word');
  const [agrees, refuses] = [said.some((part) => agreeing(message, part, refused)), has('no', 'nay')];
  if (agrees && refuses) return ambiguous('yes_and_no', [true, false]);
  return {
    value: agrees,
    plain: has('yes', 'no', 'does'),
    sure: !has('fair') || has('yes', 'aye', 'does', 'no'),
    firstTo: first.to,
    lastTo: last.to,
  };
}

/** Whether a part agrees. Beside a plain no, mild words ("no, that's fine") only soften it. */
function agreeing(message: Message, part: Part, refused: boolean): boolean {
  if (part.stance === 'yes' || part.stance === 'does') return true;
  if (part.stance !== 'aye' && part.stance !== 'fair') return false;
  return !refused || certain.has(message.tokens[part.from]?.text ?? '');
}

/** An answer with what follows it: a comment, or something that takes it back. */
function withRest(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  verdict: Verdict,
  rest: readonly Part[],
): Draft {
  const rule = verdict.value ? 'yes' : 'no';
  const asks = message.tail.includes('?');
  if (rest.length === 0)
    return verdict.sure && !asks ? take(verdict.value, rule) : confirm(verdict.value, rule);
  if (asks) return ambiguous('asks_back', [verdict.value]);
  if (rest.some((part) => part.stance === 'mock')) return ambiguous('mockery', [true, false]);
  if (takesBack(message, roles, rest)) return ambiguous('taken_back', [true, false]);
  if (!verdict.plain && !separated(message, roles, verdict.lastTo))
    return invalid('unclear', 'word_in_prose');
  const comment = message.raw
    .slice(message.tokens[verdict.firstTo - 1]?.end ?? 0)
    .replace(/^[\s.,;:!?)\-–—]+/u, '')
    .trim();
  return verdict.sure ? take(verdict.value, rule, comment) : confirm(verdict.value, rule, comment);
}

const takingBack = new PhraseBook<true>([
  [
    true,
    'not everything,not all,not all of it,only part,only half,only partly,only some,partly,partially,not completely,not fully,not entirely,not really,no,depends,not always,' +
      'לא הכל,לא הכול,לא כולם,רק חלק,רק חצי,חלקית,לא לגמרי,לא עד הסוף,תלוי,לא ממש,לא,לא תמיד,לא בטוח,לא בטוחה',
  ],
]);
const turning = new Set([
  'but',
  'actually',
  'well',
  'only',
  'wait',
  'sorry',
  'i',
  'mean',
  'it',
  'was',
  'then',
  'אבל',
  'בעצמ',
  'רק',
  'רגע',
  'סליחה',
  'אך',
  'אכ',
  'אולי',
  'maybe',
]);

/** "yes but not everything", "yes... actually no", "yes if": what follows leaves no answer. */
function takesBack(message: Message, roles: ReadonlyArray<Role | undefined>, rest: readonly Part[]): boolean {
  let at = rest[0]?.from ?? message.tokens.length;
  while (turning.has(message.tokens[at]?.text ?? '')) at += 1;
  if (roles[at] === 'if') return true;
  const phrase = takingBack.match(message.tokens, at);
  return phrase !== undefined && at + phrase.length >= message.tokens.length;
}

/** Whether a clause ends after a word that only may mean yes or no, or a reason or a turn follows. */
function separated(message: Message, roles: ReadonlyArray<Role | undefined>, to: number): boolean {
  const role = roles[to];
  const token = message.tokens[to];
  return (
    endsClause(gapAfter(message, to - 1)) ||
    role === 'because' ||
    role === 'but' ||
    role === 'break' ||
    token?.kind === 'emoji' ||
    token?.text === 'and' ||
    token?.text.startsWith('ו') === true
  );
}

/** "still waiting, so no": a plain answer as the last clause, after content. */
function lateAnswer(message: Message, parts: readonly Part[]): Draft | undefined {
  const said = parts.filter((part) => part.stance !== undefined && part.stance !== 'filler');
  const last = parts.at(-1);
  const [only] = said;
  if (!only || said.length > 1 || last !== only || (only.stance !== 'yes' && only.stance !== 'no'))
    return undefined;
  const before = message.tokens[only.from - 1]?.text;
  if (!endsClause(message.tokens[only.from]?.gap ?? '') && before !== 'so' && before !== 'אז')
    return undefined;
  if (message.tail.includes('?')) return undefined;
  const comment = message.raw
    .slice(0, message.tokens[only.from]?.start)
    .replace(/[\s.,;:\-–—]+$/u, '')
    .trim();
  return confirm(only.stance === 'yes', only.stance, comment);
}

function readNumbered(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  parts: readonly Part[],
): Draft | undefined {
  const [only, other] = findMentions(message, roles);
  if (!only?.numeral || other || only.from > 0) return undefined;
  const rest = parts.filter((part) => part.from >= only.to && part.stance !== 'filler');
  if (only.kind !== 'plain' || (only.value !== 1 && only.value !== 2)) {
    const agrees = only.value === 100 || parts[0]?.stance === 'aye';
    return rest.length === 0 && !agrees ? invalid('unclear', 'number_for_yes_no') : undefined;
  }
  const value = only.value === 1;
  const [first] = rest;
  if (!first) return take(value, 'yes_no_number');
  const agrees = first.stance === 'yes' || first.stance === 'aye' || first.stance === 'does';
  const refuses = first.stance === 'no' || first.stance === 'nay';
  if (agrees || refuses)
    return agrees === value ? take(value, 'yes_no_number') : ambiguous('number_against_word', [true, false]);
  return undefined;
}

function reasonFor(message: Message): 'only_emoji' | 'unclear' {
  return message.tokens.every((token) => token.kind === 'emoji') ? 'only_emoji' : 'unclear';
}
