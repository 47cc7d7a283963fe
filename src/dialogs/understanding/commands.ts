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
import type { Token } from './tokens.ts';

/**
 * The command that a whole message is, politeness and punctuation aside, in either language. A sentence that merely contains such a word is
 * no command. Stop always wins.
 */
export function readCommand(tokens: readonly Token[]): Command | undefined {
  if (readStop(tokens)) return 'stop';
  if (tokens.length > commandTokensMax) return undefined;
  const words = tokens.filter((token) => token.kind !== 'emoji');
  return grammars.find((grammar) => speaks(grammar.book, words))?.command;
}

/** Whether a whole message is an opt-out. */
export function readStop(tokens: readonly Token[]): boolean {
  if (tokens.length === 0 || tokens.length > commandTokensMax) return false;
  const words = tokens.filter((token) => token.kind !== 'emoji');
  if (words.every((token) => token.text.length === 1))
    return spelledOut.has(words.map((token) => token.text).join(''));
  if (speaks(aloneBook, words)) return true;
  if (!speaks(stopBook, words)) return false;
  return !words.some(
    (token, index) =>
      token.text === 'לא' && words[index + 1]?.gap === ' ' && negatable.has(words[index + 1]?.text ?? ''),
  );
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

const stopBook = bookOf({
  core: `${stopWords.core},${hebrewOptOuts}`,
  filler: `${stopWords.filler},${hebrewOptOutFiller}`,
});
const aloneBook = bookOf(stopAlone);
const grammars = otherCommands.map(([command, words]) => ({ command, book: bookOf(words) }));
const negatable = new Set(negatableStops.split(',').map((word) => foldText(word.trim())));

/** Whether all words belong to a command's phrases, its core among them. */
function speaks(book: PhraseBook<Part>, words: readonly Token[]): boolean {
  const said = new Set<Part>();
  for (let index = 0; index < words.length; ) {
    const phrase = book.match(words, index);
    if (!phrase) return false;
    said.add(phrase.meaning);
    index += phrase.length;
  }
  return said.has('core') || (said.has('weak') && said.has('verb'));
}
