import type { DatabaseSync } from 'node:sqlite';
import type { ClaimedMessage, ClaimRequest, DeliveryResult, Store } from '../store.ts';
import { type Clock, laterBy } from './clock.ts';
import { addressOf, type ContactTable } from './contacts.ts';
import type { DeliveryTable } from './deliveries.ts';
import { integer, optionalText, prepare, type Row, text } from './statement.ts';

/** A claim at a moment, with the moment at which it ends. */
interface Claiming {
  readonly at: string;
  readonly leaseUntil: string;
  readonly limit: number;
}

/**
 * Messages that wait to be sent. `free_at` says when a message can be claimed as far as it is concerned itself, `due_at` never lies before
 * that of an earlier message of the same contact. So whatever is due can be sent now, in order, and a search over all contacts never
 * walks past messages that wait behind another.
 */
export function outbox(
  database: DatabaseSync,
  { contacts, deliveries, now }: { contacts: ContactTable; deliveries: DeliveryTable; now: Clock },
) {
  const insert = prepare(
    database,
    'INSERT INTO outbox (contact, seq, state, attempts, free_at, due_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const selectLastDue = prepare(database, 'SELECT max(due_at) FROM outbox WHERE contact = ?');
  const selectWaiting = prepare(
    database,
    `SELECT outbox.seq, free_at, state, attempts, ambiguous, withdrawn, reason, at, body,
      addresses.id, channel, account, sealed, impersonal
    FROM outbox CROSS JOIN messages ON messages.seq = outbox.seq
      CROSS JOIN addresses ON addresses.row = messages.address
    WHERE outbox.contact = ? ORDER BY outbox.seq`,
  );
  const selectOrder = prepare(
    database,
    'SELECT seq, free_at, due_at FROM outbox WHERE contact = ? ORDER BY seq',
  );
  const selectDueContacts = prepare(
    database,
    'SELECT DISTINCT contact FROM (SELECT contact FROM outbox WHERE due_at <= ? ORDER BY due_at, seq LIMIT ?)',
  );
  const selectClaimed = prepare(
    database,
    `SELECT attempts, withdrawn FROM outbox WHERE contact = ? AND seq = ? AND state = 'claimed'`,
  );
  const selectAt = prepare(
    database,
    `SELECT 1 FROM outbox CROSS JOIN messages ON messages.seq = outbox.seq
    WHERE outbox.contact = ? AND outbox.seq = ? AND messages.address = ?`,
  );
  const selectQueued = prepare(database, `SELECT seq FROM outbox WHERE contact = ? AND state = 'queued'`);
  const claim = prepare(
    database,
    `UPDATE outbox SET state = 'claimed', attempts = attempts + 1, ambiguous = ambiguous + ?1, free_at = ?2, due_at = ?2
    WHERE contact = ?3 AND seq = ?4`,
  );
  const requeue = prepare(
    database,
    `UPDATE outbox SET state = 'queued', ambiguous = ambiguous + ?1, reason = ?2, free_at = ?3, due_at = ?3
    WHERE contact = ?4 AND seq = ?5`,
  );
  const setDue = prepare(database, 'UPDATE outbox SET due_at = ? WHERE contact = ? AND seq = ?');
  const withdraw = prepare(database, 'UPDATE outbox SET withdrawn = 1 WHERE contact = ?');

  function claimOf(contact: number, contactId: string, { at, leaseUntil, limit }: Claiming) {
    const claimed: ClaimedMessage[] = [];
    let held = false;
    for (const row of selectWaiting.all(contact)) {
      const [seq, freeAt, state, , , withdrawn] = row;
      if (claimed.length === limit || text(freeAt) > at) {
        held = true;
        break;
      }
      const afterUnknown = state === 'claimed';
      if (afterUnknown && withdrawn === 1) {
        deliveries.settle(contact, integer(seq), {
          state: 'suppressed',
          ambiguous: 1,
          reason: 'lease_ended',
        });
        continue;
      }
      claim.run(afterUnknown ? 1 : 0, leaseUntil, contact, integer(seq));
      claimed.push(claimedMessage(row, contactId, afterUnknown));
    }
    if (held) keepOrder(contact);
    return claimed;
  }

  /** Sets when each waiting message of a contact is due, after something before it has changed. */
  function keepOrder(contact: number): void {
    let dueAt = '';
    for (const [seq, free, due] of selectOrder.all(contact)) {
      const freeAt = text(free);
      if (freeAt > dueAt) dueAt = freeAt;
      if (due !== dueAt) setDue.run(dueAt, contact, integer(seq));
    }
  }

  function record(contact: number, { seq, at, claim, result }: DeliveryResult): void {
    const found = selectClaimed.get(contact, seq);
    if (!found) return;
    if (result.state === 'sent') {
      const { state, providerMessageId } = result;
      deliveries.settle(contact, seq, { state, providerMessageId, sentAt: at });
      return;
    }
    const [attempts, withdrawn] = found;
    const claimedAgain = claim !== undefined && claim !== attempts;
    if (claimedAgain) return;
    const { state, reason } = result;
    if (state === 'failed') {
      deliveries.settle(contact, seq, { state, reason });
      return;
    }
    const ambiguous = result.ambiguous ? 1 : 0;
    if (withdrawn === 1) deliveries.settle(contact, seq, { state: 'suppressed', ambiguous, reason });
    else requeue.run(ambiguous, reason, laterBy(now(), result.retrySeconds), contact, seq);
  }

  return {
    /** When the last waiting message of the contact is due, if any waits. */
    lastDue(contact: number): string | undefined {
      return optionalText(selectLastDue.get(contact)?.[0]);
    },

    addQueued(contact: number, seq: number, at: string, dueAt: string): void {
      insert.run(contact, seq, 'queued', 0, at, dueAt);
    },

    addClaimed(contact: number, seq: number, leaseUntil: string): void {
      insert.run(contact, seq, 'claimed', 1, leaseUntil, leaseUntil);
    },

    /** Withdraws what is not claimed; what is claimed now is not to be sent once more. */
    suppressQueued(contact: number): void {
      for (const [seq] of selectQueued.all(contact))
        deliveries.settle(contact, integer(seq), { state: 'suppressed' });
      withdraw.run(contact);
    },

    claimOutbound(request: ClaimRequest): ClaimedMessage[] {
      const { contactId, leaseSeconds, limit } = request;
      const at = now();
      const leaseUntil = laterBy(at, leaseSeconds);
      if (contactId !== undefined) {
        const contact = contacts.rowOf(contactId);
        return contact === undefined ? [] : claimOf(contact, contactId, { at, leaseUntil, limit });
      }
      const claimed: ClaimedMessage[] = [];
      for (const [row] of selectDueContacts.all(at, limit)) {
        const contact = integer(row);
        const id = contacts.idOf(contact);
        if (id === undefined || claimed.length === limit) break;
        claimed.push(...claimOf(contact, id, { at, leaseUntil, limit: limit - claimed.length }));
      }
      return claimed;
    },

    /** A receipt of a message that waits still is the result of its sending. */
    recordReceipt(receipt: Parameters<Store['recordReceipt']>[0]): void {
      const { addressId, providerMessageId, message, state, reason } = receipt;
      const address = contacts.findAddress(addressId);
      if (!address) return;
      const { row, contact, contactId } = address;
      if (message?.contactId === contactId && selectAt.get(contact, message.seq, row)) {
        deliveries.settle(contact, message.seq, {
          state,
          providerMessageId,
          ...(state !== 'failed' && { sentAt: now() }),
          ...(reason !== undefined && { reason }),
        });
        keepOrder(contact);
      } else deliveries.recordReceipt(row, receipt);
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
  };
}

export type Outbox = ReturnType<typeof outbox>;

function claimedMessage(row: Row, contactId: string, afterUnknown: boolean): ClaimedMessage {
  const [seq, , , attempts, ambiguous, , reason, at, body, ...addressColumns] = row;
  const address = addressOf(addressColumns);
  const claim = integer(attempts) + 1;
  const ambiguousCount = integer(ambiguous) + (afterUnknown ? 1 : 0);
  const lastReason = optionalText(reason);
  return {
    record: {
      direction: 'out',
      seq: integer(seq),
      contactId,
      addressId: address.id,
      at: text(at),
      message: JSON.parse(text(body)),
      state: 'claimed',
      attempts: claim,
      ...(ambiguousCount > 0 && { ambiguous: ambiguousCount }),
      ...(lastReason !== undefined && { reason: lastReason }),
    },
    address,
    claim,
    afterUnknown,
  };
}
