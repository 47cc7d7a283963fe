import type { Address } from '../store/records.ts';
import { finishCase } from './cases.ts';
import { type Draft, without } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';

/**
 * Ends everything at the contact's word, on all their channels: what was queued is withdrawn, the session and a talk with staff end, and
 * one confirmation is the last thing sent until they come back by their own act.
 */
export function optOut(environment: TurnEnvironment, draft: Draft, address: Address): void {
  finishCase(draft, 'closed');
  draft.contact = {
    ...without(draft.contact, 'session', 'offered', 'numbered', 'caseId'),
    optedOutAt: draft.at,
  };
  draft.suppressQueued = true;
  draft.hush();
  draft.say(environment, address.id, 'opted_out');
}

/** Takes the contact back at their own word. */
export function optIn(environment: TurnEnvironment, draft: Draft, address: Address): void {
  draft.contact = without(draft.contact, 'optedOutAt');
  draft.say(environment, address.id, 'opted_in');
}
