import { plant } from './planted-bug.ts';
import { programBugs } from './program-bugs.ts';
import { storeBugs } from './store-bugs.ts';

export type { PlantedBug, ProcessInside, StoreClock } from './planted-bug.ts';

export const plantedBugs = { ...storeBugs, ...programBugs };

/** The program as it is. */
export const asItIs = plant('Nothing is planted.', {});
