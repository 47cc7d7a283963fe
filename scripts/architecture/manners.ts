import { basename } from 'node:path';
import type { ESTree } from 'vite';
import { lineAt, nodesOf, type SourceFile, type Violation } from './source-file.ts';

const linesMax = 400;

/** The rules of CONTRIBUTING.md that neither the compiler nor the linter checks. */
export function checkManners(files: readonly SourceFile[]): Violation[] {
  return files.flatMap((file) => [
    ...length(file),
    ...fileName(file),
    ...assertedTypes(file),
    ...comments(file),
    ...(mustDocument.test(file.path) ? undocumentedExports(file) : []),
  ]);
}

/** What other rooms build on: the engine and the two contracts. */
const mustDocument = /^src\/(dialogs\/.*|channels\/channel|store\/store)\.ts$/;

function length({ path, text }: SourceFile): Violation[] {
  const lines = text.split('\n').length - 1;
  if (lines <= linesMax) return [];
  return [
    {
      path,
      line: linesMax,
      says: `has ${lines} lines; past ${linesMax} there are two ideas in it. Split it.`,
    },
  ];
}

function fileName({ path }: SourceFile): Violation[] {
  const name = basename(path).replace(/(\.d)?\.tsx?$/, '');
  if (!/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name)) {
    return [{ path, line: 1, says: 'is not in kebab-case; file names are.' }];
  }
  if (/^(utils?|helpers?|common|misc|shared|types?|.*manager)$/.test(name)) {
    return [{ path, line: 1, says: 'has a name that says nothing of what is in it.' }];
  }
  return [];
}

function assertedTypes(file: SourceFile): Violation[] {
  return [...nodesOf(file.syntax.program)].filter(isAssertion).map(({ start }) => ({
    path: file.path,
    line: lineAt(file, start),
    says: 'asserts a type, which silences the compiler; parse the value or narrow it instead.',
  }));
}

function isAssertion(node: ESTree.Node): boolean {
  if (node.type === 'TSTypeAssertion') return true;
  if (node.type !== 'TSAsExpression') return false;
  const { typeAnnotation: type } = node;
  const isConst =
    type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const';
  return !isConst;
}

function comments(file: SourceFile): Violation[] {
  return file.syntax.comments.flatMap(({ value, start }) => {
    const line = lineAt(file, start);
    if (/\b(TODO|FIXME|XXX)\b(?!\(#\d+\))/.test(value)) {
      return [
        {
          path: file.path,
          line,
          says: 'has a TODO without the number of an issue, TODO(#12); nobody will find it again.',
        },
      ];
    }
    if (/biome-ignore|@ts-(ignore|expect-error|nocheck)/.test(value)) {
      return [
        { path: file.path, line, says: 'turns a check off; change the code, or the rule for everyone.' },
      ];
    }
    return [];
  });
}

function undocumentedExports(file: SourceFile): Violation[] {
  const { program, comments } = file.syntax;
  return program.body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) return [];
    // The schema that a type is inferred from carries the words for both.
    if (/^export type \w+ = z\.(infer|input|output)</.test(file.text.slice(statement.start))) return [];
    const isDocumented = comments.some(
      ({ type, value, end }) =>
        type === 'Block' &&
        value.startsWith('*') &&
        end <= statement.start &&
        file.text.slice(end, statement.start).trim() === '',
    );
    if (isDocumented) return [];
    return [
      {
        path: file.path,
        line: lineAt(file, statement.start),
        says: 'exports something without saying what it means; other rooms build on this file.',
      },
    ];
  });
}
