import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';

/** A row, its columns in the order of the SELECT. */
export type Row = readonly Column[];

/** A column as SQLite gave it; the functions below read it as what the schema promises. */
export type Column = SQLOutputValue | undefined;

/** A prepared statement. Rows come as arrays: naming every column of every row costs several times what finding the row costs. */
export interface Statement {
  get(...parameters: SQLInputValue[]): Row | undefined;
  all(...parameters: SQLInputValue[]): Row[];
  run(...parameters: SQLInputValue[]): { readonly changes: number; readonly lastRow: number };
}

export function prepare(database: DatabaseSync, sql: string): Statement {
  // SQLite plans a statement anew at every call, which costs more than running it, when its limit is a parameter; not when it is an expression.
  const statement = database.prepare(sql.replaceAll('LIMIT ?', 'LIMIT +?'), { returnArrays: true });
  return {
    get(...parameters) {
      const row = statement.get(...parameters);
      return row && asArray(row);
    },
    all: (...parameters) => statement.all(...parameters).map(asArray),
    run(...parameters) {
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { changes: Number(changes), lastRow: Number(lastInsertRowid) };
    },
  };
}

function asArray(row: unknown): Row {
  if (!Array.isArray(row)) throw new TypeError('Expected the columns of a row as an array');
  return row;
}

export function text(column: Column): string {
  if (typeof column !== 'string') throw new TypeError(`Expected a text in the store, found ${typeof column}`);
  return column;
}

export function integer(column: Column): number {
  if (typeof column !== 'number')
    throw new TypeError(`Expected a number in the store, found ${typeof column}`);
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
