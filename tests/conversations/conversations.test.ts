import { afterEach, describe, expect, test } from 'vitest';
import { startTalk, type Talk } from '../support/test-app.ts';

const talks: Talk[] = [];

afterEach(async () => {
  for (const talk of talks.splice(0)) await talk.close();
});

async function talkAbout(
  touchpoint: string,
  options: Parameters<typeof startTalk>[1] = { language: 'en' },
): Promise<Talk> {
  const talk = await startTalk(touchpoint, options);
  talks.push(talk);
  return talk;
}

async function statusesOf({ app }: Talk): Promise<Record<string, string>> {
  const { items } = await app.store.listResponses({ limit: 50 });
  return Object.fromEntries(items.map(({ questionnaireId, status }) => [questionnaireId, status]));
}

async function answersOf({ app }: Talk): Promise<Record<string, unknown>> {
  const { items } = await app.store.listAnswers({ limit: 50 });
  return Object.fromEntries(items.map(({ questionId, value }) => [questionId, value]));
}

async function contactOf({ app, person }: Talk) {
  const state = await app.store.readContact(person.contactId);
  if (!state) throw new Error('The contact is gone');
  return state.contact;
}

const texts = (messages: readonly { text: string }[]) => messages.map(({ text }) => text);

describe('answering', () => {
  test('[C1] each answer is stored with its channel context', async () => {
    const talk = await talkAbout('purchase', { language: 'en', start: '2026-05-13T07:00:00.000Z' });
    talk.clock.advance(0.5);
    await talk.person.says('I would say 9, great shop');
    const { items } = await talk.app.store.listAnswers({ limit: 10 });
    expect(items).toEqual([
      expect.objectContaining({
        questionnaireId: 'purchase-nps',
        revision: 1,
        questionId: 'recommend',
        touchpointId: 'purchase',
        metric: 'nps',
        value: 9,
        rawText: 'I would say 9, great shop',
        reading: expect.objectContaining({ outcome: 'answer', value: 9 }),
        inputMode: 'typed',
        language: 'en',
        channel: 'console',
        providerMessageId: '1',
        askedAt: '2026-05-13T07:00:00.000Z',
        answeredAt: '2026-05-13T07:30:00.000Z',
        late: false,
      }),
    ]);
  });

  test('[C1] a tap is stored with the words that stood on the button', async () => {
    const talk = await talkAbout('purchase');
    await talk.person.taps('3');
    await talk.person.taps('The price', 'The service');
    const { items } = await talk.app.store.listAnswers({ limit: 10 });
    expect(items[1]).toMatchObject({
      questionId: 'got_in_way',
      value: ['price', 'service'],
      rawText: 'The price, The service',
      inputMode: 'tap',
      reading: { rule: 'tap' },
    });
  });

  test('[C2] a message that comes six times at once takes effect once', async () => {
    const talk = await talkAbout('purchase');
    const inbound = {
      channel: 'console',
      account: 'terminal',
      providerMessageId: 'same',
      address: 'person',
      content: { kind: 'text', text: '9' },
    } as const;
    const received = await Promise.all(
      Array.from({ length: 6 }, () => talk.app.conversations.receive(inbound)),
    );
    await talk.app.conversations.idle();
    expect(received.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
    expect(talk.person.seen()).toHaveLength(1);
    expect(await answersOf(talk)).toEqual({ recommend: 9 });
  });

  test('[C3] messages that come together are handled in their order', async () => {
    const talk = await talkAbout('purchase');
    const said = ['9', 'Fast delivery', '5', 'Advice from a friend'];
    await Promise.all(
      said.map((text, index) =>
        talk.app.conversations.receive({
          channel: 'console',
          account: 'terminal',
          providerMessageId: `m${index}`,
          address: 'person',
          content: { kind: 'text', text },
        }),
      ),
    );
    await talk.app.conversations.idle();
    expect(await answersOf(talk)).toMatchObject({ recommend: 9, praise: 'Fast delivery', ordering: 5 });
  });

  test('[C4] a tap on an old button is answered kindly and scored against nothing', async () => {
    const talk = await talkAbout('purchase');
    const [tokenOfThree = ''] = talk.opening
      .flatMap(({ choices = [] }) => choices.filter(({ label }) => label === '3'))
      .map(({ token }) => token);
    await talk.person.taps('9');
    const said = await talk.person.tapsToken(tokenOfThree);
    expect(texts(said)).toEqual([expect.stringContaining("You've already answered that one.")]);
    expect(await answersOf(talk)).toEqual({ recommend: 9 });
  });

  test('[C4] a forged button changes nothing and costs no try', async () => {
    const talk = await talkAbout('purchase');
    const { session } = await contactOf(talk);
    for (const token of [
      'nonsense',
      `${session?.id}.recommend.11`,
      `${session?.id}.__proto__.1`,
      'other.recommend.9',
      '!reboot',
      '!!continue',
    ]) {
      expect(await talk.person.tapsToken(token)).toHaveLength(1);
    }
    const after = await contactOf(talk);
    expect(after.session?.state.at).toBe('recommend');
    expect(await answersOf(talk)).toEqual({});
  });
});

describe('one survey at a time', () => {
  test('[C5] another touchpoint offers to go on with the open survey, and going on asks the waiting question', async () => {
    const talk = await talkAbout('purchase');
    await talk.person.says('9');
    const offer = await talk.person.opens('billing');
    expect(offer.at(-1)?.choices).toHaveLength(2);
    expect(await statusesOf(talk)).toEqual({ 'purchase-nps': 'in_progress' });
    const [again] = await talk.person.taps(offer.at(-1)?.choices?.[0]?.label ?? '');
    expect(again?.questionId).toBe('praise');
    expect((await contactOf(talk)).offered).toBeUndefined();
  });

  test('[C5] beginning the other closes the open one with what was answered', async () => {
    const talk = await talkAbout('purchase');
    await talk.person.says('9');
    const offer = await talk.person.opens('billing');
    await talk.person.taps(offer.at(-1)?.choices?.[1]?.label ?? '');
    expect(await statusesOf(talk)).toEqual({ 'purchase-nps': 'break_off', 'billing-clarity': 'in_progress' });
    expect((await contactOf(talk)).session?.questionnaireId).toBe('billing-clarity');
  });

  test('[C5] an answer to the open question counts as going on', async () => {
    const talk = await talkAbout('purchase');
    await talk.person.opens('billing');
    await talk.person.says('9');
    expect(await answersOf(talk)).toEqual({ recommend: 9 });
    expect((await contactOf(talk)).offered).toBeUndefined();
  });

  test('[C5] asking for the same survey again goes on where it stands', async () => {
    const talk = await talkAbout('purchase');
    await talk.person.says('9');
    expect(await talk.person.opens('purchase')).toEqual([]);
    expect((await contactOf(talk)).session?.state.at).toBe('praise');
  });
});

describe('opting out', () => {
  test.each(['STOP', 'הסר', 'unsubscribe'])(
    '[C6] "%s" ends everything with one confirmation, and nothing follows',
    async (word) => {
      const talk = await talkAbout('purchase');
      await talk.person.says('9');
      expect(await talk.person.says(word)).toHaveLength(1);
      for (const text of ['9', 'hello?', 'human', word]) expect(await talk.person.says(text)).toEqual([]);
      expect(await talk.person.opens('billing')).toEqual([]);
      talk.clock.advance(24 * 8);
      await talk.app.conversations.sweep();
      expect(talk.person.seen()).toEqual([]);
      expect(await statusesOf(talk)).toEqual({ 'purchase-nps': 'opted_out' });
      expect(await answersOf(talk)).toEqual({ recommend: 9 });
    },
  );

  test('[C6] START brings them back by their own word', async () => {
    const talk = await talkAbout('purchase');
    await talk.person.says('STOP');
    expect(await talk.person.says('START')).toHaveLength(1);
    expect(await talk.person.opens('billing')).toHaveLength(1);
  });

  test('[C6] an opt-out wins over staff too, and closes the case', async () => {
    const talk = await talkAbout('purchase');
    await talk.person.says('human');
    expect(await talk.person.says('STOP')).toHaveLength(1);
    const { items } = await talk.app.store.listCases({ limit: 10 });
    expect(items).toEqual([expect.objectContaining({ status: 'closed' })]);
  });
});

describe('a person instead of the bot', () => {
  test('[C7] the bot falls silent until staff hand the conversation back', async () => {
    const talk = await talkAbout('purchase');
    await talk.person.says('9');
    expect(await talk.person.says('agent')).toHaveLength(1);
    expect(await talk.person.says('My parcel is lost')).toEqual([]);
    const [opened] = (await talk.app.store.listCases({ limit: 10 })).items;
    expect(opened).toMatchObject({ status: 'open', questionnaireId: 'purchase-nps', channel: 'console' });
    const caseId = opened?.id ?? '';

    await talk.app.conversations.actOnCase(caseId, { type: 'reply', text: 'Which parcel?' });
    await talk.app.conversations.idle();
    expect(talk.person.seen()).toEqual([expect.objectContaining({ from: 'staff', text: 'Which parcel?' })]);
    expect((await talk.app.store.readCase(caseId))?.status).toBe('answered');

    talk.clock.advance(24 * 30);
    await talk.app.conversations.sweep();
    expect(talk.person.seen()).toEqual([]);

    await talk.app.conversations.actOnCase(caseId, { type: 'return' });
    await talk.app.conversations.idle();
    expect(talk.person.seen().at(-1)?.questionId).toBe('praise');
    await talk.person.says('The service');
    expect(await answersOf(talk)).toMatchObject({ recommend: 9, praise: 'The service' });
  });

  test('[C7] closing the case ends the survey with what was answered', async () => {
    const talk = await talkAbout('purchase');
    await talk.person.says('9');
    await talk.person.says('agent');
    const [opened] = (await talk.app.store.listCases({ limit: 10 })).items;
    await talk.app.conversations.actOnCase(opened?.id ?? '', { type: 'close' });
    await talk.app.conversations.idle();
    expect(await statusesOf(talk)).toEqual({ 'purchase-nps': 'break_off' });
    await expect(
      talk.app.conversations.actOnCase(opened?.id ?? '', { type: 'reply', text: 'x' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('[C7] asking twice opens one case', async () => {
    const talk = await talkAbout('purchase');
    await talk.person.says('agent');
    await talk.person.says('agent');
    expect((await talk.app.store.listCases({ limit: 10 })).items).toHaveLength(1);
  });
});

describe('time', () => {
  test('[C8] one reminder comes after a day without a reply', async () => {
    const talk = await talkAbout('purchase');
    talk.clock.advance(23.9);
    await talk.app.conversations.sweep();
    expect(talk.person.seen()).toEqual([]);
    talk.clock.advance(0.2);
    await Promise.all([talk.app.conversations.sweep(), talk.app.conversations.sweep()]);
    await talk.app.conversations.idle();
    expect(talk.person.seen()).toEqual([expect.objectContaining({ questionId: 'recommend' })]);
    talk.clock.advance(48);
    await talk.app.conversations.sweep();
    expect(talk.person.seen()).toEqual([]);
  });

  test('[C8] a reply puts the reminder off, and a pause cancels it', async () => {
    const talk = await talkAbout('purchase');
    talk.clock.advance(20);
    await talk.person.says('9');
    talk.clock.advance(20);
    await talk.app.conversations.sweep();
    expect(talk.person.seen()).toEqual([]);
    await talk.person.says('later');
    talk.clock.advance(48);
    await talk.app.conversations.sweep();
    await talk.app.conversations.idle();
    expect(talk.person.seen()).toEqual([]);
  });

  test('[C9] a week without a reply closes the survey silently, and a reply in the week after still counts, marked late', async () => {
    const talk = await talkAbout('purchase');
    await talk.person.says('9');
    talk.clock.advance(24 * 7);
    await talk.app.conversations.sweep();
    await talk.app.conversations.idle();
    talk.person.seen();
    expect(await statusesOf(talk)).toEqual({ 'purchase-nps': 'break_off' });
    talk.clock.advance(24 * 6);
    const said = await talk.person.says('The service');
    expect(texts(said)).toEqual([expect.stringContaining("we've noted your answer")]);
    const { items } = await talk.app.store.listAnswers({ limit: 10 });
    expect(items.map(({ questionId, late }) => [questionId, late])).toEqual([
      ['recommend', false],
      ['praise', true],
    ]);
    expect(await talk.person.opens('billing')).toHaveLength(1);
  });

  test('[C9] after the grace period a reply is told that nothing is open', async () => {
    const talk = await talkAbout('purchase');
    await talk.person.says('9');
    for (const days of [7, 7.1]) {
      talk.clock.advance(24 * days);
      await talk.app.conversations.sweep();
    }
    talk.person.seen();
    await talk.person.says('The service');
    expect(await answersOf(talk)).toEqual({ recommend: 9 });
    expect((await contactOf(talk)).session).toBeUndefined();
  });
});

describe('language', () => {
  test('[C10] a switch at any point asks the waiting question in the other language, and answers are taken in both', async () => {
    const talk = await talkAbout('purchase', { language: 'he' });
    const [again] = await talk.person.says('English');
    expect(again).toMatchObject({ language: 'en', questionId: 'recommend' });
    await talk.person.says('תשע');
    expect(await answersOf(talk)).toEqual({ recommend: 9 });
    expect((await contactOf(talk)).language).toBe('en');
  });
});

describe('outside of a survey', () => {
  test('[C11] commands work, and anything else is told that nothing is open', async () => {
    const talk = await talkAbout('delivery');
    await talk.person.says('no');
    expect((await contactOf(talk)).session).toBeUndefined();
    expect(await talk.person.says('hello')).toHaveLength(1);
    expect(await talk.person.sends('image/png')).toHaveLength(1);
    expect((await talk.person.says('עברית'))[0]?.language).toBe('he');
    await talk.person.says('נציג');
    expect((await talk.app.store.listCases({ limit: 10 })).items).toHaveLength(1);
    expect(await statusesOf(talk)).toEqual({ 'delivery-csat': 'screened_out' });
  });
});
