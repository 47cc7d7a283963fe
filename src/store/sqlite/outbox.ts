import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { type DeliveryState, deliveryStates } from '../records.ts';
import type { ClaimedMessage, ClaimRequest, DeliveryResult, Store } from '../store.ts';
import { addressOf, type ContactTable } from './contacts.ts';
import { integer, oneOf, optionalText, text } from './row.ts';

/**
 * Messages that wait to be sent, and what became of them. `free_at` says when a message can be claimed as far as it is concerned itself,
 * `due_at` never lies before that of an earlier message of the same contact. So whatever is due can be sent now, in order, and a search
 * over all contacts never walks past messages that wait behind another.
 */
export function outbox(database: DatabaseSync, contacts: ContactTable) {
  const insert = database.prepare(`
    INSERT INTO outbox (contact, seq, state, free_at, due_at)
    VALUES (?1, ?2, 'queued', ?3, max(?3, coalesce((SELECT max(due_at) FROM outbox WHERE contact = ?1), '')))`);
  const selectWaiting = database.prepare(`
    SELECT outbox.seq, at, state, attempts, ambiguous, withdrawn, free_at, due_at, reason, body,
      addresses.id AS id, channel, account, sealed, impersonal, addresses.row AS address_row
    FROM outbox CROSS JOIN messages ON messages.seq = outbox.seq
      CROSS JOIN addresses ON addresses.row = messages.address
    WHERE outbox.contact = ? ORDER BY outbox.seq`);
  const selectOrder = database.prepare(`
    SELECT seq, free_at, due_at FROM outbox WHERE contact = ? ORDER BY seq`);
  const selectDueContacts = database.prepare(`
    SELECT DISTINCT contact FROM (SELECT contact FROM outbox WHERE due_at <= ? ORDER BY due_at, seq LIMIT ?)`);
  const selectClaimed = database.prepare(`
    SELECT attempts, withdrawn FROM outbox WHERE contact = ? AND seq = ? AND state = 'claimed'`);
  const claim = database.prepare(`
    UPDATE outbox SET state = 'claimed', attempts = attempts + 1, ambiguous = ambiguous + ?1, free_at = ?2, due_at = ?2
    WHERE contact = ?3 AND seq = ?4`);
  const requeue = database.prepare(`
    UPDATE outbox SET state = 'queued', ambiguous = ambiguous + ?1, reason = ?2, free_at = ?3, due_at = ?3
    WHERE contact = ?4 AND seq = ?5`);
  const setDue = database.prepare('UPDATE outbox SET due_at = ? WHERE contact = ? AND seq = ?');
  const copyToDeliveries = database.prepare(`
    INSERT INTO deliveries (seq, address, attempts, ambiguous, state, provider_message_id, sent_at, reason)
    SELECT outbox.seq, messages.address, attempts, ambiguous + ?3, ?4, ?5, ?6, ?7
    FROM outbox CROSS JOIN messages ON messages.seq = outbox.seq
    WHERE outbox.contact = ?1 AND outbox.seq = ?2`);
  const remove = database.prepare('DELETE FROM outbox WHERE contact = ? AND seq = ?');
  const copySuppressed = database.prepare(`
    INSERT INTO deliveries (seq, address, attempts, ambiguous, state, reason)
    SELECT outbox.seq, messages.address, attempts, ambiguous, 'suppressed', reason
    FROM outbox CROSS JOIN messages ON messages.seq = outbox.seq
    WHERE outbox.contact = ? AND state = 'queued'`);
  const removeQueued = database.prepare(`DELETE FROM outbox WHERE contact = ? AND state = 'queued'`);
  const withdraw = database.prepare('UPDATE outbox SET withdrawn = 1 WHERE contact = ?');
  const selectByProviderId = database.prepare(`
    SELECT seq, state FROM deliveries WHERE address = ? AND provider_message_id = ?`);
  const moveOn = database.prepare('UPDATE deliveries SET state = ?, reason = ? WHERE seq = ?');

  function settle(contact: number, seq: number, outcome: Outcome): void {
    const { state, ambiguous = 0, providerMessageId = null, sentAt = null, reason = null } = outcome;
    copyToDeliveries.run(contact, seq, ambiguous, state, providerMessageId, sentAt, reason);
    remove.run(contact, seq);
  }

  function claimOf(contact: number, contactId: string, request: ClaimRequest, limit: number) {
    const claimed: ClaimedMessage[] = [];
    const { now, leaseUntil } = request;
    let held = false;
    for (const row of selectWaiting.all(contact)) {
      if (claimed.length === limit || text(row.free_at) > now) {
        held = true;
        break;
      }
      const seq = integer(row.seq);
      const afterUnknown = row.state === 'claimed';
      if (afterUnknown && row.withdrawn === 1) {
        settle(contact, seq, { state: 'suppressed', ambiguous: 1, reason: 'lease_ended' });
        continue;
      }
      claim.run(afterUnknown ? 1 : 0, leaseUntil, contact, seq);
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
      if (row.due_at !== dueAt) setDue.run(dueAt, contact, integer(row.seq));
    }
  }

  function record(contact: number, { seq, at, claim, result }: DeliveryResult): void {
    const found = selectClaimed.get(contact, seq);
    if (!found) return;
    if (result.state === 'sent') {
      const { state, providerMessageId } = result;
      settle(contact, seq, { state, providerMessageId, sentAt: at });
      return;
    }
    const claimedAgain = claim !== undefined && claim !== found.attempts;
    if (claimedAgain) return;
    const { state, reason } = result;
    if (state === 'failed') {
      settle(contact, seq, { state, reason });
      return;
    }
    const ambiguous = result.ambiguous ? 1 : 0;
    if (found.withdrawn === 1) settle(contact, seq, { state: 'suppressed', ambiguous, reason });
    else requeue.run(ambiguous, reason, result.retryAt, contact, seq);
  }

  return {
    add(contact: number, seq: number, at: string): void {
      insert.run(contact, seq, at);
    },

    /** Withdraws what is not claimed; what is claimed now is not to be sent once more. */
    suppressQueued(contact: number): void {
      copySuppressed.run(contact);
      removeQueued.run(contact);
      withdraw.run(contact);
    },

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
        record(contact, result);
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
  };
}

export type Outbox = ReturnType<typeof outbox>;

/** How a message left the outbox. */
interface Outcome {
  readonly state: DeliveryState;
  readonly ambiguous?: number;
  readonly providerMessageId?: string | undefined;
  readonly sentAt?: string;
  readonly reason?: string;
}

function claimedMessage(
  row: Record<string, SQLOutputValue>,
  contactId: string,
  afterUnknown: boolean,
): ClaimedMessage {
  const address = addressOf(row);
  const attempts = integer(row.attempts) + 1;
  const ambiguous = integer(row.ambiguous) + (afterUnknown ? 1 : 0);
  const reason = optionalText(row.reason);
  return {
    record: {
      direction: 'out',
      seq: integer(row.seq),
      contactId,
      addressId: address.id,
      at: text(row.at),
      message: JSON.parse(text(row.body)),
      state: 'claimed',
      attempts,
      ...(ambiguous > 0 && { ambiguous }),
      ...(reason !== undefined && { reason }),
    },
    address,
    claim: attempts,
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
