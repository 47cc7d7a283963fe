import type { DatabaseSync } from 'node:sqlite';
import { type DeliveryState, deliveryStates } from '../records.ts';
import type { Store } from '../store.ts';
import { integer, oneOf, prepare } from './statement.ts';

/** How a message left the outbox. */
export interface Outcome {
  readonly state: DeliveryState;
  /** 1 when it may have been sent by a claim of which nothing more was heard. */
  readonly ambiguous?: number;
  readonly providerMessageId?: string | undefined;
  readonly sentAt?: string;
  readonly reason?: string;
}

/** What became of messages that need not be sent any more. */
export function deliveryTable(database: DatabaseSync) {
  const copy = prepare(
    database,
    `INSERT INTO deliveries (seq, address, attempts, ambiguous, state, provider_message_id, sent_at, reason)
    SELECT outbox.seq, messages.address, attempts, ambiguous + ?3, ?4, ?5, ?6, ?7
    FROM outbox CROSS JOIN messages ON messages.seq = outbox.seq
    WHERE outbox.contact = ?1 AND outbox.seq = ?2`,
  );
  const remove = prepare(database, 'DELETE FROM outbox WHERE contact = ? AND seq = ?');
  const selectByProviderId = prepare(
    database,
    'SELECT seq, state FROM deliveries WHERE address = ? AND provider_message_id = ?',
  );
  const identify = prepare(
    database,
    'UPDATE deliveries SET provider_message_id = ? WHERE seq = ? AND address = ? AND provider_message_id IS NULL',
  );
  const moveOn = prepare(database, 'UPDATE deliveries SET state = ?, reason = ? WHERE seq = ?');

  return {
    /** Takes a message out of the outbox for good. */
    settle(contact: number, seq: number, outcome: Outcome): void {
      const { state, ambiguous = 0, providerMessageId = null, sentAt = null, reason = null } = outcome;
      copy.run(contact, seq, ambiguous, state, providerMessageId, sentAt, reason);
      remove.run(contact, seq);
    },

    /** A receipt for a message of an address; one whose id of the provider was not known gets it now. */
    recordReceipt(address: number, receipt: Parameters<Store['recordReceipt']>[0]): void {
      const { providerMessageId, message, state, reason } = receipt;
      if (message) identify.run(providerMessageId, message.seq, address);
      for (const [seq, known] of selectByProviderId.all(address, providerMessageId)) {
        if (isAhead(state, oneOf(deliveryStates, known))) moveOn.run(state, reason ?? null, integer(seq));
      }
    },
  };
}

export type DeliveryTable = ReturnType<typeof deliveryTable>;

/** Receipts arrive in any order. One that says less than is known changes nothing, and what failed stays failed. */
function isAhead(state: DeliveryState, known: DeliveryState): boolean {
  const rank = receiptOrder.indexOf(known);
  if (rank < 0) return false;
  return state === 'failed' ? known === 'sent' : receiptOrder.indexOf(state) > rank;
}

const receiptOrder: readonly DeliveryState[] = ['sent', 'delivered', 'read'];
