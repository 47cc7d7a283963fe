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
const elongation = /(\p{L})\1{2,}/gu;
const laughter = /^(?:ח{2,}|ה{3,}|(?:ha){2,}h?|(?:he){2,}|lo+l+|lmf?ao+|rofl|xd)$/;

/** Cuts a reply into tokens in one pass. `doubled` writes elongated letters twice instead of once ("cooool": "cool"). */
export function tokenize(raw: string, doubled = false): Message {
  const { text: folded, sources } = fold(raw);
  const tokens: Token[] = [];
  let hebrewUnits = 0;
  let latinUnits = 0;
  let elongated = false;
  let gap = '';
  for (let at = 0; at < folded.length; ) {
    const code = folded.charCodeAt(at);
    if (code === 0x20) {
      if (!gap.endsWith(' ')) gap += ' ';
      at += 1;
      continue;
    }
    let kind: Token['kind'] = 'word';
    let end: number;
    let text: string;
    if (isDigit(code)) {
      kind = 'digits';
      end = endOfRun(folded, at, isDigit);
      text = folded.slice(at, end);
    } else if (isHebrew(code) || isLatin(code)) {
      const hebrew = isHebrew(code);
      end = hebrew ? endOfWord(folded, at, isHebrew, hebrewWord) : endOfWord(folded, at, isLatin, otherWord);
      if (hebrew) hebrewUnits += end - at;
      else latinUnits += end - at;
      const word = withoutQuotes(folded.slice(at, end));
      if (laughter.test(word)) {
        kind = 'emoji';
        text = 'laughter';
      } else {
        text = mayBeElongated(word) ? word.replace(elongation, doubled ? '$1$1' : '$1') : word;
        elongated ||= text !== word;
      }
    } else {
      end = endOfMatch(emoticon, folded, at);
      if (end === at && code > 0x7f) end = endOfMatch(emoji, folded, at);
      if (end > at) kind = 'emoji';
      else if (code > 0x7f) end = endOfMatch(otherWord, folded, at);
      if (end === at) {
        gap += folded.charAt(at);
        at += 1;
        continue;
      }
      text = folded.slice(at, end);
    }
    tokens.push({ kind, text, start: sources?.[at] ?? at, end: sources?.[end] ?? end, gap });
    gap = '';
    at = end;
  }
  const language = hebrewUnits > latinUnits ? 'he' : latinUnits > 0 ? 'en' : undefined;
  return { raw, folded, tokens, tail: gap, language, elongated };
}

/** Whether a word is Hebrew, by its first letter: letters of other scripts never follow a Hebrew one in a word. */
export function isHebrewWord(text: string): boolean {
  return isHebrew(text.charCodeAt(0));
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isHebrew(code: number): boolean {
  return code >= 0x5d0 && code <= 0x5ea;
}

function isLatin(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function endOfRun(text: string, from: number, belongs: (code: number) => boolean): number {
  let end = from;
  while (end < text.length && belongs(text.charCodeAt(end))) end += 1;
  return end;
}

/** Where a word ends: after its letters, unless a quote or another script follows, for which the pattern knows how it goes on. */
function endOfWord(text: string, from: number, belongs: (code: number) => boolean, pattern: RegExp): number {
  const end = endOfRun(text, from, belongs);
  const next = text.charCodeAt(end);
  return next === 0x22 || next === 0x27 || next > 0x7f ? endOfMatch(pattern, text, from) : end;
}

/** Where a match of a sticky pattern ends that begins right there; `from` when there is none. */
function endOfMatch(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

function withoutQuotes(word: string): string {
  return word.includes("'") || word.includes('"') ? word.replace(/['"]/g, '') : word;
}

/** Whether a unit stands three times in a row. Of letters of two units the pattern decides. */
function mayBeElongated(word: string): boolean {
  for (let index = 2; index < word.length; index += 1) {
    const code = word.charCodeAt(index);
    if (code === word.charCodeAt(index - 1) && code === word.charCodeAt(index - 2)) return true;
    if (code >= 0xd800 && code <= 0xdfff) return true;
  }
  return false;
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
  return gapShows(gap, clauseEnd);
}

/** Whether a gap has nothing in it but a space. */
export function isBlank(gap: string): boolean {
  return gap === '' || gap === ' ';
}

/** Whether a gap that is more than a space shows some sign; most are not, and need no pattern. */
export function gapShows(gap: string, sign: RegExp): boolean {
  return !isBlank(gap) && sign.test(gap);
}

/** What stands before the place `index` in a list of tokens or of their roles; undefined at its beginning. */
export function itemBefore<Item>(items: readonly Item[], index: number): Item | undefined {
  return index > 0 ? items[index - 1] : undefined;
}

/** The gap after the token at `index`, also after the last. */
export function gapAfter(message: Message, index: number): string {
  return message.tokens[index + 1]?.gap ?? message.tail;
}
