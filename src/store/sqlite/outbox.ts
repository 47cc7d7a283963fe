import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { type DeliveryState, deliveryStates } from '../records.ts';
import type { ClaimedMessage, ClaimRequest, DeliveryResult, Store } from '../store.ts';
import { addressOf, type ContactTable } from './contacts.ts';
import { outboundOf } from './messages.ts';
import { integer, oneOf, text } from './row.ts';

/**
 * Messages that wait to be sent. `free_at` says when a message can be claimed as far as it is concerned itself, `due_at` never lies before
 * that of an earlier message of the same contact. So whatever is due can be sent now, in order, and a search over all contacts never
 * walks past messages that wait behind another.
 */
export function outbox(database: DatabaseSync, contacts: ContactTable) {
  const selectOpen = database.prepare(`
    SELECT seq, at, state, attempts, ambiguous, withdrawn, free_at, due_at, provider_message_id, sent_at, reason,
      body, addresses.id AS address_id, addresses.id AS id, channel, account, sealed, impersonal
    FROM messages JOIN addresses ON addresses.row = messages.address
    WHERE direction = 'out' AND messages.contact = ? AND open = 1 ORDER BY seq`);
  const selectOrder = database.prepare(`
    SELECT seq, free_at, due_at FROM messages
    WHERE direction = 'out' AND contact = ? AND open = 1 ORDER BY seq`);
  const selectNextDue = database.prepare(`
    SELECT max(?1, coalesce(max(due_at), '')) AS due_at FROM messages
    WHERE direction = 'out' AND contact = ?2 AND open = 1`);
  const selectDueContacts = database.prepare(`
    SELECT DISTINCT contact FROM (SELECT contact FROM messages WHERE due_at <= ? ORDER BY due_at, seq LIMIT ?)`);
  const selectMessage = database.prepare(`
    SELECT state, attempts, withdrawn FROM messages WHERE seq = ? AND contact = ? AND direction = 'out'`);
  const selectByProviderId = database.prepare(`
    SELECT seq, state FROM messages
    WHERE address = ? AND provider_message_id = ? AND direction = 'out'`);
  const claim = database.prepare(`
    UPDATE messages SET state = 'claimed', attempts = attempts + 1, ambiguous = ambiguous + ?1,
      free_at = ?2, due_at = ?2
    WHERE seq = ?3`);
  const requeue = database.prepare(`
    UPDATE messages SET state = 'queued', ambiguous = ambiguous + ?1, reason = ?2, free_at = ?3, due_at = ?3
    WHERE seq = ?4`);
  const settle = database.prepare(`
    UPDATE messages SET state = ?1, open = NULL, free_at = NULL, due_at = NULL, ambiguous = ambiguous + ?2,
      provider_message_id = ?3, sent_at = ?4, reason = ?5
    WHERE seq = ?6`);
  const setDue = database.prepare('UPDATE messages SET due_at = ? WHERE seq = ?');
  const moveOn = database.prepare('UPDATE messages SET state = ?, reason = ? WHERE seq = ?');
  const suppress = database.prepare(`
    UPDATE messages SET state = 'suppressed', open = NULL, free_at = NULL, due_at = NULL
    WHERE direction = 'out' AND contact = ? AND open = 1 AND state = 'queued'`);
  const withdraw = database.prepare(`
    UPDATE messages SET withdrawn = 1 WHERE direction = 'out' AND contact = ? AND open = 1`);

  function claimOf(contact: number, contactId: string, request: ClaimRequest, limit: number) {
    const claimed: ClaimedMessage[] = [];
    const { now, leaseUntil } = request;
    let held = false;
    for (const row of selectOpen.all(contact)) {
      if (claimed.length === limit || text(row.free_at) > now) {
        held = true;
        break;
      }
      const seq = integer(row.seq);
      const afterUnknown = row.state === 'claimed';
      if (afterUnknown && row.withdrawn === 1) {
        settle.run('suppressed', 1, null, null, 'lease_ended', seq);
        continue;
      }
      claim.run(afterUnknown ? 1 : 0, leaseUntil, seq);
      claimed.push(claimedMessage(row, contactId, afterUnknown));
    }
    if (held) keepOrder(contact);
    return claimed;
  }

  /** Sets when each waiting message of a contact is due, after something before it has changed. */
  function keepOrder(contact: number): void {
    let dueAt = '';
    for (const row of selectOrder.all(contact)) {
      const freeAt = text(row.free_at);
      if (freeAt > dueAt) dueAt = freeAt;
      if (row.due_at !== dueAt) setDue.run(dueAt, integer(row.seq));
    }
  }

  function record({ seq, at, claim, result }: DeliveryResult, contact: number): void {
    const found = selectMessage.get(seq, contact);
    if (found?.state !== 'claimed') return;
    const outdated = claim !== undefined && claim !== found.attempts;
    switch (result.state) {
      case 'sent':
        settle.run('sent', 0, result.providerMessageId ?? null, at, null, seq);
        return;
      case 'failed':
        if (!outdated) settle.run('failed', 0, null, null, result.reason, seq);
        return;
      case 'queued': {
        if (outdated) return;
        const ambiguous = result.ambiguous ? 1 : 0;
        if (found.withdrawn === 1) settle.run('suppressed', ambiguous, null, null, result.reason, seq);
        else requeue.run(ambiguous, result.reason, result.retryAt, seq);
        return;
      }
    }
  }

  return {
    claimOutbound(request: ClaimRequest): ClaimedMessage[] {
      const { contactId, now, limit } = request;
      if (contactId !== undefined) {
        const contact = contacts.rowOf(contactId);
        return contact === undefined ? [] : claimOf(contact, contactId, request, limit);
      }
      const claimed: ClaimedMessage[] = [];
      for (const row of selectDueContacts.all(now, limit)) {
        const contact = integer(row.contact);
        const id = contacts.idOf(contact);
        if (id === undefined || claimed.length === limit) break;
        claimed.push(...claimOf(contact, id, request, limit - claimed.length));
      }
      return claimed;
    },

    recordDeliveries(results: readonly DeliveryResult[]): void {
      const changed = new Set<number>();
      for (const result of results) {
        const contact = contacts.rowOf(result.contactId);
        if (contact === undefined) continue;
        record(result, contact);
        changed.add(contact);
      }
      for (const contact of changed) keepOrder(contact);
    },

    recordReceipt({
      addressId,
      providerMessageId,
      state,
      reason,
    }: Parameters<Store['recordReceipt']>[0]): void {
      const address = contacts.findAddress(addressId);
      if (!address) return;
      for (const row of selectByProviderId.all(address.row, providerMessageId)) {
        if (isAhead(state, oneOf(deliveryStates, row.state)))
          moveOn.run(state, reason ?? null, integer(row.seq));
      }
    },

    /** When a message that is queued at this moment can be claimed: not before those of the contact that wait already. */
    nextDue(contact: number, at: string): string {
      return text(selectNextDue.get(at, contact)?.due_at);
    },

    suppressQueued(contact: number): void {
      suppress.run(contact);
      withdraw.run(contact);
    },
  };
}

export type Outbox = ReturnType<typeof outbox>;

function claimedMessage(
  row: Record<string, SQLOutputValue>,
  contactId: string,
  afterUnknown: boolean,
): ClaimedMessage {
  const before = outboundOf(row, contactId);
  const claim = (before.attempts ?? 0) + 1;
  const ambiguous = (before.ambiguous ?? 0) + (afterUnknown ? 1 : 0);
  return {
    record: { ...before, state: 'claimed', attempts: claim, ...(ambiguous > 0 && { ambiguous }) },
    address: addressOf(row),
    claim,
    afterUnknown,
  };
}

/** Receipts arrive in any order. One that says less than is known changes nothing, and what failed stays failed. */
function isAhead(state: DeliveryState, known: DeliveryState): boolean {
  const rank = receiptOrder.indexOf(known);
  if (rank < 0) return false;
  return state === 'failed' ? known === 'sent' : receiptOrder.indexOf(state) > rank;
}

const receiptOrder: readonly DeliveryState[] = ['sent', 'delivered', 'read'];
