import { StoreError } from './errors.ts';
import type { Page } from './store.ts';

/** Where a page ended: the values of its last item in the order of the listing. */
export type Position = readonly string[];

/** What one page holds at most. */
export const itemsMax = 500;

/** The number of items that a listing gives when so many are asked for. */
export function within(limit: number): number {
  return Math.min(Math.max(1, Math.trunc(limit)), itemsMax);
}

/** One more than asked for was read, and tells whether there is another page. */
export function pageOf<Stored, Item>(
  found: readonly Stored[],
  limit: number,
  itemOf: (stored: Stored) => Item,
  positionOf: (stored: Stored) => Position,
): Page<Item> {
  const shown = found.slice(0, within(limit));
  const items = shown.map(itemOf);
  const end = shown.at(-1);
  return found.length > shown.length && end ? { items, next: encodeCursor(positionOf(end)) } : { items };
}

/** All pages of a listing from `after` on, or as many as hold `limit` items, each read when the one before has been dealt with. */
export async function* pagesOf<Item>(
  list: (page: { limit: number; after?: string }) => Promise<Page<Item>>,
  {
    after,
    limit = Number.POSITIVE_INFINITY,
  }: { after?: string | undefined; limit?: number | undefined } = {},
): AsyncGenerator<readonly Item[]> {
  let left = limit;
  for (let next = after, first = true; first || next !== undefined; first = false) {
    const page = await list({ limit: Math.min(left, itemsMax), ...(next !== undefined && { after: next }) });
    yield page.items;
    left -= page.items.length;
    next = left > 0 ? page.next : undefined;
  }
}

function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Rejects with `not_found` what no listing of this kind has handed out: cursors come back from outside. */
export function decodeCursor(cursor: string, length: number): Position {
  const position = parse(cursor);
  const fits =
    Array.isArray(position) &&
    position.length === length &&
    position.every((value) => typeof value === 'string');
  if (!fits) throw noSuchPage();
  return position;
}

/** A moment of a position. */
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
