import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Tally, tallyReport } from './tally.ts';

// npm test: types, lint, tests. All three run even when one fails, so that everything wrong shows at once. Words after "npm test --" go to vitest.
// The last line is "N passed, N failed", where types and lint count as one each.

const modules = join(import.meta.dirname, '../node_modules');

const tallies = [
  runCheck('Types', join(modules, 'typescript/bin/tsc'), ['--project', 'tsconfig.json']),
  runCheck('Lint', join(modules, '@biomejs/biome/bin/biome'), ['check', '--error-on-warnings']),
  runTests(process.argv.slice(2)),
];

const total = (count: keyof Tally) => tallies.reduce((sum, tally) => sum + tally[count], 0);
if (total('skipped') > 0) console.log(`${total('skipped')} tests were skipped.`);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') > 0 ? 1 : 0;

function runCheck(title: string, program: string, parameters: string[]): Tally {
  const passes = run(title, program, parameters);
  return { passed: passes ? 1 : 0, failed: passes ? 0 : 1, skipped: 0 };
}

function runTests(parameters: string[]): Tally {
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-test-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const passes = run('Tests', join(modules, 'vitest/vitest.mjs'), ['run', ...reporters, ...parameters]);
    return tallyReport(JSON.parse(readFileSync(report, 'utf8')), passes);
  } catch (error) {
    console.error('The tests left no report.', error);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(title: string, program: string, parameters: string[]): boolean {
  console.log(`\n${title}`);
  const { status } = spawnSync(process.execPath, [program, ...parameters], {
    cwd: join(modules, '..'),
    stdio: 'inherit',
  });
  return status === 0;
}
