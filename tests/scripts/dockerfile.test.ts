import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDockerfile } from '../../scripts/production/dockerfile.ts';

const root = join(import.meta.dirname, '../..');
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');

describe('the Dockerfile', () => {
  test('has only steps that the check of the production installation takes too', () => {
    expect(readDockerfile(dockerfile).map(({ kind }) => kind)).toContain('command');
  });

  test('copies only what .dockerignore lets through', () => {
    const letThrough = readFileSync(join(root, '.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = readDockerfile(dockerfile).flatMap((instruction) =>
      instruction.kind === 'copy' && instruction.from === undefined ? instruction.sources : [],
    );
    expect(new Set(copied)).toEqual(new Set(letThrough));
  });

  test('runs the server as a user without rights', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile.indexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('RUN'));
  });
});

describe('the check of the Dockerfile', () => {
  test('reads what it takes', () => {
    const text = `
# A comment
FROM node:24 AS pages
COPY package.json \\
  .npmrc ./
RUN npm ci
FROM node:24
ENV A=1 B=/data
COPY --from=pages /app/dist dist
CMD ["npm", "start"]`;
    expect(readDockerfile(text)).toEqual([
      { kind: 'from', stage: 'pages' },
      { kind: 'copy', sources: ['package.json', '.npmrc'], target: './' },
      { kind: 'npm', parameters: ['ci'] },
      { kind: 'from', stage: 'final' },
      { kind: 'env', values: { A: '1', B: '/data' } },
      { kind: 'copy', from: 'pages', sources: ['/app/dist'], target: 'dist' },
      { kind: 'command', words: ['npm', 'start'] },
    ]);
  });

  test.each([
    'RUN curl example.com',
    'RUN npm ci && rm -rf /',
    'ADD a b',
    'COPY --chown=node a b',
    'SHELL ["sh"]',
  ])('refuses %s, which nobody would have tried', (line) => {
    expect(() => readDockerfile(line)).toThrow(line);
  });
});
