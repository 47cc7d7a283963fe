import { describe, expect, test } from 'vitest';
import { pagesOf } from '../../src/store/page.ts';

/** A list of numbers that notes every page that is asked for. */
function numbers(count: number) {
  const asked: string[] = [];
  async function read({ after, limit }: { after?: string | undefined; limit: number }) {
    asked.push(`${after ?? 'beginning'}+${limit}`);
    const start = Number(after ?? 0);
    const items = Array.from({ length: Math.min(limit, count - start) }, (_, index) => start + index);
    const end = start + items.length;
    return { items, ...(end < count && { next: String(end) }) };
  }
  return { asked, read };
}

async function all(pages: AsyncIterable<readonly number[]>): Promise<number[]> {
  const items: number[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

describe('a long list', () => {
  test('is read page by page to its end', async () => {
    const list = numbers(1200);
    expect(await all(pagesOf(list.read))).toEqual(Array.from({ length: 1200 }, (_, index) => index));
    expect(list.asked).toEqual(['beginning+500', '500+500', '1000+500']);
  });

  test('is read no further than whoever reads it has come', async () => {
    const list = numbers(1200);
    const pages = pagesOf(list.read);
    await pages.next();
    expect(list.asked).toEqual(['beginning+500']);
    await pages.return(undefined);
    expect(list.asked).toEqual(['beginning+500']);
  });

  test.each([
    [0, 1, [0]],
    [3, 2, [3, 4]],
    [1, 700, Array.from({ length: 700 }, (_, index) => index + 1)],
  ])('gives from %i on at most %i', async (after, limit, expected) => {
    const list = numbers(1200);
    expect(await all(pagesOf(list.read, { after: String(after), limit }))).toEqual(expected);
  });
});
