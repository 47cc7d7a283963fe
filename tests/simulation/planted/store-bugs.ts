import { plant } from './planted-bug.ts';

/** What a store could do wrong. */
export const storeBugs = {
  no_dedupe: plant('A message that comes again is stored again.', {
    below(store) {
      let times = 0;
      return {
        ...store,
        receive(inbound) {
          times += 1;
          return store.receive({ ...inbound, key: `${inbound.key} ${times}` });
        },
      };
    },
  }),

  no_version_guard: plant('A turn is written whatever was written since the contact was read.', {
    below: (store) => ({
      ...store,
      async commitTurn(turn) {
        const now = await store.readContact(turn.contact.id);
        if (!now) return store.commitTurn(turn);
        const pending = new Set(now.pending.map(({ seq }) => seq));
        return store.commitTurn({
          ...turn,
          contact: { ...turn.contact, version: now.contact.version },
          handled: turn.handled.filter((seq) => pending.has(seq)),
        });
      },
    }),
  }),

  no_fence: plant('A claim ignores that somebody else holds the message.', {
    below: (store, clock) => ({
      ...store,
      async claimOutbound(request) {
        clock.aheadSeconds = 3600;
        const claimed = await store.claimOutbound(request);
        clock.aheadSeconds = 0;
        return claimed;
      },
    }),
  }),

  overtaken_result: plant('The result of a claim that was overtaken counts for the claim that stands now.', {
    below: (store) => ({
      ...store,
      recordDeliveries: (results) => store.recordDeliveries(results.map(({ claim: _, ...result }) => result)),
    }),
  }),

  opt_out_keeps_queue: plant('What is queued is not withdrawn at an opt-out.', {
    below: (store) => ({
      ...store,
      commitTurn: ({ suppressQueued: _, ...turn }) => store.commitTurn(turn),
    }),
  }),

  silent_repeat: plant('That nobody knows whether a message was sent is not counted.', {
    below: (store) => ({
      ...store,
      recordDeliveries: (results) =>
        store.recordDeliveries(
          results.map(({ result, ...rest }) => ({
            ...rest,
            result: result.state === 'queued' ? { ...result, ambiguous: false } : result,
          })),
        ),
    }),
  }),

  disordered_claims: plant('Messages are claimed in another order than that in which they were said.', {
    below: (store) => ({
      ...store,
      claimOutbound: async (request) => (await store.claimOutbound(request)).toReversed(),
    }),
  }),

  lossy_receive: plant(
    'A message that comes while another of its contact waits is taken for a repeated one.',
    {
      below: (store) => ({
        ...store,
        async receive(inbound) {
          const contactId = await store.findContact(inbound.address.id);
          const state = contactId === undefined ? undefined : await store.readContact(contactId);
          return state && state.pending.length > 1 ? { outcome: 'duplicate' } : store.receive(inbound);
        },
      }),
    },
  ),
};
