import { StoreError } from '../errors.ts';

/** Where a page ended: the values of its last row in the order of the listing. */
export type Position = readonly string[];

export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Rejects with `not_found` what no listing of this kind has handed out: cursors come back from outside. */
export function decodeCursor(cursor: string, length: number): Position {
  const position = parse(cursor);
  const fits =
    Array.isArray(position) &&
    position.length === length &&
    position.every((value) => typeof value === 'string');
  if (!fits) throw new StoreError('not_found', 'There is no such page');
  return position;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
