import { describe, expect, test } from 'vitest';
import type { ChannelContract, ProviderSubject, Refusal } from '../channel.ts';
import { pass, sentBy, shownText } from './looking.ts';

export function sending({ subject, skips }: ChannelContract): void {
  const reason = skips.provider;
  if (reason !== undefined) {
    test.skip(`nothing is sent through a provider: ${reason}`, () => undefined);
    return;
  }
  const provider = (): ProviderSubject => {
    const found = subject().provider;
    if (!found) throw new Error('A channel without a provider says why in its skips');
    return found;
  };
  const never = (kind: Refusal['kind']) => provider().cannot?.includes(kind) ?? false;
  const last = async () => (await sentBy(subject())).at(-1);

  test('what is taken has the provider’s id', async () => {
    await subject().begin('purchase-nps');
    expect(await last()).toMatchObject({ state: 'sent', providerMessageId: expect.any(String), attempts: 1 });
    expect([provider().taken, provider().asked]).toEqual([1, 1]);
  });

  test('a rate limit is kept: nothing goes out before its time, then everything once and in order', async ({
    skip,
  }) => {
    if (never('rate_limited')) return skip(neverHappens);
    provider().refuseNext({ kind: 'rate_limited', retryAfterSeconds: 30 });
    await subject().begin('purchase-nps');
    expect(await last()).toMatchObject({ state: 'queued' });
    await subject().write('עזרה', { id: 'SM1' });
    await subject().app.conversations.idle();
    await pass(subject(), 29);
    expect([provider().taken, provider().asked]).toEqual([0, 1]);
    await pass(subject(), 2);
    const sent = await sentBy(subject());
    expect(sent.length).toBeGreaterThanOrEqual(2);
    for (const { state, ambiguous } of sent) expect([state, ambiguous]).toEqual(['sent', undefined]);
    expect(provider().taken).toBe(sent.length);
    expect((await subject().seen())[0]).toContain('כמה סביר');
  });

  test('a number that nobody has is given up, and the next message goes on', async () => {
    provider().refuseNext({ kind: 'no_such_address' });
    await subject().begin('purchase-nps');
    expect(await last()).toMatchObject({ state: 'failed', reason: expect.any(String) });
    await pass(subject(), 24 * 3600 - 60);
    expect(provider().taken).toBe(0);
    await subject().write('9', { id: 'SM1' });
    await subject().app.conversations.idle();
    expect(provider().taken).toBe(1);
  });

  test('wrong credentials park the channel: nothing is lost and nobody is bothered again at once', async ({
    skip,
  }) => {
    if (never('bad_credentials')) return skip(neverHappens);
    provider().refuseNext({ kind: 'bad_credentials' });
    await subject().begin('purchase-nps');
    expect(await last()).toMatchObject({ state: 'queued' });
    await pass(subject(), 5);
    expect(provider().asked).toBe(1);
    expect(subject().logged().length).toBeGreaterThan(0);
  });

  describe.each([
    ['before the provider had the message', 'lost_before', 0],
    ['after the provider had it', 'lost_after', 1],
  ] as const)('a connection that is lost %s', (_, kind, before) => {
    test('is counted, and the person gets the message once where the provider can be asked', async () => {
      provider().refuseNext({ kind });
      await subject().begin('purchase-nps');
      expect(provider().taken).toBe(before);
      expect(await last()).toMatchObject({ state: 'queued', ambiguous: 1 });
      await pass(subject(), 600);
      expect(await last()).toMatchObject({ state: 'sent', ambiguous: 1 });
      expect(provider().taken).toBe(subject().channel.reconcile ? 1 : before + 1);
    });
  });

  test('what comes while somebody waits for the provider is sent after it, in order', async ({ skip }) => {
    if (never('rate_limited')) return skip(neverHappens);
    provider().refuseNext({ kind: 'rate_limited', retryAfterSeconds: 5 });
    await subject().begin('purchase-nps');
    for (const [index, text] of ['עזרה', 'English', 'help'].entries()) {
      await subject().write(text, { id: `SM${index + 1}` });
      await subject().app.conversations.idle();
    }
    await pass(subject(), 60);
    const sent = await sentBy(subject());
    expect(sent.length).toBeGreaterThanOrEqual(4);
    expect(new Set(sent.map(({ state }) => state))).toEqual(new Set(['sent']));
    const seen = shownText(await subject().seen());
    let place = 0;
    for (const { message } of sent) {
      const beginning = message.text.replace(/\s+/g, '').slice(0, 20);
      expect([beginning, seen.indexOf(beginning, place) >= place]).toEqual([beginning, true]);
      place = seen.indexOf(beginning, place) + beginning.length;
    }
  });
}

const neverHappens = 'this provider never does that';
