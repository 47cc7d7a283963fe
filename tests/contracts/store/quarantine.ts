import { expect, test } from 'vitest';
import type { Subject } from '../store.ts';
import { clock, findWork, meet, messageFrom, moment, read, readAll, turnOf } from './sample.ts';

export function quarantine({ store }: Subject): void {
  /** A message that could not be handled in two attempts and was put aside. */
  async function putAside(person: string, text: string, at = moment()): Promise<number> {
    await store().receive(messageFrom(person, text, { at }));
    const { pending } = await read(store(), person);
    const seq = pending.at(-1)?.seq ?? 0;
    const failure = { contactId: person, seq, reason: `no sense in ${text}` };
    await store().recordInboundFailure({ ...failure, quarantine: false });
    await store().recordInboundFailure({ ...failure, quarantine: true });
    return seq;
  }

  const listed = async (limit?: number) => {
    const all = await readAll((query) => store().listQuarantined(query), limit);
    return all.map(({ contactId, content }) => [contactId, content.kind === 'text' ? content.text : '']);
  };

  test('messages that were put aside are listed with all that is known of them, and no others', async () => {
    await meet(store(), 'ada');
    const seq = await putAside('ada', 'nonsense', moment(5));
    await meet(store(), 'ben');
    expect(await store().listQuarantined({ limit: 10 })).toEqual({
      items: [
        {
          direction: 'in',
          seq,
          contactId: 'ada',
          addressId: 'address-of-ada',
          at: moment(5),
          key: 'web:demo:ada-nonsense',
          channel: 'web',
          providerMessageId: 'ada-nonsense',
          content: { kind: 'text', text: 'nonsense' },
          state: 'quarantined',
          attempts: 2,
          reason: 'no sense in nonsense',
        },
      ],
    });
  });

  test('they are listed the oldest first, page by page, also those of one moment', async () => {
    await putAside('ben', 'late', moment(9));
    await putAside('cleo', 'first of cleo', moment(1));
    await putAside('cleo', 'second of cleo', moment(1));
    await putAside('ada', 'of ada', moment(1));
    const expected = [
      ['ada', 'of ada'],
      ['cleo', 'first of cleo'],
      ['cleo', 'second of cleo'],
      ['ben', 'late'],
    ];
    for (const limit of [1, 2, 3, 4, 500]) expect(await listed(limit)).toEqual(expected);
    await expect(store().listQuarantined({ after: 'nowhere', limit: 1 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('one that is released waits again in its old place, with no attempt counted', async () => {
    const first = await putAside('ada', 'first');
    await store().receive(messageFrom('ada', 'second'));
    const third = await putAside('ada', 'third');
    clock.set(20);
    expect(await store().releaseQuarantined({ contactId: 'ada', seq: third })).toBe(true);
    expect(await store().releaseQuarantined({ contactId: 'ada', seq: first })).toBe(true);
    const { pending } = await read(store(), 'ada');
    expect(pending.map(({ content }) => content)).toMatchObject([
      { text: 'first' },
      { text: 'second' },
      { text: 'third' },
    ]);
    expect(pending.every(({ state, attempts, reason }) => state === 'pending' && !attempts && !reason)).toBe(
      true,
    );
    expect(await listed()).toEqual([]);
    expect((await findWork(store(), 20)).inbound).toEqual(['ada']);
  });

  test('one that is released can be handled, and is not put aside any more', async () => {
    const seq = await putAside('ada', 'nonsense');
    await store().releaseQuarantined({ contactId: 'ada', seq });
    await store().commitTurn(turnOf(await read(store(), 'ada')));
    expect(await store().readMessages({ contactId: 'ada', limit: 10 })).toMatchObject([
      { seq, state: 'handled', content: { text: 'nonsense' } },
    ]);
    expect((await findWork(store(), 20)).inbound).toEqual([]);
    expect(await store().receive(messageFrom('ada', 'nonsense'))).toMatchObject({ outcome: 'duplicate' });
  });

  test('one can fail again after it was released, and counts from one', async () => {
    const seq = await putAside('ada', 'nonsense');
    await store().releaseQuarantined({ contactId: 'ada', seq });
    await store().recordInboundFailure({ contactId: 'ada', seq, reason: 'still', quarantine: true });
    expect((await store().listQuarantined({ limit: 1 })).items).toMatchObject([
      { seq, attempts: 1, reason: 'still' },
    ]);
  });

  test('only what was put aside can be released', async () => {
    const { pending } = await meet(store(), 'ada');
    const seq = pending[0]?.seq ?? 0;
    expect(await store().releaseQuarantined({ contactId: 'ada', seq })).toBe(false);
    await store().commitTurn(turnOf(await read(store(), 'ada')));
    expect(await store().releaseQuarantined({ contactId: 'ada', seq })).toBe(false);
    expect(await store().releaseQuarantined({ contactId: 'nobody', seq })).toBe(false);
    expect((await read(store(), 'ada')).pending).toEqual([]);
  });

  test('of several who release one at once, one does', async () => {
    const seq = await putAside('ada', 'nonsense');
    const released = await Promise.all(
      Array.from({ length: 4 }, () => store().releaseQuarantined({ contactId: 'ada', seq })),
    );
    expect(released.filter(Boolean)).toHaveLength(1);
    expect((await read(store(), 'ada')).pending).toHaveLength(1);
  });

  test('releasing gets in the way of no turn that is being computed', async () => {
    const seq = await putAside('ada', 'nonsense');
    await store().receive(messageFrom('ada', 'sense'));
    const before = await read(store(), 'ada');
    await store().releaseQuarantined({ contactId: 'ada', seq });
    await store().commitTurn(turnOf(before));
    expect((await read(store(), 'ada')).pending).toMatchObject([{ seq }]);
  });

  test('whoever is erased leaves nothing put aside', async () => {
    await putAside('ada', 'nonsense');
    await putAside('ben', 'nonsense too');
    await store().eraseContact('ada', moment(9));
    expect(await listed()).toEqual([['ben', 'nonsense too']]);
  });
}
