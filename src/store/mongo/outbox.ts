import type { Address, OutboundRecord } from '../records.ts';
import type { ClaimedMessage, DeliveryResult, Store } from '../store.ts';
import { laterBy } from './clock.ts';
import type { WaitingOutbound } from './collections.ts';

/** An outbox after something happened to it, and the messages that have left it for good. */
export interface OutboxChange {
  readonly outbox: readonly WaitingOutbound[];
  readonly settled: readonly OutboundRecord[];
}

/** Withdraws what is not claimed; what is claimed now is not to be sent once more. */
export function withdrawQueued(contactId: string, outbox: readonly WaitingOutbound[]): OutboxChange {
  return {
    outbox: outbox
      .filter(({ state }) => state === 'claimed')
      .map((waiting) => ({ ...waiting, withdrawn: true })),
    settled: outbox
      .filter(({ state }) => state === 'queued')
      .map((waiting) => recordOf(contactId, waiting, { state: 'suppressed' })),
  };
}

/** Claims from the front of the outbox what is free; the first that is not holds up the rest. */
export function claimFree(
  contactId: string,
  outbox: readonly WaitingOutbound[],
  addresses: readonly Address[],
  { now, leaseSeconds, limit }: { now: Date; leaseSeconds: number; limit: number },
): OutboxChange & { readonly claimed: readonly ClaimedMessage[] } {
  const at = now.toISOString();
  const leaseUntil = laterBy(now, leaseSeconds).toISOString();
  const after: WaitingOutbound[] = [];
  const settled: OutboundRecord[] = [];
  const claimed: ClaimedMessage[] = [];
  let held = false;
  for (const waiting of outbox) {
    held ||= claimed.length === limit || waiting.freeAt > at;
    const address = addresses.find(({ id }) => id === waiting.addressId);
    if (held || !address) {
      held = true;
      after.push(waiting);
      continue;
    }
    const afterUnknown = waiting.state === 'claimed';
    const ambiguous = waiting.ambiguous + (afterUnknown ? 1 : 0);
    if (afterUnknown && waiting.withdrawn) {
      settled.push(
        recordOf(contactId, { ...waiting, ambiguous }, { state: 'suppressed', reason: 'lease_ended' }),
      );
      continue;
    }
    const attempts = waiting.attempts + 1;
    const claim: WaitingOutbound = { ...waiting, state: 'claimed', attempts, ambiguous, freeAt: leaseUntil };
    after.push(claim);
    claimed.push(claimedMessage(contactId, claim, address, afterUnknown));
  }
  return { outbox: after, settled, claimed };
}

/** Ends a claim. A result of a message that is not claimed, or of a claim that was overtaken, changes nothing. */
export function endClaim(
  contactId: string,
  outbox: readonly WaitingOutbound[],
  { seq, at, claim, result }: DeliveryResult,
  now: Date,
): OutboxChange {
  const unchanged = { outbox, settled: [] };
  const claimed = outbox.find((waiting) => waiting.seq === seq && waiting.state === 'claimed');
  if (!claimed) return unchanged;
  const overtaken = claim !== undefined && claim !== claimed.attempts;
  if (overtaken && result.state !== 'sent') return unchanged;
  const others = outbox.filter((waiting) => waiting !== claimed);
  switch (result.state) {
    case 'sent': {
      const { providerMessageId } = result;
      const outcome = {
        state: 'sent',
        sentAt: at,
        ...(providerMessageId !== undefined && { providerMessageId }),
      } as const;
      return { outbox: others, settled: [recordOf(contactId, claimed, outcome)] };
    }
    case 'failed':
      return { outbox: others, settled: [recordOf(contactId, claimed, result)] };
    case 'queued': {
      const { reason, retrySeconds } = result;
      const retryAt = laterBy(now, retrySeconds).toISOString();
      const ambiguous = claimed.ambiguous + (result.ambiguous ? 1 : 0);
      const back: WaitingOutbound = { ...claimed, state: 'queued', ambiguous, reason, freeAt: retryAt };
      if (claimed.withdrawn)
        return { outbox: others, settled: [recordOf(contactId, back, { state: 'suppressed', reason })] };
      return { outbox: outbox.map((waiting) => (waiting === claimed ? back : waiting)), settled: [] };
    }
  }
}

/** A receipt of a message that waits still is the result of its sending; of any other there is nothing to change. */
export function endByReceipt(
  contactId: string,
  seq: number,
  outbox: readonly WaitingOutbound[],
  { addressId, providerMessageId, state, reason }: Parameters<Store['recordReceipt']>[0],
  now: Date,
): OutboxChange | undefined {
  const known = outbox.find((waiting) => waiting.seq === seq && waiting.addressId === addressId);
  if (!known) return undefined;
  const outcome = {
    state,
    providerMessageId,
    ...(state !== 'failed' && { sentAt: now.toISOString() }),
    ...(reason !== undefined && { reason }),
  };
  return {
    outbox: outbox.filter((waiting) => waiting !== known),
    settled: [recordOf(contactId, known, outcome)],
  };
}

type Outcome = Pick<OutboundRecord, 'state' | 'sentAt' | 'providerMessageId' | 'reason'>;

/** A message as it is told of, in the state in which it waits or with its outcome. */
export function recordOf(contactId: string, waiting: WaitingOutbound, outcome?: Outcome): OutboundRecord {
  const { seq, addressId, at, message, state, attempts, ambiguous, reason } = waiting;
  return {
    direction: 'out',
    seq,
    contactId,
    addressId,
    at,
    message,
    state,
    ...(attempts > 0 && { attempts }),
    ...(ambiguous > 0 && { ambiguous }),
    ...(!outcome && { dueAt: waiting.freeAt }),
    ...(outcome ?? (reason !== undefined && { reason })),
  };
}

export function claimedMessage(
  contactId: string,
  waiting: WaitingOutbound,
  address: Address,
  afterUnknown = false,
): ClaimedMessage {
  const { dueAt: _, ...record } = recordOf(contactId, waiting);
  return { record, address, claim: waiting.attempts, afterUnknown };
}

/** The fields by which a contact is found whose messages can be claimed. */
export function dueFields(outbox: readonly WaitingOutbound[]) {
  const [first] = outbox;
  return first
    ? { set: { outboundAt: new Date(first.freeAt), outboundSince: new Date(first.at) }, unset: [] }
    : { set: {}, unset: ['outboundAt', 'outboundSince'] };
}
