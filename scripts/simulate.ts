import { parseArgs } from 'node:util';
import { runOnAllCores } from '../tests/simulation/campaign-threads.ts';
import { describeFailure, describeTally } from '../tests/simulation/report.ts';
import { optionsOf, type Settings } from '../tests/simulation/settings.ts';
import { shrink } from '../tests/simulation/shrink.ts';
import { simulate } from '../tests/simulation/simulate.ts';

// npm run simulate -- --seeds 500: runs of the program under faults, each decided by its seed alone. docs/simulation.md says what is simulated and
// what is checked. Fails when a run breaks a promise; that run is then made as small as it can be, and told.

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
    faults: { type: 'string' },
    activity: { type: 'string' },
    planted: { type: 'string' },
  },
});

const settings: Settings = {
  ...(values.faults !== undefined && {
    faults: values.faults.split(',').filter((word) => word !== '' && word !== 'none'),
  }),
  ...(values.activity !== undefined && { activity: Number(values.activity) }),
  ...(values.planted !== undefined && { planted: values.planted }),
};
const from = Number(values.seed);
const count = Number(values.seeds);

try {
  const options = optionsOf(settings);
  if (!Number.isInteger(from) || !Number.isInteger(count) || count < 1)
    throw new Error('--seeds and --seed take whole numbers');
  if (values.trace) await tellRuns();
  else await runAll();

  async function tellRuns(): Promise<void> {
    for (let seed = from; seed < from + count; seed += 1) {
      const { trace, violations, fingerprint } = await simulate({ ...options, seed });
      console.log(trace.join('\n'));
      for (const { invariant, words } of violations) console.log(`BROKEN  ${invariant}: ${words}`);
      console.log(`Seed ${seed}: ${fingerprint}\n`);
      if (violations.length > 0) process.exitCode = 1;
    }
  }

  async function runAll(): Promise<void> {
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    let told = 0;
    const tally = await runOnAllCores({
      from,
      count,
      settings,
      onProgress({ runs }) {
        if (seconds() - told < 30) return;
        told = seconds();
        console.log(`${runs} of ${count} runs, ${(runs / told).toFixed(0)} a second`);
      },
    });
    console.log(describeTally(tally, seconds()));
    const [seed] = tally.failing.toSorted((left, right) => left - right);
    if (seed === undefined) return;
    const smallest = await shrink(await simulate({ ...options, seed }));
    console.error(`\n${describeFailure(smallest, values.planted)}`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
