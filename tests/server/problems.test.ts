import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import english from '../../locales/en/problems.json' with { type: 'json' };
import hebrew from '../../locales/he/problems.json' with { type: 'json' };
import { problemSchema, problemStatuses } from '../../src/server/problem.ts';
import { startStaffServer } from '../support/staff-server.ts';

const root = join(import.meta.dirname, '../..');
const codes = Object.keys(problemStatuses).sort();

test('every problem has its title in both languages, and no title is left over', () => {
  expect(Object.keys(english).sort()).toEqual(codes);
  expect(Object.keys(hebrew).sort()).toEqual(codes);
});

test('docs/errors.md explains every problem with its status, and no other', () => {
  const document = readFileSync(join(root, 'docs/errors.md'), 'utf8');
  const rows = [...document.matchAll(/^\| `(\w+)` +\| (\d+) +\|/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(Object.fromEntries(rows)).toEqual(problemStatuses);
  expect(rows).toHaveLength(codes.length);
});

test('every problem can happen', () => {
  const folder = join(root, 'src/server');
  const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const thrown = new Set([...source.matchAll(/new Problem\(\s*'(\w+)'/g)].map(([, code]) => code));
  expect(codes.filter((code) => !thrown.has(code))).toEqual([]);
});

test('a problem is a document of its own type, titled in the language of whoever asks', async () => {
  const server = await startStaffServer();
  const asked = (language: string) =>
    server.ask('/api/v1/nothing-here?token=hidden', { headers: { 'accept-language': language } });
  const response = await asked('he');
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = problemSchema.parse(await response.json());
  expect(problem).toMatchObject({
    title: hebrew.unknown_route,
    status: 404,
    code: 'unknown_route',
    instance: '/api/v1/nothing-here',
  });
  expect(problemSchema.parse(await (await asked('en-US,en;q=0.9')).json()).title).toBe(english.unknown_route);
  await server.close();
});

test('a method that an address does not take is answered with those that it takes', async () => {
  const server = await startStaffServer();
  const response = await server.staff('/responses', { method: 'POST', body: {} });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
  expect((await response.json()).code).toBe('method_not_allowed');
  await server.close();
});
