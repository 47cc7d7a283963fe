import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

describe('the documents', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...markdownIn('docs')];

  test('link to files that exist', () => {
    const broken = documents.flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map(([, link]) => link ?? '')
        .filter((link) => !existsSync(join(root, path, '..', link)))
        .map((link) => `${path} -> ${link}`);
    });
    expect(broken).toEqual([]);
  });

  test('name npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const unknown = documents.flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/`npm run ([\w:-]+)/g)]
        .map(([, script]) => script ?? '')
        .filter((script) => !(script in scripts))
        .map((script) => `${path}: npm run ${script}`),
    );
    expect(unknown).toEqual([]);
  });

  function markdownIn(folder: string): string[] {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => join(folder, path));
  }
});
