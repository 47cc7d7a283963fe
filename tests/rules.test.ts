import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const stated = new Set(
  Array.from(
    readFileSync(new URL('../docs/rules.md', import.meta.url), 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm),
    ([, id]) => id,
  ),
);

/** The rule ids in the names of tests. */
const proven = new Set(
  readdirSync(new URL('./', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$/.test(file))
    .flatMap((file) => {
      const code = readFileSync(new URL(file, import.meta.url), 'utf8');
      return Array.from(code.matchAll(/(?<=['"`\] ])\[([A-Z]\d+)\](?= )/g), ([, id]) => id);
    }),
);

describe('docs/rules.md', () => {
  test('states rules', () => {
    expect(stated.size).toBeGreaterThan(30);
  });

  test('states no rule that no test proves', () => {
    expect([...stated].filter((id) => !proven.has(id))).toEqual([]);
  });

  test('states every rule that a test names', () => {
    expect([...proven].filter((id) => !stated.has(id))).toEqual([]);
  });
});
