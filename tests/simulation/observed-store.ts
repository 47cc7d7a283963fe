import type { ClaimedMessage, DeliveryResult, Store, Turn } from '../../src/store/store.ts';
import type { World } from './world.ts';

export interface StoreListener {
  /**
   * From this moment on, in virtual milliseconds, a sweep may find something, unless by then it does not wait any more. Rather too often than too
   * seldom.
   */
  onWork(at: number, waits: () => boolean): void;
  onTurn(turn: Turn): void;
}

/** Writes into the record what the store really carried out, and tells of it. */
export function observeStore(store: Store, world: World, { onWork, onTurn }: StoreListener): Store {
  const { record, scheduler } = world;
  const unhandled = new Map<string, number>();
  const unsent = new Map<string, number>();
  const wakeAt = new Map<string, string>();
  const held = new Set<string>();
  const happened = () => ({ order: record.nextOrder(), at: scheduler.now() });

  function noteClaims(claimed: readonly ClaimedMessage[], from: number, leaseSeconds: number): void {
    const leaseUntil = from + leaseSeconds * 1000;
    for (const message of claimed) {
      record.claims.push({ ...happened(), message, leaseUntil });
      const claim = claimId({ ...message.record, claim: message.claim });
      held.add(claim);
      onWork(leaseUntil, () => held.has(claim));
    }
  }

  function noteTurn(turn: Turn): void {
    const { contact, handled, outbound } = turn;
    const { id } = contact;
    record.turns.push({ ...happened(), turn });
    add(unhandled, id, -handled.length);
    add(unsent, id, outbound.filter(({ fetched }) => !fetched).length);
    onWork(scheduler.now(), () => waits(id));
    if (contact.wakeAt === undefined) wakeAt.delete(id);
    else {
      const moment = contact.wakeAt;
      wakeAt.set(id, moment);
      onWork(Date.parse(moment), () => wakeAt.get(id) === moment);
    }
    onTurn(turn);
  }

  function noteResult(result: DeliveryResult): void {
    const { contactId, result: end } = result;
    record.results.push({ ...happened(), result });
    held.delete(claimId(result));
    // Messages that an opt-out withdraws stay counted, which costs a few sweeps that find nothing.
    if (end.state !== 'queued') add(unsent, contactId, -1);
    const delay = end.state === 'queued' ? end.retrySeconds * 1000 : 0;
    onWork(scheduler.now() + delay, () => waits(contactId));
  }

  function waits(contactId: string): boolean {
    return (unhandled.get(contactId) ?? 0) > 0 || (unsent.get(contactId) ?? 0) > 0;
  }

  return {
    ...store,
    async receive(inbound) {
      const received = await store.receive(inbound);
      if (received.outcome === 'stored') {
        const { contactId } = received;
        record.contactIds.add(contactId);
        const written = record.inbound.get(inbound.providerMessageId);
        if (written) written.contactId = contactId;
        add(unhandled, contactId, 1);
        onWork(scheduler.now(), () => waits(contactId));
      }
      return received;
    },
    async attachAddress(request) {
      const attached = await store.attachAddress(request);
      record.contactIds.add(attached.contactId);
      return attached;
    },
    async eraseContact(contactId, at) {
      const erased = await store.eraseContact(contactId, at);
      if (erased) record.erased.set(contactId, happened());
      unhandled.delete(contactId);
      unsent.delete(contactId);
      wakeAt.delete(contactId);
      return erased;
    },
    async commitTurn(turn) {
      const claimed = await store.commitTurn(turn);
      noteTurn(turn);
      noteClaims(claimed, Date.parse(turn.at), turn.leaseSeconds ?? 0);
      return claimed;
    },
    async claimOutbound(request) {
      const claimed = await store.claimOutbound(request);
      noteClaims(claimed, scheduler.now(), request.leaseSeconds);
      return claimed;
    },
    async recordDeliveries(results) {
      await store.recordDeliveries(results);
      for (const result of results) noteResult(result);
    },
  };
}

function claimId({ contactId, seq, claim }: Pick<DeliveryResult, 'contactId' | 'seq' | 'claim'>): string {
  return `${contactId}.${seq} ${claim}`;
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
