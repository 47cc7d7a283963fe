import type { ClaimedMessage, ClaimRequest, DeliveryResult, Store } from '../store.ts';
import { type Change, changeContact } from './aggregate.ts';
import type { Database } from './database.ts';
import { claimFree, dueFields, endByReceipt, endClaim, type OutboxChange } from './outbox.ts';
import { toStored } from './stored-text.ts';
import { contactsDue } from './work.ts';

/** Claims of messages that wait, and what became of them. Each is one guarded change of its contact. */
export function relayCommands(database: Database) {
  async function claimOf(
    contactId: string,
    leaseSeconds: number,
    limit: number,
  ): Promise<readonly ClaimedMessage[]> {
    const claimed = await changeContact(
      database,
      contactId,
      ['outbox', 'addresses'],
      ({ outbox, addresses }, now) => {
        const change = claimFree(contactId, outbox, addresses, { now, leaseSeconds, limit });
        if (change.claimed.length === 0 && change.settled.length === 0) return { result: [] };
        return { ...changeOfOutbox(change, now), result: change.claimed };
      },
    );
    return claimed ?? [];
  }

  return {
    async claimOutbound(request: ClaimRequest): Promise<readonly ClaimedMessage[]> {
      const { contactId, leaseSeconds, limit } = request;
      if (contactId !== undefined) return claimOf(contactId, leaseSeconds, limit);
      const due = await contactsDue(database, 'outboundAt', limit);
      const claimed: ClaimedMessage[] = [];
      for (const id of due) {
        if (claimed.length === limit) break;
        claimed.push(...(await claimOf(id, leaseSeconds, limit - claimed.length)));
      }
      return claimed;
    },

    /** Resolves to the contacts of which something was settled. */
    async recordDeliveries(results: readonly DeliveryResult[]): Promise<readonly string[]> {
      const byContact = Map.groupBy(results, ({ contactId }) => contactId);
      const settled = await Promise.all(
        [...byContact].map(([contactId, ended]) =>
          changeContact(database, contactId, ['outbox'], ({ outbox }, now): Change<string[]> => {
            let change: OutboxChange = { outbox, settled: [] };
            for (const result of ended) {
              const next = endClaim(contactId, change.outbox, result, now);
              change = { outbox: next.outbox, settled: [...change.settled, ...next.settled] };
            }
            if (change.outbox === outbox) return { result: [] };
            return { ...changeOfOutbox(change, now), result: change.settled.length > 0 ? [contactId] : [] };
          }),
        ),
      );
      return settled.flatMap((contactIds) => contactIds ?? []);
    },

    /** Ends the sending of a message that its receipt has overtaken. Resolves to whether there was one. */
    async endByReceipt(receipt: Parameters<Store['recordReceipt']>[0]): Promise<boolean> {
      const { message } = receipt;
      if (!message) return false;
      const { contactId, seq } = message;
      const ended = await changeContact(
        database,
        contactId,
        ['outbox'],
        ({ outbox }, now): Change<boolean> => {
          const change = endByReceipt(contactId, seq, outbox, receipt, now);
          return change ? { ...changeOfOutbox(change, now), result: true } : { result: false };
        },
      );
      return ended ?? false;
    },
  };
}

function changeOfOutbox({ outbox, settled }: OutboxChange, now: Date) {
  const due = dueFields(outbox);
  const settles = settled.length > 0;
  return {
    set: { outbox: toStored(outbox), ...due.set, ...(settles && { unprojectedAt: now }) },
    unset: due.unset,
    ...(settles && { push: { unprojected: [toStored({ deliveries: settled })] } }),
  };
}
