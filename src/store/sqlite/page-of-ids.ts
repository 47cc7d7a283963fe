import { decodeCursor, pageOf, within } from '../page.ts';
import type { Page } from '../store.ts';
import { type Row, text } from './statement.ts';

/** A page of ids in the order of their rows; `select` gives so many rows of number and id behind a row. */
export function pageOfIds(
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  select: (row: number, count: number) => readonly Row[],
): Page<string> {
  const [afterRow = '0'] = after ? decodeCursor(after, 1) : [];
  return pageOf(
    select(Number(afterRow), within(limit) + 1),
    limit,
    ([, id]) => text(id),
    ([row]) => [String(row)],
  );
}
