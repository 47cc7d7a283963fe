import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ESTree, type ParseResult, parseSync } from 'vite';

/** A source file with its syntax tree. Paths are relative to the project's folder and use slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly syntax: ParseResult;
}

/** Something that breaks a rule, with the reason in the words that the reader of a failed test sees. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly says: string;
}

const root = join(import.meta.dirname, '../..');

/** All sources of the program and its pages. Tests, scripts and benchmarks are free. */
export function readSourceFiles(): SourceFile[] {
  return globSync('{src,web}/**/*.{ts,tsx}', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => parseSourceFile(path, readFileSync(join(root, path), 'utf8')));
}

export function parseSourceFile(path: string, text: string): SourceFile {
  const syntax = parseSync(path, text);
  const [error] = syntax.errors;
  if (error) throw new Error(`${path} cannot be parsed: ${error.message}`);
  return { path, text, syntax };
}

/** Every node of the syntax tree, in the order of the text. */
export function* nodesOf(value: unknown): Generator<ESTree.Node> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item);
  } else if (isNode(value)) {
    yield value;
    for (const child of Object.values(value)) yield* nodesOf(child);
  }
}

function isNode(value: unknown): value is ESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

export function lineAt({ text }: SourceFile, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
