import type { ClaimedMessage, ClaimRequest, DeliveryResult } from '../store.ts';
import { type Change, changeContact } from './aggregate.ts';
import type { Database } from './database.ts';
import { claimFree, dueFields, endClaim, type OutboxChange } from './outbox.ts';
import { toStored } from './stored-text.ts';

/** Claims of messages that wait, and what became of them. Each is one guarded change of its contact. */
export function relayCommands(database: Database) {
  const { contacts } = database.collections;

  async function claimOf(
    contactId: string,
    request: ClaimRequest,
    limit: number,
  ): Promise<readonly ClaimedMessage[]> {
    const claimed = await changeContact(
      database,
      contactId,
      ['outbox', 'addresses'],
      ({ outbox, addresses }) => {
        const change = claimFree(contactId, outbox, addresses, { ...request, limit });
        if (change.claimed.length === 0 && change.settled.length === 0) return { result: [] };
        return { ...changeOfOutbox(change), result: change.claimed };
      },
    );
    return claimed ?? [];
  }

  return {
    async claimOutbound(request: ClaimRequest): Promise<readonly ClaimedMessage[]> {
      const { contactId, now, limit } = request;
      if (contactId !== undefined) return claimOf(contactId, request, limit);
      const due = await contacts
        .find({ outboundAt: { $lte: new Date(now) } }, { projection: { _id: 1 } })
        .sort({ outboundAt: 1 })
        .limit(limit)
        .toArray();
      const claimed: ClaimedMessage[] = [];
      for (const { _id } of due) {
        if (claimed.length === limit) break;
        claimed.push(...(await claimOf(_id, request, limit - claimed.length)));
      }
      return claimed;
    },

    /** Resolves to the contacts of which something was settled. */
    async recordDeliveries(results: readonly DeliveryResult[]): Promise<readonly string[]> {
      const byContact = Map.groupBy(results, ({ contactId }) => contactId);
      const settled = await Promise.all(
        [...byContact].map(([contactId, ended]) =>
          changeContact(database, contactId, ['outbox'], ({ outbox }): Change<string[]> => {
            let change: OutboxChange = { outbox, settled: [] };
            for (const result of ended) {
              const next = endClaim(contactId, change.outbox, result);
              change = { outbox: next.outbox, settled: [...change.settled, ...next.settled] };
            }
            if (change.outbox === outbox) return { result: [] };
            return { ...changeOfOutbox(change), result: change.settled.length > 0 ? [contactId] : [] };
          }),
        ),
      );
      return settled.flatMap((contactIds) => contactIds ?? []);
    },
  };
}

function changeOfOutbox({ outbox, settled }: OutboxChange) {
  const due = dueFields(outbox);
  const settles = settled.length > 0;
  return {
    set: { outbox: toStored(outbox), ...due.set, ...(settles && { unprojectedAt: new Date() }) },
    unset: due.unset,
    ...(settles && { push: { unprojected: [toStored({ deliveries: settled })] } }),
  };
}
