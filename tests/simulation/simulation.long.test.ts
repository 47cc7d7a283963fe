import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const seeds = 100_000;
const root = join(import.meta.dirname, '../..');

test(
  `[F2] in ${seeds.toLocaleString('en')} runs under faults every promise is kept`,
  () => {
    // On all cores, and not in the process of the test, whose memory they would share for hours.
    const run = spawnSync(
      process.execPath,
      [join(root, 'scripts/simulate.ts'), '--seeds', String(seeds), '--seed', '1'],
      { stdio: 'inherit' },
    );
    expect(run.status).toBe(0);
  },
  6 * 3_600_000,
);
