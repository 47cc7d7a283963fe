import { StoreError } from '../../../src/store/errors.ts';
import type { Contact } from '../../../src/store/records.ts';
import type { ClaimedMessage, Projection } from '../../../src/store/store.ts';
import { plant } from './planted-bug.ts';

const nothing: Projection = { answers: [], retracted: [], responses: [], cases: [] };

/** What the program could do wrong with a store that does everything right. */
export const programBugs = {
  acknowledge_before_insert: plant('A provider is told that its message is stored while it is on its way.', {
    above: (store) => ({
      ...store,
      receive(inbound) {
        store.receive(inbound).catch(() => undefined);
        return Promise.resolve({ outcome: 'duplicate' });
      },
    }),
  }),

  split_write: plant('A turn marks its message as handled in one write and does its work in another.', {
    above(store) {
      const read = new Map<string, Contact>();
      return {
        ...store,
        async readContact(contactId) {
          const state = await store.readContact(contactId);
          if (state) read.set(contactId, state.contact);
          return state;
        },
        async commitTurn(turn) {
          const before = read.get(turn.contact.id);
          if (!before || turn.handled.length === 0) return store.commitTurn(turn);
          const { contact, at, handled } = turn;
          await store.commitTurn({
            contact: before,
            at,
            handled,
            events: [],
            outbound: [],
            projection: nothing,
          });
          return store.commitTurn({
            ...turn,
            contact: { ...contact, version: contact.version + 1 },
            handled: [],
          });
        },
      };
    },
  }),

  projection_apart: plant('A turn writes its answers in a command of their own.', {
    above: (store) => ({
      ...store,
      async commitTurn(turn) {
        const claimed = await store.commitTurn({ ...turn, projection: nothing });
        await store.applyProjection(turn.projection);
        return claimed;
      },
    }),
  }),

  blind_retry: plant('A turn is written once more when nobody knows whether it was written.', {
    above: (store) => ({
      ...store,
      async commitTurn(turn) {
        try {
          return await store.commitTurn(turn);
        } catch (error) {
          if (!(error instanceof StoreError) || error.code !== 'unknown_outcome') throw error;
          const now = await store.readContact(turn.contact.id);
          if (!now) throw error;
          const pending = new Set(now.pending.map(({ seq }) => seq));
          return store.commitTurn({
            ...turn,
            contact: { ...turn.contact, version: now.contact.version },
            handled: turn.handled.filter((seq) => pending.has(seq)),
          });
        }
      },
    }),
  }),

  send_before_commit: plant('A message is sent before the turn that says it is written.', {
    above: (store, { channels, addressBook }) => ({
      ...store,
      async commitTurn(turn) {
        const { contact, outbound } = turn;
        for (const [index, { addressId, message }] of outbound.entries()) {
          const address = contact.addresses.find(({ id }) => id === addressId);
          const channel = channels.find(({ name }) => name === address?.channel);
          if (!address || !channel) continue;
          const messageId = `${contact.id}.${contact.version}${index}000`;
          await channel
            .send({
              messageId,
              addressId,
              address: addressBook.open(address),
              committedAt: turn.at,
              lastHeardAt: () => Promise.resolve(undefined),
              message,
            })
            .catch(() => undefined);
        }
        return store.commitTurn(turn);
      },
    }),
  }),

  sent_before_call: plant('A message is recorded as sent before its provider is called.', {
    above(store) {
      const record = async (claimed: readonly ClaimedMessage[]) => {
        const results = claimed.map(({ record: { contactId, seq, at }, claim }) => ({
          contactId,
          seq,
          claim,
          at,
          result: { state: 'sent' as const },
        }));
        if (results.length > 0) await store.recordDeliveries(results);
        return claimed;
      };
      return {
        ...store,
        commitTurn: async (turn) => record(await store.commitTurn(turn)),
        claimOutbound: async (request) => record(await store.claimOutbound(request)),
      };
    },
  }),

  overtaken_question: plant('A question is sent although it was answered while it waited.', {
    above: (store) => ({
      ...store,
      async claimOutbound(request) {
        const claimed = await store.claimOutbound(request);
        return claimed.map(({ record, ...claim }) => {
          const { questionId: _, ...message } = record.message;
          return { ...claim, record: { ...record, message } };
        });
      },
    }),
  }),

  stale_timer: plant('Timers are kept in memory, and one fires although a reply has put it off.', {
    above(store) {
      const timers = new Map<string, Set<string>>();
      const firing = new Map<string, string>();
      return {
        ...store,
        async commitTurn(turn) {
          const claimed = await store.commitTurn(turn);
          const { id, wakeAt } = turn.contact;
          if (wakeAt !== undefined) timers.set(id, (timers.get(id) ?? new Set()).add(wakeAt));
          return claimed;
        },
        async findWork(query) {
          const work = await store.findWork(query);
          const stale: string[] = [];
          for (const [contactId, moments] of timers) {
            const now = (await store.readContact(contactId))?.now ?? '';
            const due = [...moments].find((moment) => moment <= now);
            if (due === undefined) continue;
            moments.delete(due);
            firing.set(contactId, due);
            stale.push(contactId);
          }
          return { ...work, timers: [...new Set([...work.timers, ...stale])] };
        },
        async readContact(contactId) {
          const state = await store.readContact(contactId);
          const due = firing.get(contactId);
          firing.delete(contactId);
          const { session } = state?.contact ?? {};
          if (!state || !session || session.expired || due === undefined) return state;
          const timer = session.remindAt === undefined ? 'expiresAt' : 'remindAt';
          return { ...state, contact: { ...state.contact, session: { ...session, [timer]: due } } };
        },
      };
    },
  }),
};
