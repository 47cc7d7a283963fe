import { expect, test } from 'vitest';
import type { ChannelContract } from '../channel.ts';
import { because } from './answering.ts';
import { pass, sentBy } from './looking.ts';

export function optingOut({ subject, skips }: ChannelContract): void {
  const responses = async () => (await subject().app.store.listResponses({ limit: 10 })).items;

  test.each(['הסר', 'הסירו אותי', 'עצור', 'תפסיקו'])(
    '"%s" ends everything with one confirmation, and nothing follows',
    async (word) => {
      await subject().begin('purchase-nps');
      await subject().seen();
      await subject().write(word, { id: 'SM1' });
      await subject().app.conversations.idle();
      const seen = await subject().seen();
      expect(seen).toHaveLength(1);
      expect(seen[0]).toContain('הוסרתם מהרשימה');
      expect(await responses()).toMatchObject([{ status: 'opted_out' }]);

      await subject().write('9', { id: 'SM2' });
      await subject().write(word, { id: 'SM3' });
      await pass(subject(), 30 * 24 * 3600);
      expect(await subject().seen()).toEqual([]);
    },
  );

  test('a sentence in which such a word stands is no opt-out', async () => {
    await subject().begin('purchase-nps');
    await subject().write('3', { id: 'SM1' });
    await subject().write('הטכנאי לא הסר את החלק הישן מהמכונה', { id: 'SM2' });
    await subject().app.conversations.idle();
    expect((await responses())[0]?.status).not.toBe('opted_out');
  });

  test('who comes back by their own word is welcomed', async () => {
    await subject().write('הסר', { id: 'SM1' });
    await subject().app.conversations.idle();
    await subject().seen();
    await subject().write('התחל', { id: 'SM2' });
    await subject().app.conversations.idle();
    expect((await subject().seen()).join('\n')).toContain('שמחים שחזרתם');
  });

  test.skipIf(skips.provider !== undefined)(
    `a provider that says that somebody has opted out there is believed, and nobody is asked again${because(skips.provider)}`,
    async ({ skip }) => {
      const { provider } = subject();
      if (provider?.cannot?.includes('opted_out')) return skip('this provider never does that');
      await subject().begin('purchase-nps');
      provider?.refuseNext({ kind: 'opted_out' });
      await subject().write('9', { id: 'SM1' });
      await subject().app.conversations.idle();
      expect(await responses()).toMatchObject([{ status: 'opted_out' }]);
      const taken = provider?.taken;
      await subject().write('שלום?', { id: 'SM2' });
      await pass(subject(), 30 * 24 * 3600);
      expect(provider?.taken).toBe(taken);
      expect((await sentBy(subject())).at(-1)?.state).toBe('failed');
    },
  );

  test('a word by which the provider opts out itself is confirmed by the provider alone', async ({
    skip,
  }) => {
    const word = subject().provider?.ownStopWord;
    if (word === undefined) return skip('the provider keeps no words for itself');
    await subject().begin('purchase-nps');
    await subject().seen();
    const asked = subject().provider?.asked;
    await subject().write(word, { id: 'SM1' });
    await subject().app.conversations.idle();
    expect(subject().provider?.asked).toBe(asked);
    expect(await responses()).toMatchObject([{ status: 'opted_out' }]);
    await pass(subject(), 30 * 24 * 3600);
    expect(await subject().seen()).toEqual([]);
  });
}
