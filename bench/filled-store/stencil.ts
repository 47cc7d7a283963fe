/** A text with holes in it, each of which takes the word of that number: `literals[0] words[holes[0]] literals[1] ...`. */
export interface Stencil {
  readonly literals: readonly string[];
  readonly holes: readonly number[];
}

export interface Cutter {
  /** The text with a hole for each known word and each moment in it. */
  cut(text: string): Stencil;
  /** What has stood in the holes so far, by number: the known words, then the moments. */
  readonly words: readonly string[];
}

const moment = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z`;

/** Cuts texts of which the known words are in base64url, so that they can stand in a pattern as they are. */
export function createCutter(known: readonly string[]): Cutter {
  const words = [...known];
  const numbers = new Map(words.map((word, number) => [word, number]));
  const pattern = new RegExp([...known, moment].join('|'), 'g');

  function numberOf(word: string): number {
    const number = numbers.get(word);
    if (number !== undefined) return number;
    numbers.set(word, words.length);
    return words.push(word) - 1;
  }

  return {
    words,
    cut(text) {
      const literals: string[] = [];
      const holes: number[] = [];
      let end = 0;
      for (const { 0: word, index } of text.matchAll(pattern)) {
        literals.push(text.slice(end, index));
        holes.push(numberOf(word));
        end = index + word.length;
      }
      return { literals: [...literals, text.slice(end)], holes };
    },
  };
}

export function fillIn({ literals, holes }: Stencil, words: readonly string[]): string {
  let text = literals[0] ?? '';
  for (const [place, hole] of holes.entries()) text += `${words[hole]}${literals[place + 1]}`;
  return text;
}
