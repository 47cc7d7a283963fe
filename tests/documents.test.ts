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

  test('describe every setting, and no other', () => {
    const schema = ['src/config.ts', 'src/config-channels.ts']
      .map((path) => readFileSync(join(root, path), 'utf8'))
      .join('\n');
    const settings = [...schema.matchAll(/^ {2,4}([A-Z_]+): \w/gm)].map(([, name]) => name);
    const [, table = ''] = /## Settings\n([^#]*)/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
    const described = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
    expect(settings.length).toBeGreaterThan(5);
    expect(new Set(described)).toEqual(new Set(settings));
  });

  test('list every decision', () => {
    const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    expect(markdownIn('docs/decisions').filter((path) => !architecture.includes(`](${path})`))).toEqual([]);
  });

  function markdownIn(folder: string): string[] {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => join(folder, path));
  }
});
