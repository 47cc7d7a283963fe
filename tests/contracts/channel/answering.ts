import { expect, test } from 'vitest';
import type { ChannelContract } from '../channel.ts';
import { everyKind, longWinded } from './documents.ts';
import { answersOf, sentBy, shownText } from './looking.ts';

export function answering({ subject, skips }: ChannelContract): void {
  const publish = async (document: typeof everyKind) => {
    await subject().app.store.publishQuestionnaire(document, subject().app.now());
  };

  test('every kind of question can be asked and answered by typing', async () => {
    await publish(everyKind);
    await subject().begin('every-kind');
    const replies = [
      'אפשר',
      '8',
      '4',
      '6',
      '3',
      '2',
      '4',
      '1, 3',
      'כן',
      '3',
      'אתמול',
      'הכול בסדר',
      'dana@example.com',
      '050-1234567',
      'כן',
    ];
    for (const [index, reply] of replies.entries()) {
      expect(await subject().write(reply, { id: `SM${index + 1}` })).toBeLessThan(300);
      await subject().app.conversations.idle();
    }
    expect(await answersOf(subject())).toEqual({
      terms: true,
      recommend: 8,
      satisfied: 4,
      easy: 6,
      speed: 3,
      reason: 'quality',
      city: 'beer_sheva',
      used: ['whatsapp', 'branch'],
      again: true,
      visits: 3,
      day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      more: 'הכול בסדר',
      mail: 'dana@example.com',
      mobile: '+972501234567',
      last: true,
    });
    const { items } = await subject().app.store.listResponses({ limit: 10 });
    expect(items).toMatchObject([{ status: 'complete', channel: subject().channel.name }]);
  });

  test('the person sees what is asked, once', async () => {
    await subject().begin('purchase-nps');
    const seen = await subject().seen();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain('כמה סביר');
    expect(await subject().seen()).toEqual([]);
  });

  test('the answer has the context of its channel', async () => {
    await subject().begin('purchase-nps');
    await subject().write('9', { id: 'SM1' });
    await subject().app.conversations.idle();
    const { items } = await subject().app.store.listAnswers({ limit: 1 });
    expect(items).toMatchObject([
      {
        channel: subject().channel.name,
        inputMode: 'typed',
        rawText: '9',
        providerMessageId: expect.stringMatching(/SM0*1$/),
      },
    ]);
  });

  test.skipIf(skips.taps !== undefined)(
    `a tap answers, and one on an old button is answered kindly and counts as nothing${because(skips.taps)}`,
    async () => {
      await subject().begin('billing-clarity');
      await subject().seen();
      expect(await subject().tap?.('כן')).toBeLessThan(300);
      await subject().app.conversations.idle();
      expect(await answersOf(subject())).toEqual({ seen: true });
      await subject().seen();
      await subject().tap?.('לא');
      await subject().app.conversations.idle();
      expect((await subject().seen()).join('\n')).toContain('כבר עניתם על השאלה הזו');
      expect(await answersOf(subject())).toEqual({ seen: true });
    },
  );

  test.skipIf(skips.pictures !== undefined)(
    `a picture where words were wanted is answered kindly${because(skips.pictures)}`,
    async () => {
      await subject().begin('purchase-nps');
      await subject().seen();
      expect(await subject().sendPicture?.()).toBeLessThan(300);
      await subject().app.conversations.idle();
      expect((await subject().seen()).join('\n')).toContain('אנחנו יודעים לקרוא רק תשובות כתובות');
      expect(await answersOf(subject())).toEqual({});
    },
  );

  test('long Hebrew words arrive whole, in messages that the provider takes, and none is cut within a letter', async () => {
    await publish(longWinded);
    await subject().begin('long-winded');
    const seen = await subject().seen();
    const { opening = '' } = longWinded.texts.he ?? {};
    expect(shownText(seen)).toContain(opening.replace(/\s+/g, ''));
    for (const one of seen)
      expect(one.length).toBeLessThanOrEqual(subject().channel.capabilities.textUnitsMax);
    // A mark without its letter would begin a message.
    for (const one of seen) expect(one).not.toMatch(/^\p{M}/u);
    const states = (await sentBy(subject())).map(({ state }) => state);
    expect(states.filter((state) => state !== 'sent')).toEqual([]);
  });

  test('a language is switched at any question', async () => {
    await subject().begin('purchase-nps');
    await subject().seen();
    await subject().write('English');
    await subject().app.conversations.idle();
    expect((await subject().seen()).join('\n')).toContain('How likely');
    await subject().write('nine');
    expect(await answersOf(subject())).toEqual({ recommend: 9 });
  });
}

/** The reason of a skip, for the name of the test. */
export function because(reason: string | undefined): string {
  return reason === undefined ? '' : ` (not here: ${reason})`;
}
