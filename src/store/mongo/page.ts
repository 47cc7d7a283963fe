import type { Page } from '../store.ts';
import { encodeCursor } from './cursor.ts';

const itemsMax = 500;

/** The number of items that a listing gives when so many are asked for. */
export function within(limit: number): number {
  return Math.min(Math.max(1, Math.trunc(limit)), itemsMax);
}

/** One document more than asked for was read, and tells whether there is another page. */
export function pageOf<Stored, Item>(
  found: readonly Stored[],
  limit: number,
  itemOf: (document: Stored) => Item,
  positionOf: (document: Stored) => readonly string[],
): Page<Item> {
  const shown = found.slice(0, within(limit));
  const items = shown.map(itemOf);
  const end = shown.at(-1);
  return found.length > shown.length && end ? { items, next: encodeCursor(positionOf(end)) } : { items };
}
