import { fold } from './fold.ts';
import type { Language } from './request.ts';

/** A piece of a reply that says something. Offsets are into the raw text, so that a comment can be cut from what the contact wrote. */
export interface Token {
  kind: 'digits' | 'word' | 'emoji';
  /** Folded; words without quotes inside ("don't" is `dont`) and with letters repeated three times or more written once. */
  text: string;
  start: number;
  end: number;
  /** Folded punctuation and spaces between the token before and this one, runs of spaces written once. */
  gap: string;
}

/** A reply in pieces. */
export interface Message {
  raw: string;
  /** The whole reply folded, for patterns that look at characters (dates, addresses). */
  folded: string;
  tokens: Token[];
  /** Folded punctuation after the last token. */
  tail: string;
  /** The language most of its letters are in. */
  language: Language | undefined;
  /** Whether a letter was repeated three times or more. */
  elongated: boolean;
}

const hebrewWord = /[\u05d0-\u05ea]+(?:['"]+[\u05d0-\u05ea]+)*'?/y;
const otherWord = /\p{L}+(?:['"]\p{L}+)*/uy;
const emoticon = /(?:[:;=]'?-?[()dpo|/\\*]|<3)(?![\p{L}\p{N}/\\])/uy;
const emoji = /\p{Extended_Pictographic}|[★☆✭✮⭑]|\p{Regional_Indicator}{1,2}/uy;
const digits = /[0-9]+/y;
const elongation = /(\p{L})\1{2,}/gu;
const laughter = /^(?:ח{2,}|ה{3,}|(?:ha){2,}h?|(?:he){2,}|lo+l+|lmf?ao+|rofl|xd)$/;

/** Cuts a reply into tokens in one pass. `doubled` writes elongated letters twice instead of once ("cooool": "cool"). */
export function tokenize(raw: string, doubled = false): Message {
  const { text: folded, sources } = fold(raw);
  const tokens: Token[] = [];
  const letters = { he: 0, en: 0 };
  let elongated = false;
  let gap = '';
  let at = 0;
  const push = (kind: Token['kind'], text: string, length: number) => {
    tokens.push({
      kind,
      text,
      start: sources[at] ?? raw.length,
      end: sources[at + length] ?? raw.length,
      gap,
    });
    gap = '';
    at += length;
  };
  const pushWord = (run: string) => {
    let text = run.includes("'") || run.includes('"') ? run.replace(/['"]/g, '') : run;
    if (laughter.test(text)) {
      push('emoji', 'laughter', run.length);
      return;
    }
    if (text.length > 2) {
      const short = text.replace(elongation, doubled ? '$1$1' : '$1');
      if (short !== text) elongated = true;
      text = short;
    }
    push('word', text, run.length);
  };
  while (at < folded.length) {
    const code = folded.charCodeAt(at);
    if (code === 0x20) {
      if (!gap.endsWith(' ')) gap += ' ';
      at += 1;
    } else if (code >= 0x30 && code <= 0x39) {
      const run = match(digits, folded, at);
      push('digits', run, run.length);
    } else if (code >= 0x5d0 && code <= 0x5ea) {
      const run = match(hebrewWord, folded, at);
      letters.he += run.length;
      pushWord(run);
    } else if (code >= 0x61 && code <= 0x7a) {
      const run = match(otherWord, folded, at);
      letters.en += run.length;
      pushWord(run);
    } else {
      const face = match(emoticon, folded, at) || (code > 0x7f ? match(emoji, folded, at) : '');
      const word = face || code <= 0x7f ? '' : match(otherWord, folded, at);
      if (face) push('emoji', face, face.length);
      else if (word) push('word', word, word.length);
      else {
        gap += folded.charAt(at);
        at += 1;
      }
    }
  }
  const language = letters.he > letters.en ? 'he' : letters.en > 0 ? 'en' : undefined;
  return { raw, folded, tokens, tail: gap, language, elongated };
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** The words, digits and emoji of some tokens with single spaces: what two ways of writing the same thing have in common. */
export function plainTokens(tokens: readonly Token[]): string {
  let plain = '';
  for (const token of tokens) plain += plain ? ` ${token.text}` : token.text;
  return plain;
}

/** `plainTokens` of a whole text. */
export function plainText(raw: string): string {
  return plainTokens(tokenize(raw).tokens);
}

const clauseEnd = /[,.;:!?\n()]| -|- |--/;

/** Whether a gap ends a clause: punctuation or a free-standing dash, but no hyphen or slash. */
export function endsClause(gap: string): boolean {
  return gap !== '' && gap !== ' ' && clauseEnd.test(gap);
}

/** The gap after the token at `index`, also after the last. */
export function gapAfter(message: Message, index: number): string {
  return message.tokens[index + 1]?.gap ?? message.tail;
}
