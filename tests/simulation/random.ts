/** Chance that a seed decides: the same seed and words give the same numbers for ever. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number; both ends can come. */
  integer(from: number, to: number): number;
  /** Throws when there is nothing to pick from. */
  pick<Item>(items: readonly Item[]): Item;
}

/** A stream of chance of its own for each purpose, so that drawing more in one place shifts nothing in another. */
export function createRandom(seed: number, purpose: string): Random {
  let state = hash(`${seed} ${purpose}`);

  // mulberry32, in the public domain by Tommy Ettinger: 32 bits of state, fast, and good enough for choosing.
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  return {
    next,
    chance: (probability) => next() < probability,
    integer: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick(items) {
      const index = Math.floor(next() * items.length);
      for (const item of items.slice(index, index + 1)) return item;
      throw new Error('There is nothing to pick from');
    },
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}
