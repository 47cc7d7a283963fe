import { fold } from './fold.ts';
import type { Language } from './request.ts';

/** A piece of a reply. Offsets are into the raw text, so that a comment can be cut from what the contact wrote. */
export interface Token {
  /** A run of digits, a word, one emoji, one punctuation mark, or the end of a line. */
  kind: 'digits' | 'word' | 'emoji' | 'mark' | 'line';
  /** Folded; words without quotes inside ("don't" is `dont`) and with letters repeated three times or more written once. */
  text: string;
  start: number;
  end: number;
  /** Whether white space stands before it. */
  spaced: boolean;
}

/** A reply in pieces. */
export interface Message {
  raw: string;
  /** The whole reply folded, for patterns that look at characters (dates, addresses). */
  folded: string;
  tokens: Token[];
  /** The language most of its letters are in. */
  language: Language | undefined;
}

const hebrewWord = /[\u05d0-\u05ea]+(?:['"]+[\u05d0-\u05ea]+)*'?/y;
const otherWord = /\p{L}+(?:['"]\p{L}+)*/uy;
const emoticon = /(?:[:;=]'?-?[()dpo3|/\\*]|<3)(?![\p{L}\p{N}/\\])/uy;
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}{1,2}/uy;
const digits = /[0-9]+/y;
const elongated = /(\p{L})\1{2,}/gu;

/** Cuts a reply into tokens in one pass. */
export function tokenize(raw: string): Message {
  const { text: folded, sources } = fold(raw);
  const tokens: Token[] = [];
  let hebrewLetters = 0;
  let latinLetters = 0;
  let spaced = false;
  let at = 0;
  const push = (kind: Token['kind'], text: string, length: number) => {
    tokens.push({
      kind,
      text,
      start: sources[at] ?? raw.length,
      end: sources[at + length] ?? raw.length,
      spaced,
    });
    spaced = kind === 'line';
    at += length;
  };
  while (at < folded.length) {
    const code = folded.charCodeAt(at);
    if (code === 0x20) {
      spaced = true;
      at += 1;
    } else if (code === 0x0a) {
      push('line', '\n', 1);
    } else if (code >= 0x30 && code <= 0x39) {
      const run = match(digits, folded, at);
      push('digits', run, run.length);
    } else if (code >= 0x5d0 && code <= 0x5ea) {
      const run = match(hebrewWord, folded, at);
      hebrewLetters += run.length;
      push('word', plainWord(run), run.length);
    } else if (code >= 0x61 && code <= 0x7a) {
      const run = match(otherWord, folded, at);
      latinLetters += run.length;
      push('word', plainWord(run), run.length);
    } else {
      const face = match(emoticon, folded, at) || (code > 0x7f ? match(emoji, folded, at) : '');
      if (face) {
        push('emoji', face, face.length);
      } else {
        const word = code > 0x7f ? match(otherWord, folded, at) : '';
        if (word) push('word', plainWord(word), word.length);
        else push('mark', folded.charAt(at), code >= 0xd800 && code <= 0xdbff ? 2 : 1);
      }
    }
  }
  const language = hebrewLetters > latinLetters ? 'he' : latinLetters > 0 ? 'en' : undefined;
  return { raw, folded, tokens, language };
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function plainWord(run: string): string {
  const unquoted = run.includes("'") || run.includes('"') ? run.replace(/['"]/g, '') : run;
  return unquoted.length > 2 ? unquoted.replace(elongated, '$1') : unquoted;
}

/** The words and digits of a text as one string with single spaces: what two ways of writing the same label have in common. */
export function plainText(raw: string): string {
  return tokenize(raw)
    .tokens.filter((token) => token.kind === 'word' || token.kind === 'digits')
    .map((token) => token.text)
    .join(' ');
}
