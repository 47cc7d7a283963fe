import type { SQLOutputValue } from 'node:sqlite';

/** A column of a row as SQLite gave it; the functions here read it as what the schema promises. */
type Column = SQLOutputValue | undefined;

export function text(column: Column): string {
  if (typeof column !== 'string') throw new TypeError(`Expected a text in the store, found ${column}`);
  return column;
}

export function integer(column: Column): number {
  if (typeof column !== 'number') throw new TypeError(`Expected a number in the store, found ${column}`);
  return column;
}

export function optionalText(column: Column): string | undefined {
  return column === null ? undefined : text(column);
}

/** A count that is absent from the record while it is zero. */
export function optionalCount(column: Column): number | undefined {
  return column === 0 || column === null ? undefined : integer(column);
}

/** One of a closed set of words. */
export function oneOf<Word extends string>(words: readonly Word[], column: Column): Word {
  const found = words.find((word) => word === column);
  if (found === undefined) throw new TypeError(`Expected one of ${words.join(', ')} in the store`);
  return found;
}
