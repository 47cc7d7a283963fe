import type { ESTree } from 'vite';
import { roomOf } from './rooms.ts';
import { lineAt, nodesOf, type SourceFile, type Violation } from './source-file.ts';

const clock = 'reads the clock; the moment is handed in, so that a replay gives the same result';
const chance = 'draws at random; ids and chance are handed in, so that a replay gives the same result';
const waiting = 'waits; a pure room computes and returns, and its caller waits';
const machine = 'reaches for the machine it runs on; a pure room runs in a browser too';
const localTime =
  'depends on the time zone of the machine; use the UTC methods, or Intl with a time zone that is handed in';

const impureMembers: Readonly<Record<string, string>> = {
  'Date.now': clock,
  'performance.now': clock,
  'Math.random': chance,
  'crypto.randomUUID': chance,
  'crypto.getRandomValues': chance,
};

// A map, because a name such as "constructor" would be found on a plain object.
const impureNames: ReadonlyMap<string, string> = new Map([
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'Promise'].map(
    (name) => [name, waiting] as const,
  ),
  ...['fetch', 'process', 'globalThis', 'localStorage', 'sessionStorage', 'Buffer', 'require'].map(
    (name) => [name, machine] as const,
  ),
]);

const localTimeMethods = /^[gs]et(Timezone|(Full)?Year|Month|Date|Day|Hours|Minutes|Seconds)(Offset)?$/;

/** Clock, randomness, waiting and the machine in the pure rooms. (That they import nothing impure is decided in imports.ts.) */
export function checkPurity(files: readonly SourceFile[]): Violation[] {
  return files.filter(({ path }) => roomOf(path)?.nature === 'pure').flatMap(impurities);
}

function impurities(file: SourceFile): Violation[] {
  return [...nodesOf(file.syntax.program)].flatMap((node) =>
    impurity(node).map((says) => ({ path: file.path, line: lineAt(file, node.start), says: `${says}.` })),
  );
}

function impurity(node: ESTree.Node): string[] {
  switch (node.type) {
    case 'CallExpression': {
      const name = nameOf(node.callee);
      return name === 'Date' ? [`Date() ${clock}`] : impureName(name);
    }
    case 'NewExpression': {
      const name = nameOf(node.callee);
      if (name !== 'Date') return impureName(name);
      if (node.arguments.length === 0) return [`new Date() ${clock}`];
      return node.arguments.length === 1 ? [] : [`new Date(year, month, ...) ${localTime}`];
    }
    case 'MemberExpression': {
      const object = nameOf(node.object);
      const member = node.computed ? undefined : nameOf(node.property);
      if (member && localTimeMethods.test(member)) return [`${member}() ${localTime}`];
      const reason = impureMembers[`${object}.${member}`];
      return reason ? [`${object}.${member} ${reason}`] : impureName(object);
    }
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.async ? [`async ${waiting}`] : [];
    case 'AwaitExpression':
      return [`await ${waiting}`];
    default:
      return [];
  }
}

function impureName(name: string | undefined): string[] {
  const reason = name === undefined ? undefined : impureNames.get(name);
  return reason ? [`${name} ${reason}`] : [];
}

function nameOf(node: ESTree.Node): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined;
}
