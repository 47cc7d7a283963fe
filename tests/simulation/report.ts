import type { Tally } from './campaign.ts';
import { faultKinds } from './faults.ts';
import { type Settings, wordsOf } from './settings.ts';
import type { Run } from './simulate.ts';

const linesMax = 400;

/** What broke in a run, how to see it again, and what happened. */
export function describeFailure({ options, violations, trace }: Run, planted?: string): string {
  const { seed, faults, activity } = options;
  const settings: Settings = {
    ...(faults && { faults }),
    ...(activity !== undefined && { activity }),
    ...(planted !== undefined && { planted }),
  };
  const cut = trace.length - linesMax;
  return [
    `Seed ${seed} breaks a promise:`,
    ...violations.map(({ invariant, words }) => `  ${invariant}: ${words}`),
    '',
    `Again: npm run simulate -- --seeds 1 --seed ${seed} ${wordsOf(settings)} --trace`,
    '',
    ...(cut > 0 ? [`... ${cut} lines before`] : []),
    ...trace.slice(-linesMax),
  ].join('\n');
}

export function describeTally(tally: Tally, seconds: number): string {
  const number = (value: number) => value.toLocaleString('en');
  const { runs, messages, turns, sends, repeats, faults } = tally;
  const struck = faultKinds.flatMap((kind) => (faults[kind] ? [`${kind} ${number(faults[kind])}`] : []));
  return [
    `${number(runs)} runs in ${seconds.toFixed(0)} s, ${(runs / seconds).toFixed(0)} a second`,
    `${number(messages)} messages written, ${number(turns)} turns, ${number(sends)} messages taken by providers, ${number(repeats)} of them once more`,
    `faults: ${struck.join(', ') || 'none'}`,
  ].join('\n');
}
