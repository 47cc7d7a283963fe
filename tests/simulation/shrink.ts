import { type FaultKind, faultKinds } from './faults.ts';
import { type Run, simulate } from './simulate.ts';

const activities = [0.2, 0.4, 0.6, 0.8];

/** Looks for a run of the same seed that breaks the same promise with fewer kinds of faults and less that people do. */
export async function shrink(run: Run): Promise<Run> {
  const broken = new Set(run.violations.map(({ invariant }) => invariant));
  let smallest = run;

  async function isEnough(change: { faults?: readonly FaultKind[]; activity?: number }): Promise<boolean> {
    const smaller = await simulate({ ...smallest.options, ...change });
    if (!smaller.violations.some(({ invariant }) => broken.has(invariant))) return false;
    smallest = smaller;
    return true;
  }

  for (const activity of activities) if (await isEnough({ activity })) break;
  let kept = (run.options.faults ?? faultKinds).filter((kind) => smallest.faults.has(kind));
  await isEnough({ faults: kept });
  for (const kind of kept) {
    const fewer = kept.filter((other) => other !== kind);
    if (await isEnough({ faults: fewer })) kept = fewer;
  }
  return smallest;
}
