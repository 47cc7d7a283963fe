import {
  type CommandWords,
  negatableStops,
  otherCommands,
  politeWords,
  stopAlone,
  stopWords,
} from './command-words.ts';
import { foldText } from './fold.ts';
import { hebrewOptOutFiller, hebrewOptOuts } from './hebrew-opt-outs.ts';
import { PhraseBook } from './phrases.ts';
import type { Command } from './reading.ts';
import { type Token, tokenize } from './tokens.ts';

/** Whether a whole message is an opt-out, politeness and punctuation aside, in either language. Stop always wins: ask for it first. */
export function readStop(tokens: readonly Token[]): boolean {
  if (tokens.length > commandTokensMax) return false;
  const first = tokens.find(isSpoken);
  if (!first) return false;
  const grammars = openedBy(first);
  if (grammars.length === 0 && !isLetter(first)) return false;
  const words = tokens.filter(isSpoken);
  if (words.every(isLetter)) return spelledOut.has(words.map((token) => token.text).join(''));
  if (!grammars.some(({ command, book }) => command === 'stop' && speaks(book, words))) return false;
  return !words.some(
    (token, index) =>
      token.text === 'לא' && words[index + 1]?.gap === ' ' && negatable.has(words[index + 1]?.text ?? ''),
  );
}

/** Whether a text may be an opt-out, as far as its first word tells. */
export function mayBeStop(text: string): boolean {
  const [opening = ''] = text.split(' ', 1);
  const first = tokenize(opening).tokens.find(isSpoken);
  return !first || isLetter(first) || openedBy(first).some(({ command }) => command === 'stop');
}

/** The command other than stop that a whole message is. A sentence that merely contains such a word is no command. */
export function readCommand(tokens: readonly Token[]): Command | undefined {
  if (tokens.length > commandTokensMax) return undefined;
  const first = tokens.find(isSpoken);
  const grammars = first ? openedBy(first) : noGrammars;
  if (grammars.length === 0) return undefined;
  const words = tokens.filter(isSpoken);
  return grammars.find(({ command, book }) => command !== 'stop' && speaks(book, words))?.command;
}

function isSpoken(token: Token): boolean {
  return token.kind !== 'emoji';
}

function isLetter(token: Token): boolean {
  return token.kind === 'word' && token.text.length === 1;
}

/** Opt-outs that people spell letter by letter. */
const spelledOut = new Set(['stop', 'הסר']);

/** Commands are short. */
const commandTokensMax = 20;

type Part = 'core' | 'weak' | 'verb' | 'filler';

function bookOf(words: CommandWords): PhraseBook<Part> {
  return new PhraseBook<Part>([
    ['filler', politeWords],
    ['filler', words.filler ?? ''],
    ['verb', words.verb ?? ''],
    ['weak', words.weak ?? ''],
    ['core', words.core],
  ]);
}

interface Grammar {
  readonly command: Command;
  readonly book: PhraseBook<Part>;
}

const allStopWords: CommandWords = {
  core: `${stopWords.core},${hebrewOptOuts}`,
  filler: `${stopWords.filler},${hebrewOptOutFiller}`,
};
const commands: ReadonlyArray<readonly [Command, CommandWords]> = [
  ['stop', stopAlone],
  ['stop', allStopWords],
  ...otherCommands,
];
const grammars: readonly Grammar[] = commands.map(([command, words]) => ({ command, book: bookOf(words) }));
const noGrammars: readonly Grammar[] = [];

/** The grammars by the words that can open them, found when first needed, as the books are. */
const grammarsByOpening = new Map<string, Grammar[]>();

/** The grammars that a message can follow which begins with this word: most words open none. */
function openedBy(word: Token): readonly Grammar[] {
  if (grammarsByOpening.size === 0) {
    for (const grammar of grammars) {
      for (const opening of grammar.book.openings()) {
        const others = grammarsByOpening.get(opening);
        if (others) others.push(grammar);
        else grammarsByOpening.set(opening, [grammar]);
      }
    }
  }
  return grammarsByOpening.get(word.text) ?? noGrammars;
}

const negatable = new Set(negatableStops.split(',').map((word) => foldText(word.trim())));

/** Whether all words belong to a command's phrases, its core among them. */
function speaks(book: PhraseBook<Part>, words: readonly Token[]): boolean {
  const said: Part[] = [];
  for (let index = 0; index < words.length; ) {
    const phrase = book.match(words, index);
    if (!phrase) return false;
    said.push(phrase.meaning);
    index += phrase.length;
  }
  return said.includes('core') || (said.includes('weak') && said.includes('verb'));
}
