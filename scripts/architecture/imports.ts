import { posix } from 'node:path';
import { packages, type Room, roomOf } from './rooms.ts';
import { lineAt, nodesOf, type SourceFile, type Violation } from './source-file.ts';

interface Import {
  readonly line: number;
  /** Path of the imported file; undefined when a package is imported. */
  readonly path?: string;
  readonly packageName?: string;
}

/** Files in no room, imports against the arrows, packages away from home. An import of a type counts like any other: it ties rooms together just as well. */
export function checkImports(files: readonly SourceFile[]): Violation[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (!room) {
      return [
        { path: file.path, line: 1, says: 'belongs to no room; add it to scripts/architecture/rooms.ts' },
      ];
    }
    return [
      ...computedImports(file),
      ...importsOf(file).flatMap(({ line, path, packageName }) => {
        const says = path ? objectionToFile(room, path) : objectionToPackage(room, packageName ?? '');
        return says ? [{ path: file.path, line, says }] : [];
      }),
    ];
  });
}

/** Files that import each other in a circle. */
export function checkCycles(files: readonly SourceFile[]): Violation[] {
  const targets = new Map(
    files.map((file) => [file.path, importsOf(file).flatMap(({ path }) => (path ? [path] : []))]),
  );
  const violations: Violation[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string) => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      const circle = [...trail.slice(start), path].join(' -> ');
      violations.push({
        path,
        line: 1,
        says: `is part of an import cycle: ${circle}. None of these can be understood or tested without the others.`,
      });
      return;
    }
    if (done.has(path)) return;
    trail.push(path);
    for (const target of targets.get(path) ?? []) visit(target);
    trail.pop();
    done.add(path);
  };
  for (const { path } of files) visit(path);
  return violations;
}

function objectionToFile(room: Room, path: string): string | undefined {
  const target = roomOf(path);
  if (path.endsWith('.json') && path.startsWith('locales/')) {
    return room.nature === 'pure'
      ? `imports ${path}: ${room.name} is handed its texts as values. ${room.because}`
      : undefined;
  }
  if (!target) return `imports ${path}, which belongs to no room.`;
  if (target === room || room.mayImport.includes(target.name)) return undefined;
  const allowed = room.mayImport.length > 0 ? room.mayImport.join(', ') : 'no other room';
  return `imports ${path} of ${target.name}, but ${room.name} may import ${allowed}. ${room.because}`;
}

function objectionToPackage(room: Room, name: string): string | undefined {
  const home = packages[name];
  if (home) {
    if (home.rooms.includes(room.name)) return undefined;
    return `imports ${name}, which belongs to ${home.rooms.join(', ')}. ${home.because}`;
  }
  if (name.startsWith('node:')) {
    if (room.nature === 'server') return undefined;
    return `imports ${name}, but ${room.name} has to run in a browser. ${room.because}`;
  }
  return `imports ${name}, which no room may import yet. Say in scripts/architecture/rooms.ts which room may, and why.`;
}

function importsOf(file: SourceFile): Import[] {
  const { staticImports, staticExports, dynamicImports } = file.syntax.module;
  const requests = [
    ...staticImports.map(({ moduleRequest }) => moduleRequest),
    ...staticExports.flatMap(({ entries }) => entries.flatMap((entry) => entry.moduleRequest ?? [])),
    ...dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const specifier = literal(file.text.slice(start, end));
      return specifier === undefined ? [] : [{ value: specifier, start }];
    }),
    ...typeImports(file),
  ];
  return requests.map(({ value, start }) => ({ line: lineAt(file, start), ...target(file.path, value) }));
}

function target(from: string, specifier: string): Pick<Import, 'path' | 'packageName'> {
  if (specifier.startsWith('.')) {
    return { path: posix.join(posix.dirname(from), specifier.replace(/[?#].*$/, '')) };
  }
  if (specifier.startsWith('node:')) return { packageName: specifier };
  const parts = specifier.split('/');
  return { packageName: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}

/** `import('./file.ts').Type` in a type. */
function typeImports(file: SourceFile): { value: string; start: number }[] {
  return [...nodesOf(file.syntax.program)].flatMap((node) =>
    node.type === 'TSImportType' ? { value: node.source.value, start: node.source.start } : [],
  );
}

function computedImports(file: SourceFile): Violation[] {
  return file.syntax.module.dynamicImports
    .filter(({ moduleRequest: { start, end } }) => literal(file.text.slice(start, end)) === undefined)
    .map(({ start }) => ({
      path: file.path,
      line: lineAt(file, start),
      says: 'imports a path that is computed, so nobody can say which rooms it ties together.',
    }));
}

function literal(source: string): string | undefined {
  return /^(['"`])([^$]*)\1$/s.exec(source)?.[2];
}
