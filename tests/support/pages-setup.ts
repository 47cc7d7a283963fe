import { buildPages } from '../../scripts/build-pages.ts';

/** Runs once before the tests of the pages, which look at the pages as they are built. */
export function setup(): void {
  buildPages();
}
