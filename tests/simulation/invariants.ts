import type { Library } from '../../src/conversations/library.ts';
import { type Finding, isViolation } from '../../src/doctor/index.ts';
import { examine } from '../../src/operations/examine.ts';
import { rebuildProjections } from '../../src/projections/rebuild.ts';
import type { Store } from '../../src/store/store.ts';
import {
  handledInOrder,
  movesSessionsOnce,
  nothingSurprises,
  nothingWaits,
  takesEffectOnce,
} from './invariants/inbound.ts';
import {
  claimedByOne,
  forgetsTheErased,
  givesUpLate,
  keepsReceipts,
  recordsWhatHappened,
  repeatsOnlyWhatIsUnsure,
  sendsInOrder,
  sendsWhatWasClaimed,
} from './invariants/outbound.ts';
import { firesTimersOnce, rebuildsTheSame, replaysToItsState } from './invariants/sessions.ts';
import { readProjections, readStanding } from './invariants/standing.ts';
import { asksBeforeItWaits, asksWhatIsOpen, silentAfterOptOut } from './invariants/talk.ts';
import type { RunRecord } from './record.ts';

/** A promise that a run broke, and where. */
export interface Violation {
  readonly invariant: string;
  readonly words: string;
}

/** Holds everything that was promised against what stands in the store and what the simulation saw. Rebuilds the projections on the way. */
export async function checkInvariants({
  store,
  record,
  library,
}: {
  readonly store: Store;
  readonly record: RunRecord;
  readonly library: Library;
}): Promise<Violation[]> {
  const standing = await readStanding(store, record);
  const diagnosed = await diagnose(store);
  await rebuildProjections(store, library);
  const rebuilt = await readProjections(store);
  const found: Readonly<Record<string, readonly string[]>> = {
    'an acknowledged message takes effect exactly once, or says why not': [
      ...takesEffectOnce(record, standing),
      ...movesSessionsOnce(record, standing),
    ],
    'messages of a contact are handled in their order': handledInOrder(record),
    'nothing is left waiting once the faults stop': nothingWaits(record, standing),
    'nothing fails in a way that is not foreseen': nothingSurprises(record),
    'nothing is sent before it is committed and claimed': sendsWhatWasClaimed(record),
    'nothing is sent to who was erased': forgetsTheErased(record),
    'a message is claimed by one process at a time': claimedByOne(record),
    'a message is repeated only where its outcome is recorded as unknown': repeatsOnlyWhatIsUnsure(
      record,
      standing,
    ),
    'what is recorded of a message is what its provider saw': recordsWhatHappened(record, standing),
    'messages to a contact are sent in their order': sendsInOrder(record),
    'a message is given up only after a day, or when it is refused for good': givesUpLate(record, standing),
    'a receipt moves a message forward, and is not lost where it names the message': keepsReceipts(
      record,
      standing,
    ),
    'nothing is sent after the confirmation of an opt-out': silentAfterOptOut(record, standing),
    'an answered question is not sent any more': asksWhatIsOpen(record, standing),
    'the question that waits was asked': asksBeforeItWaits(record),
    'a session is what its events say': await replaysToItsState(record, library),
    'a timer fires once, and not early': await firesTimersOnce(standing, library),
    'a rebuild of the projections changes nothing': rebuildsTheSame(standing.projections, rebuilt),
  };
  const broken = Object.entries(found).flatMap(([invariant, places]) =>
    places.map((words) => ({ invariant, words })),
  );
  return [...broken, ...diagnosed];
}

/**
 * What `npm run doctor` finds, which knows the store alone. Where a provider has taken somebody back without a word of ours, the doctor cannot know
 * that silence was right before; whether a message had an effect is checked by what the simulation saw.
 */
async function diagnose(store: Store): Promise<Violation[]> {
  const findings: Finding[] = [];
  await examine({
    store,
    served: true,
    onFinding: (finding) => findings.push(finding),
    pause: () => Promise.resolve(),
  });
  const certain = findings.filter(
    (finding) => isViolation(finding) && finding.code !== 'inbound_without_effect',
  );
  return certain.map(({ code, contactId, sessionId, questionId, seq, words }) => ({
    invariant: `the doctor finds nothing: ${code}`,
    words: [contactId, sessionId, questionId, seq, words].filter((word) => word !== undefined).join(' '),
  }));
}
