import { describe, expect, test } from 'vitest';
import { checkBoundary } from '../../scripts/architecture/boundary.ts';
import { checkCycles, checkImports } from '../../scripts/architecture/imports.ts';
import { checkManners } from '../../scripts/architecture/manners.ts';
import { checkPurity } from '../../scripts/architecture/purity.ts';
import { parseSourceFile } from '../../scripts/architecture/source-file.ts';

describe('the checks of the architecture find', () => {
  const said = (check: typeof checkImports, path: string, text: string) =>
    check([parseSourceFile(path, text)]).map(({ says }) => says);

  test.each([
    ['an import against the arrows', 'src/dialogs/a.ts', "import { a } from '../server/a.ts';"],
    [
      'an import of a type against the arrows',
      'src/dialogs/a.ts',
      "import type { A } from '../server/a.ts';",
    ],
    [
      'an export from a room that may not be imported',
      'src/conversations/a.ts',
      "export * from '../server/a.ts';",
    ],
    [
      'a dynamic import against the arrows',
      'src/conversations/a.ts',
      "await import('../store/sqlite/a.ts');",
    ],
    ['an import inside a type', 'src/dialogs/a.ts', "export type A = import('../server/a.ts').A;"],
    ['an import whose path is computed', 'src/app.ts', 'await import(path);'],
    ['a module of Node in a pure room', 'src/dialogs/a.ts', "import { join } from 'node:path';"],
    ['a module of Node in a page', 'web/chat/a.ts', "import { join } from 'node:path';"],
    ['a package away from its home', 'src/conversations/a.ts', "import express from 'express';"],
    ['a database away from its store', 'src/server/a.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['a package that nobody decided on', 'src/server/a.ts', "import { App } from '@slack/bolt';"],
    ['a part of a package away from its home', 'src/server/a.ts', "import p from 'libphonenumber-js/min';"],
    ['locale files in a pure room', 'src/texts/a.ts', "import he from '../../locales/he/bot.json';"],
    ['a file in no room', 'src/elsewhere.ts', ''],
  ])('%s', (_, path, text) => {
    expect(said(checkImports, path, text)).toHaveLength(1);
  });

  test('no fault with imports along the arrows', () => {
    const text = `
      import { z } from 'zod';
      import { createHmac } from 'node:crypto';
      import { step } from '../dialogs/step.ts';
      import type { Store } from '../store/store.ts';
      import { receive } from './receive.ts';`;
    expect(said(checkImports, 'src/conversations/a.ts', text)).toEqual([]);
  });

  test('a cycle over several files, once', () => {
    const cycle = [
      parseSourceFile('src/dialogs/a.ts', "import './b.ts';"),
      parseSourceFile('src/dialogs/b.ts', "import type { C } from './c/c.ts';"),
      parseSourceFile('src/dialogs/c/c.ts', "export * from '../a.ts';"),
      parseSourceFile('src/dialogs/d.ts', "import './a.ts'; import './b.ts';"),
    ];
    expect(checkCycles(cycle).map(({ says }) => says)).toEqual([
      expect.stringContaining(
        'src/dialogs/a.ts -> src/dialogs/b.ts -> src/dialogs/c/c.ts -> src/dialogs/a.ts',
      ),
    ]);
  });

  test.each([
    'Date.now()',
    'new Date()',
    'Date()',
    'new Date(2026, 4, 12)',
    'moment.getHours()',
    'Math.random()',
    'crypto.randomUUID()',
    'const random = Math.random',
    'setTimeout(run, 5)',
    'process.env.PORT',
    "fetch('/')",
    'async function run() {}',
    'const run = async () => {}',
    'Promise.resolve()',
    'new Promise(run)',
  ])('that %s is not pure', (text) => {
    expect(said(checkPurity, 'src/dialogs/a.ts', text)).toHaveLength(1);
    expect(said(checkPurity, 'src/server/a.ts', text)).toEqual([]);
  });

  test.each([
    'new Date(event.at)',
    'moment.getTime()',
    'moment.getUTCHours()',
    'Date.UTC(2026, 4, 12)',
    'Math.max(1, 2)',
    'options.constructor',
    'const step = { process: 1, fetch: 2 }',
    "export const text = 'Date.now()'",
  ])('that %s is pure', (text) => {
    expect(said(checkPurity, 'src/dialogs/a.ts', text)).toEqual([]);
  });

  test.each([
    ['an asserted type', 'const a = b as string;'],
    ['an asserted type in angle brackets', 'const a = <string>b;'],
    ['a TODO without a number', '// TODO later'],
    ['a check that is turned off', '// @ts-expect-error for once'],
    ['a linter rule that is turned off', '// biome-ignore lint: because'],
    ['a file that is too long', '\n'.repeat(401)],
  ])('%s', (_, text) => {
    expect(said(checkManners, 'src/server/a.ts', text)).toHaveLength(1);
  });

  test.each([
    'src/server/utils.ts',
    'src/server/types.ts',
    'src/server/QueueManager.ts',
    'src/server/a_b.ts',
  ])('the poor file name %s', (path) => {
    expect(said(checkManners, path, '')).toHaveLength(1);
  });

  test('an export of the engine without words, unless a schema beside it has them', () => {
    expect(said(checkManners, 'src/dialogs/a.ts', 'export const a = 1;')).toHaveLength(1);
    const documented =
      '/** The first. */\nexport const a = z.string();\n\nexport type A = z.infer<typeof a>;';
    expect(said(checkManners, 'src/dialogs/a.ts', documented)).toEqual([]);
  });

  test('no fault with what is allowed', () => {
    const text =
      '// TODO(#12): more\nconst a = [1] as const;\nconst b = { a } satisfies Record<string, unknown>;';
    expect(said(checkManners, 'src/server/a.ts', text)).toEqual([]);
  });
});

describe('the check of the boundary', () => {
  const said = (path: string, text: string) =>
    checkBoundary([parseSourceFile('src/channels/telex/channel.ts', ''), parseSourceFile(path, text)]).map(
      ({ says }) => says,
    );

  test.each([
    ['a channel in shared code', 'src/conversations/a.ts', "if (address.channel === 'telex') send();"],
    ['a channel in a type of shared code', 'src/server/a.ts', "type Name = 'web' | 'telex';"],
    ['a channel in a template of shared code', 'src/store/a.ts', 'const name = `telex`;'],
    ['a channel in the contract of the channels', 'src/channels/a.ts', "const name = 'telex';"],
    ['a kind in a channel', 'src/channels/telex/a.ts', "if (kind === 'nps') send();"],
  ])('finds %s', (_, path, text) => {
    expect(said(path, text)).toHaveLength(1);
  });

  test.each([
    ['a channel where it is put together', 'src/app.ts', "const name = 'telex';"],
    ['a channel in itself', 'src/channels/telex/a.ts', "const name = 'telex';"],
    ['a word that holds the name of one', 'src/server/a.ts', "const path = '/telex/a';"],
    ['a kind in the engine', 'src/dialogs/a.ts', "const kind = 'nps';"],
    ['a layout in a channel', 'src/channels/telex/a.ts', "if (layout === 'scale') send();"],
  ])('leaves %s alone', (_, path, text) => {
    expect(said(path, text)).toEqual([]);
  });
});
