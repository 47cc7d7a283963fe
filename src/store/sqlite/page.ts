import type { Page } from '../store.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { type Row, text } from './statement.ts';

const itemsMax = 500;

/** The number of items that a listing gives when so many are asked for. */
export function within(limit: number): number {
  return Math.min(Math.max(1, Math.trunc(limit)), itemsMax);
}

/** A page of ids in the order of their rows; `select` gives so many rows of number and id behind a row. */
export function pageOfIds(
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  select: (row: number, count: number) => readonly Row[],
): Page<string> {
  const [afterRow = '0'] = after ? decodeCursor(after, 1) : [];
  const rows = select(Number(afterRow), within(limit) + 1);
  const shown = rows.slice(0, within(limit));
  const items = shown.map(([, id]) => text(id));
  const last = shown.at(-1);
  return rows.length > shown.length && last ? { items, next: encodeCursor([String(last[0])]) } : { items };
}
