import { faultKinds, isFaultKind } from './faults.ts';
import { plantedBugs } from './planted/index.ts';
import type { RunOptions } from './simulate.ts';

/** What the command line can ask of every run, as plain words that can be handed to a thread and printed again. */
export interface Settings {
  readonly faults?: readonly string[];
  readonly activity?: number;
  readonly planted?: string;
}

/** Throws in words for whoever typed them when the settings name something that is not there. */
export function optionsOf({ faults, activity, planted }: Settings): Omit<RunOptions, 'seed'> {
  const unknown = faults?.filter((word) => !isFaultKind(word)) ?? [];
  if (unknown.length > 0)
    throw new Error(`There is no fault ${unknown.join(', ')}; there are: ${faultKinds.join(', ')}`);
  const bugs = new Map(Object.entries(plantedBugs));
  const bug = planted === undefined ? undefined : bugs.get(planted);
  if (planted !== undefined && !bug)
    throw new Error(`There is no bug ${planted} to plant; there are: ${[...bugs.keys()].join(', ')}`);
  return {
    ...(faults && { faults: faults.filter(isFaultKind) }),
    ...(activity !== undefined && { activity }),
    ...(bug && { planted: bug }),
  };
}

/** The settings as they are typed. */
export function wordsOf({ faults, activity, planted }: Settings): string {
  return [
    ...(faults ? [`--faults ${faults.length > 0 ? faults.join(',') : 'none'}`] : []),
    ...(activity === undefined ? [] : [`--activity ${activity}`]),
    ...(planted === undefined ? [] : [`--planted ${planted}`]),
  ].join(' ');
}
