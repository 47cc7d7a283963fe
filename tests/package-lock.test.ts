import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});

test('package-lock.json names the parts of every package for all platforms, or npm ci refuses it elsewhere', () => {
  const path = join(import.meta.dirname, '../package-lock.json');
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${from}/node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});
