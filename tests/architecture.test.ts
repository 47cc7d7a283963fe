import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkBoundary } from '../scripts/architecture/boundary.ts';
import { checkCycles, checkImports } from '../scripts/architecture/imports.ts';
import { checkManners } from '../scripts/architecture/manners.ts';
import { withRooms } from '../scripts/architecture/picture.ts';
import { checkPurity } from '../scripts/architecture/purity.ts';
import { packages, roomOf, rooms } from '../scripts/architecture/rooms.ts';
import { readSourceFiles, type Violation } from '../scripts/architecture/source-file.ts';

const root = join(import.meta.dirname, '..');
const files = readSourceFiles();

function lines(violations: Violation[]): string[] {
  return violations.map(({ path, line, says }) => `${path}:${line} ${says}`);
}

describe('the code', () => {
  test('imports only along the arrows, and each package only at its home', () => {
    expect(lines(checkImports(files))).toEqual([]);
  });

  test('has no import cycles', () => {
    expect(lines(checkCycles(files))).toEqual([]);
  });

  test('keeps clock, chance, waiting and the machine out of the pure rooms', () => {
    expect(lines(checkPurity(files))).toEqual([]);
  });

  test('names no channel in shared code, and no question kind in a channel', () => {
    expect(lines(checkBoundary(files))).toEqual([]);
  });

  test('keeps the habits that neither the compiler nor the linter checks', () => {
    expect(lines(checkManners(files))).toEqual([]);
  });
});

describe('the rooms', () => {
  test('have at least one file each: a room is described when it exists', () => {
    const inhabited = new Set(files.map(({ path }) => roomOf(path)?.name));
    expect(rooms.map(({ name }) => name).filter((name) => !inhabited.has(name))).toEqual([]);
  });

  test('import in one direction only', () => {
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean => {
      if (seen.has(from)) return false;
      seen.add(from);
      const targets = rooms.find(({ name }) => name === from)?.mayImport ?? [];
      return targets.some((target) => target === to || reaches(target, to, seen));
    };
    expect(rooms.map(({ name }) => name).filter((name) => reaches(name, name))).toEqual([]);
  });

  test('name only rooms that exist', () => {
    const names = new Set(rooms.map(({ name }) => name));
    const named = [
      ...rooms.flatMap(({ mayImport }) => mayImport),
      ...Object.values(packages).flatMap((home) => home.rooms),
    ];
    expect(named.filter((name) => !names.has(name))).toEqual([]);
  });

  test('are drawn in ARCHITECTURE.md as they are (npm run architecture draws them)', () => {
    const document = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    expect(document).toBe(withRooms(document));
  });
});
