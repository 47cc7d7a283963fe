import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replay } from '../../src/dialogs/index.ts';
import type { Store } from '../../src/store/store.ts';
import { startTalk, type Talk } from '../support/test-app.ts';

/** What people say in a survey, with all that disturbs one. */
const phrase = fc.constantFrom(
  '9',
  '3',
  '7-8',
  'yes',
  'no',
  'skip',
  'back',
  'restart',
  'help',
  'English',
  'עברית',
  'later',
  'human',
  'the price',
  '1',
  'nothing',
  'שלוש',
  '👍',
  'bla bla',
);

function replyTo(talk: Talk, id: string, text: string) {
  return talk.app.conversations.receive({
    channel: 'console',
    account: 'terminal',
    providerMessageId: id,
    address: 'person',
    content: { kind: 'text', text },
  });
}

async function stateOf({ app, person }: Talk) {
  const state = await app.store.readContact(person.contactId);
  const { items } = await app.store.listAnswers({ limit: 100 });
  return {
    session: state?.contact.session?.state,
    language: state?.contact.language,
    answers: items.map(({ questionId, value }) => [questionId, value]),
  };
}

test('[C13] after the confirmation of an opt-out nothing is ever sent', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(phrase, { maxLength: 6 }),
      fc.array(phrase, { maxLength: 8 }),
      async (before, after) => {
        const talk = await startTalk('support', { language: 'en' });
        try {
          for (const text of before) await talk.person.says(text);
          expect(await talk.person.says('stop')).toHaveLength(1);
          for (const text of after) expect(await talk.person.says(text)).toEqual([]);
          talk.clock.advance(24 * 20);
          await talk.app.conversations.sweep();
          await talk.app.conversations.idle();
          expect(talk.person.seen()).toEqual([]);
        } finally {
          await talk.close();
        }
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

test('[C14] a repeated message changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(phrase, { minLength: 1, maxLength: 8 }), async (said) => {
      const talk = await startTalk('fault', { language: 'en' });
      try {
        for (const [index, text] of said.entries()) {
          await replyTo(talk, `m${index}`, text);
          await talk.app.conversations.idle();
        }
        const before = await stateOf(talk);
        talk.person.seen();
        for (const [index, text] of said.entries()) await replyTo(talk, `m${index}`, text);
        await talk.app.conversations.idle();
        expect(talk.person.seen()).toEqual([]);
        expect(await stateOf(talk)).toEqual(before);
      } finally {
        await talk.close();
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

test('[C15] the stored events replayed give the stored session byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(phrase, { maxLength: 12 }), async (said) => {
      const talk = await startTalk('support', { language: 'he' });
      try {
        for (const text of said) await talk.person.says(text);
        const { session } = (await talk.app.store.readContact(talk.person.contactId))?.contact ?? {};
        if (!session) return;
        const questionnaire = await talk.app.library.revision(session.questionnaireId, session.revision);
        if (!questionnaire) throw new Error('The revision is gone');
        const events = (await talk.app.store.readEvents(session.id)).map(({ event }) => event);
        expect(JSON.stringify(replay(questionnaire, events))).toBe(JSON.stringify(session.state));
      } finally {
        await talk.close();
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

test('[C16] two replies at once end as if one had come after the other, whatever the order of the store', async () => {
  const outcomes = await Promise.all(
    [
      ['9', 'The service'],
      ['The service', '9'],
    ].map(async ([first = '', second = '']) => {
      const talk = await startTalk('purchase', { language: 'en' });
      await talk.person.says(first);
      await talk.person.says(second);
      const state = await stateOf(talk);
      await talk.close();
      return JSON.stringify(state);
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const talk = await startTalk('purchase', {
        language: 'en',
        app: { decorateStore: (store) => scheduled(store, scheduler) },
      });
      try {
        const replies = Promise.all([replyTo(talk, 'a', '9'), replyTo(talk, 'b', 'The service')]);
        await scheduler.waitFor(replies);
        await scheduler.waitFor(talk.app.conversations.idle());
        expect(outcomes).toContain(JSON.stringify(await stateOf(talk)));
      } finally {
        await talk.close();
      }
    }),
    { numRuns: 30 },
  );
}, 120_000);

/** Lets the scheduler decide in which order the store's answers reach the replies; the opening of the survey is not disturbed. */
function scheduled(store: Store, scheduler: fc.Scheduler): Store {
  let disturbed = false;
  return {
    ...store,
    async receive(inbound) {
      disturbed = true;
      return scheduler.schedule(store.receive(inbound), 'receive');
    },
    async commitTurn(turn) {
      return disturbed ? scheduler.schedule(store.commitTurn(turn), 'commit') : store.commitTurn(turn);
    },
    async claimOutbound(request) {
      return disturbed
        ? scheduler.schedule(store.claimOutbound(request), 'claim')
        : store.claimOutbound(request);
    },
  };
}
