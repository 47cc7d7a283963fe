import type { OutboundRecord } from '../../../src/store/records.ts';
import type { AcceptedSend, GrantedClaim, RunRecord } from '../record.ts';
import type { Standing } from './standing.ts';

/** A provider is called only for what was committed, by whoever claimed it. */
export function sendsWhatWasClaimed({ accepted, claims }: RunRecord): string[] {
  const first = new Map<string, number>();
  for (const { message, order } of claims) {
    const id = idOf(message.record);
    if (!first.has(id)) first.set(id, order);
  }
  return accepted
    .filter(({ messageId, order }) => (first.get(messageId) ?? Number.POSITIVE_INFINITY) > order)
    .map(({ messageId }) => `${messageId} was sent before anybody had claimed it`);
}

/** Nothing is claimed of a contact who was erased. */
export function forgetsTheErased({ claims, erased }: RunRecord): string[] {
  return claims
    .filter(
      ({ order, message }) =>
        order > (erased.get(message.record.contactId)?.order ?? Number.POSITIVE_INFINITY),
    )
    .map(({ message }) => `${idOf(message.record)} was claimed after its contact was erased`);
}

/** Two processes never hold the same message at once: a claim ends by its result or by its time. */
export function claimedByOne({ claims, results }: RunRecord): string[] {
  const held = new Map<string, GrantedClaim>();
  const ends = results.map(({ order, result }) => ({ order, id: idOf(result), claim: result.claim }));
  return claims.flatMap((claim) => {
    const id = idOf(claim.message.record);
    const before = held.get(id);
    held.set(id, claim);
    if (!before || claim.at >= before.leaseUntil) return [];
    const ended = ends.some(
      (end) =>
        end.id === id &&
        end.order > before.order &&
        end.order < claim.order &&
        (end.claim ?? before.message.claim) === before.message.claim,
    );
    return ended ? [] : [`${id} was claimed again while claim ${before.message.claim} still held`];
  });
}

/** A provider takes a message once, and once more for each time that its outcome is recorded as unknown. */
export function repeatsOnlyWhatIsUnsure({ accepted }: RunRecord, { outbound }: Standing): string[] {
  return outbound.flatMap((message) => {
    const times = accepted.filter(({ messageId }) => messageId === idOf(message)).length;
    const { ambiguous = 0 } = message;
    return times <= 1 + ambiguous
      ? []
      : [`${idOf(message)} was taken ${times} times, and ${ambiguous} are recorded as ambiguous`];
  });
}

/** What the store says of a message is what its provider saw. */
export function recordsWhatHappened({ accepted }: RunRecord, { outbound }: Standing): string[] {
  return outbound.flatMap((message) => {
    const { state, ambiguous = 0, attempts = 0 } = message;
    const times = accepted.filter(({ messageId }) => messageId === idOf(message)).length;
    const fetched = state === 'sent' && attempts === 0;
    const counted = state === 'sent' || state === 'delivered' || state === 'read';
    if (counted && times === 0 && !fetched)
      return [`${idOf(message)} is ${state}, and its provider never took it`];
    if (state === 'suppressed' && times > ambiguous)
      return [`${idOf(message)} is suppressed, and its provider took it`];
    return [];
  });
}

export function sendsInOrder({ accepted }: RunRecord): string[] {
  const last = new Map<string, number>();
  return firstSends(accepted).flatMap(({ contactId, seq, messageId }) => {
    const before = last.get(contactId) ?? 0;
    last.set(contactId, Math.max(before, seq));
    return seq > before ? [] : [`${messageId} was sent for the first time after ${contactId}.${before}`];
  });
}

/**
 * A message is given up when its provider will never take it, when its contact has opted out there, when it asks what was answered meanwhile, or
 * after a day.
 */
export function givesUpLate({ results }: RunRecord, { outbound }: Standing): string[] {
  const messages = new Map(outbound.map((message) => [idOf(message), message]));
  return results.flatMap(({ at, result }) => {
    const message = messages.get(idOf(result));
    if (result.result.state !== 'failed' || !message) return [];
    const hours = (at - Date.parse(message.at)) / 3_600_000;
    const final = finalReasons.includes(result.result.reason);
    return final || hours >= 24
      ? []
      : [`${idOf(result)} was given up after ${hours.toFixed(1)} hours: ${result.result.reason}`];
  });
}

const finalReasons = ['not_a_number', 'opted_out', 'answered'];

/** Receipts only move a message forward, to what a receipt said, and one that names our id of the message is not lost. */
export function keepsReceipts({ receipts }: RunRecord, { outbound }: Standing): string[] {
  return outbound.flatMap((message) => {
    const { state, providerMessageId } = message;
    const reached = receiptOrder.indexOf(state);
    if (reached < 0) return [];
    // Of a message that was sent twice only one copy has its id in the store, and the receipts of the other are not for it.
    const told = receipts.filter((one) => one.providerMessageId === providerMessageId);
    if (reached > 0 && !told.some((one) => one.state === state))
      return [`${idOf(message)} is ${state}, and no receipt said so`];
    const ahead = told.find(
      (one) => one.messageId !== undefined && receiptOrder.indexOf(one.state) > reached,
    );
    return ahead ? [`${idOf(message)} is ${state}, and a receipt said ${ahead.state}`] : [];
  });
}

const receiptOrder = ['sent', 'delivered', 'read'];

export function firstSends(accepted: readonly AcceptedSend[]): AcceptedSend[] {
  const seen = new Set<string>();
  return accepted.filter(({ messageId }) => {
    if (seen.has(messageId)) return false;
    seen.add(messageId);
    return true;
  });
}

export function idOf({ contactId, seq }: Pick<OutboundRecord, 'contactId' | 'seq'>): string {
  return `${contactId}.${seq}`;
}
