import type { Mention } from './mentions.ts';
import { PhraseBook } from './phrases.ts';
import { endsClause, gapAfter, gapShows, isBlank, type Message } from './tokens.ts';
import { particles, type Role } from './words.ts';

/** What stands around an answer in a reply. */
export interface Context {
  /** Roles of the words right before it, in the same clause, up to the nearest word of content. */
  before: ReadonlySet<Role>;
  /** Whether words of content stand before it, or after it. */
  contentBefore: boolean;
  contentAfter: boolean;
  /** Whether a clause ends right before it, or right after. */
  breakBefore: boolean;
  breakAfter: boolean;
  /** One-sided ("at least 8", "8+"). */
  limited: boolean;
  negated: boolean;
  /** "maybe 8", "8?" */
  doubtful: boolean;
  /** "I would give 10 if", "הייתי נותן 10 אבל" */
  conditional: boolean;
  /** The reply asks something itself. */
  asking: boolean;
}

const limitsAfter = new PhraseBook<'limit' | 'doubt'>([
  [
    'limit',
    `
      or more, or less, or above, or below, or higher, or lower, or over, or under, and up, and above,
      and over, and more, plus, minus, max, min, tops, something, point something, and something, odd,
      and change, and a bit, less, more, maximum, minimum, at most, at least, at best, ומעלה, ומטה, או יותר,
      או פחות, ויותר, ופחות, פלוס, מינוס, ומשהו, וקצת, פחות, יותר, מקסימום, מינימום, גג, לפחות, לכל היותר,
      במקרה הטוב
    `,
  ],
  [
    'doubt',
    `
      ish, or so, maybe, perhaps, approx, approximately, probably not sure, give or take, more or less,
      or something, not sure, im not sure, idk, בערך, אולי, כזה, או משהו, או משהו כזה, פחות או יותר,
      לא בטוח, לא בטוחה
    `,
  ],
]);

/** Signs around an answer: "<8", "8+", "~8", "8?" */
const limitBefore = /[<>]\s*$/;
const plusAfter = /^ ?\+(?![0-9])/;
const roughBefore = /~ ?$/;
const queryAfter = /^ ?[?]/;
const sentenceEnd = /[.!?\n]/;

/** Looks around the tokens `from`–`to` of a reply; `taken` are tokens that other parts of the answer account for. */
export function contextOf(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  from: number,
  to: number,
  taken: ReadonlySet<number> = none,
): Context {
  const { tokens } = message;
  const before = rolesBefore(message, roles, from);
  const gapBefore = tokens[from]?.gap ?? '';
  const gap = gapAfter(message, to - 1);
  const after =
    tokens[to] && (isBlank(gap) || gap === '-') ? limitsAfter.match(tokens, to)?.meaning : undefined;
  const contentBefore = hasContent(message, roles, 0, from, taken);
  const contentAfter = hasContent(message, roles, to, tokens.length, taken);
  const wouldAt = roles.indexOf('would');
  const would = before.has('would') || (wouldAt >= 0 && wouldAt < from);
  const question = message.tail.includes('?') && (contentBefore || contentAfter);
  return {
    before,
    contentBefore,
    contentAfter,
    breakBefore:
      from === 0 ||
      (endsClause(gapBefore) && gapBefore !== ' -' && gapBefore !== '-') ||
      roles[from - 1] === 'break',
    breakAfter:
      to >= tokens.length || endsClause(gap) || roles[to] === 'break' || tokens[to]?.kind === 'emoji',
    limited:
      before.has('limit') ||
      after === 'limit' ||
      gapShows(gapBefore, limitBefore) ||
      gapShows(gap, plusAfter),
    negated: before.has('not'),
    doubtful:
      before.has('doubt') ||
      after === 'doubt' ||
      gapShows(gapBefore, roughBefore) ||
      gapShows(gap, queryAfter),
    conditional: isConditional(message, roles, to, would) || followsIf(message, roles, from),
    asking:
      question ||
      asksFirst(message, roles) ||
      (roles[0] === 'question' && !estimates(message, from) && (contentBefore || contentAfter)),
  };
}

