import { StoreError } from '../errors.ts';

/** Where a page ended: the values of its last document in the order of the listing. */
export function encodeCursor(position: readonly string[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Rejects with `not_found` what no listing of this kind has handed out: cursors come back from outside. */
export function decodeCursor(cursor: string, length: number): readonly string[] {
  const position = parse(cursor);
  const fits =
    Array.isArray(position) &&
    position.length === length &&
    position.every((value) => typeof value === 'string');
  if (!fits) throw noSuchPage();
  return position;
}

/** A moment of a cursor. */
export function momentOf(text: string | undefined): Date {
  const moment = new Date(text ?? '');
  if (Number.isNaN(moment.getTime())) throw noSuchPage();
  return moment;
}

export function noSuchPage(): StoreError {
  return new StoreError('not_found', 'There is no such page');
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