/** The roles of the words right before token `from`, in the same clause, up to the nearest word of content. */
export function rolesBefore(
  { tokens }: Message,
  roles: ReadonlyArray<Role | undefined>,
  from: number,
): ReadonlySet<Role> {
  const before = new Set<Role>();
  for (let start = from; start > 0 && !endsClause(tokens[start]?.gap ?? ''); start -= 1) {
    const role = roles[start - 1];
    const text = tokens[start - 1]?.text ?? '';
    if (role === 'break' || (role === undefined && !particles.has(text))) break;
    if (role && !(role === 'not' && roles[from] === 'not' && beforeNot.has(text))) before.add(role);
  }
  return before;
}

/** "if I could give 0": the answer stands in the condition itself. */
function followsIf(message: Message, roles: ReadonlyArray<Role | undefined>, from: number): boolean {
  for (let index = from; index > 0 && !endsClause(message.tokens[index]?.gap ?? ''); index -= 1) {
    if (roles[index - 1] === 'if') return true;
  }
  return false;
}

/** "איזה 5 פעמים": about five. */
function estimates(message: Message, from: number): boolean {
  return from === 1 && message.tokens[0]?.text === 'איזה';
}

const auxiliaries = new Set(['is', 'are', 'does', 'do', 'was', 'יש', 'האמ']);
/** Verbs that make one word with the "not" behind them, and so negate no label that begins with that "not". */
const beforeNot = new Set(['is', 'are', 'was', 'were', 'do', 'does', 'did', 'will', 'would']);

/** "is 0 good or bad", "is there a locker near me?" */
function asksFirst(message: Message, roles: ReadonlyArray<Role | undefined>): boolean {
  if (!auxiliaries.has(message.tokens[0]?.text ?? '') || roles[0] === 'not') return false;
  return (
    message.tail.includes('?') || message.tokens.some((_, index) => index > 1 && roles[index] === undefined)
  );
}

const none: ReadonlySet<number> = new Set();

function hasContent(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  from: number,
  to: number,
  taken: ReadonlySet<number>,
): boolean {
  for (let index = from; index < to; index += 1) {
    const token = message.tokens[index];
    if (!token || token.kind === 'emoji' || taken.has(index) || particles.has(token.text)) continue;
    const role = roles[index];
    if (role === undefined || role === 'because' || role === 'but' || role === 'if' || role === 'question')
      return true;
    if (role === 'not' && index >= to - 1) continue;
  }
  return false;
}

/** A condition right after the answer in the same sentence, or a "but" after "I would have". */
function isConditional(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  to: number,
  would: boolean,
): boolean {
  for (let index = to; index < message.tokens.length; index += 1) {
    const gap = message.tokens[index]?.gap ?? '';
    if (gapShows(gap, sentenceEnd)) return false;
    const role = roles[index];
    if (role === 'if') return would || index === to;
    if ((role === 'but' || role === 'except') && would) return true;
    if (role === undefined && !would) return false;
  }
  return false;
}

/**
 * What was said beside the answer, in the contact's own words; undefined when nothing of content was. A comment before or after the answer
 * is cut from the text; with both, the whole text is the comment.
 */
export function commentBeside(
  message: Message,
  context: Context,
  from: number,
  to: number,
): string | undefined {
  if (!context.contentBefore && !context.contentAfter) return undefined;
  if (context.contentBefore && context.contentAfter) return message.raw.trim();
  const { tokens, raw } = message;
  const cut = context.contentAfter
    ? raw.slice(tokens[to - 1]?.end ?? 0).replace(/^[\s.,;:!?)\]}\-–—*"'״”/]+/u, '')
    : raw.slice(0, tokens[from]?.start ?? raw.length).replace(/[\s,;:([{\-–—*"'“״/]+$/u, '');
  const comment = cut.trim();
  return comment === '' ? undefined : comment;
}

/** The tokens of some mentions. */
export function tokensOf(mentions: readonly Mention[]): Set<number> {
  const taken = new Set<number>();
  for (const mention of mentions)
    for (let index = mention.from; index < mention.to; index += 1) taken.add(index);
  return taken;
}
