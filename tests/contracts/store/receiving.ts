import { expect, test } from 'vitest';
import type { Subject } from '../store.ts';
import { addressOf, findWork, meet, messageFrom, moment, ownerOf, read, turnOf } from './sample.ts';

export function receiving({ store }: Subject): void {
  test('a first message makes a contact with its address', async () => {
    expect(await store().receive(messageFrom('ada', 'hello'))).toEqual({
      outcome: 'stored',
      contactId: 'ada',
    });
    expect(await store().findContact(addressOf('ada').id)).toBe('ada');
    expect((await read(store(), 'ada')).contact).toEqual({
      id: 'ada',
      version: 1,
      language: 'he',
      attributes: {},
      addresses: [addressOf('ada')],
      createdAt: moment(),
    });
  });

  test('a message waits until a turn has handled it, with all that is known of it', async () => {
    const { pending } = await meet(store(), 'ada');
    expect(pending).toEqual([
      {
        direction: 'in',
        seq: expect.any(Number),
        contactId: 'ada',
        addressId: addressOf('ada').id,
        at: moment(),
        key: 'web:demo:ada-hello',
        channel: 'web',
        providerMessageId: 'ada-hello',
        content: { kind: 'text', text: 'hello' },
        state: 'pending',
      },
    ]);
  });

  test('messages wait in the order in which they came, also those of one moment', async () => {
    const texts = ['one', 'two', 'three', 'four'];
    await Promise.all(texts.map((text) => store().receive(messageFrom('ada', text))));
    const { pending } = await read(store(), 'ada');
    expect(pending.map(({ content }) => content)).toEqual(texts.map((text) => ({ kind: 'text', text })));
    expect(pending.map(({ seq }) => seq)).toEqual(pending.map(({ seq }) => seq).toSorted((a, b) => a - b));
  });

  test('a second message with the same key is a duplicate and changes nothing', async () => {
    await meet(store(), 'ada');
    const again = messageFrom('ada', 'hello', { content: { kind: 'text', text: 'something else' } });
    const before = await read(store(), 'ada');
    expect(await store().receive(again)).toEqual({ outcome: 'duplicate', contactId: 'ada' });
    expect(await read(store(), 'ada')).toEqual(before);
  });

  test('a message that was handled is still a duplicate', async () => {
    await store().commitTurn(turnOf(await meet(store(), 'ada')));
    expect(await store().receive(messageFrom('ada', 'hello'))).toMatchObject({ outcome: 'duplicate' });
    expect((await read(store(), 'ada')).pending).toEqual([]);
  });

  test('of six posts of one key at once, one is stored', async () => {
    const posts = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        store().receive(messageFrom('ada', 'hello', { newContact: { id: `ada-${index}`, language: 'he' } })),
      ),
    );
    expect(posts.map(({ outcome }) => outcome).toSorted()).toEqual([
      ...Array.from({ length: 5 }, () => 'duplicate'),
      'stored',
    ]);
    const [contactId, ...others] = new Set(posts.map(ownerOf));
    expect(others).toEqual([]);
    expect((await read(store(), contactId ?? '')).pending).toHaveLength(1);
  });

  test('six first messages of one address at once make one contact', async () => {
    const posts = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        store().receive(
          messageFrom('ada', `hello ${index}`, { newContact: { id: `ada-${index}`, language: 'he' } }),
        ),
      ),
    );
    expect(new Set(posts.map(ownerOf)).size).toBe(1);
    expect((await read(store(), ownerOf(posts[0]))).pending).toHaveLength(6);
  });

  test('a key belongs to one message, whoever it comes from', async () => {
    await meet(store(), 'ada');
    const borrowed = messageFrom('ben', 'hello', { key: 'web:demo:ada-hello' });
    expect(await store().receive(borrowed)).toMatchObject({ outcome: 'duplicate' });
    expect(await store().readContact('ben')).toBeUndefined();
  });

  test('where no contact is to be made, an unknown address stores nothing', async () => {
    const { newContact: _, ...stranger } = messageFrom('ada', 'hello');
    expect(await store().receive(stranger)).toEqual({ outcome: 'unknown' });
    expect(await store().findContact(addressOf('ada').id)).toBeUndefined();
    expect(await store().receive(messageFrom('ada', 'hello'))).toMatchObject({ outcome: 'stored' });

    const { newContact: __, ...known } = messageFrom('ada', 'again');
    expect(await store().receive(known)).toEqual({ outcome: 'stored', contactId: 'ada' });
    expect(await store().receive(known)).toEqual({ outcome: 'duplicate', contactId: 'ada' });
    expect((await read(store(), 'ada')).pending).toHaveLength(2);
  });

  test('an address keeps what was first stored of it', async () => {
    await meet(store(), 'ada');
    await store().receive(
      messageFrom('ada', 'again', { address: { ...addressOf('ada'), sealed: 'sealed anew' } }),
    );
    expect((await read(store(), 'ada')).contact.addresses).toEqual([addressOf('ada')]);
  });

  test('receiving does not get in the way of a turn that is being computed', async () => {
    const before = await meet(store(), 'ada');
    await store().receive(messageFrom('ada', 'one more'));
    await store().commitTurn(turnOf(before));
    const { pending } = await read(store(), 'ada');
    expect(pending.map(({ content }) => content)).toEqual([{ kind: 'text', text: 'one more' }]);
  });

  test('a message that cannot be handled counts its attempts and can be put aside', async () => {
    const { pending } = await meet(store(), 'ada');
    const seq = pending[0]?.seq ?? 0;
    const failure = { contactId: 'ada', seq, reason: 'it broke', quarantine: false };
    await store().recordInboundFailure(failure);
    expect((await read(store(), 'ada')).pending).toMatchObject([{ attempts: 1, reason: 'it broke' }]);
    await store().recordInboundFailure({ ...failure, reason: 'it broke again', quarantine: true });
    expect((await read(store(), 'ada')).pending).toEqual([]);
    expect(await store().readMessages({ contactId: 'ada', limit: 10 })).toMatchObject([
      { seq, state: 'quarantined', attempts: 2, reason: 'it broke again' },
    ]);
    expect((await findWork(store(), 0)).inbound).toEqual([]);
  });

  test('an address is attached to the contact that is named, or to a new one', async () => {
    const newContact = { id: 'ben', language: 'en' as const, attributes: { tier: 'gold', visits: 3 } };
    expect(await store().attachAddress({ address: addressOf('ben'), newContact, at: moment() })).toEqual({
      contactId: 'ben',
      created: true,
    });
    expect((await read(store(), 'ben')).contact).toMatchObject({
      language: 'en',
      attributes: { tier: 'gold', visits: 3 },
      addresses: [addressOf('ben')],
    });

    const second = { ...addressOf('ben-by-link'), channel: 'sms', impersonal: true };
    const spare = { id: 'nobody', language: 'he' as const };
    expect(
      await store().attachAddress({ address: second, contactId: 'ben', newContact: spare, at: moment() }),
    ).toEqual({ contactId: 'ben', created: false });
    expect((await read(store(), 'ben')).contact.addresses).toEqual([addressOf('ben'), second]);
    expect(await store().readContact('nobody')).toBeUndefined();
  });

  test('an address that has a contact keeps it', async () => {
    await meet(store(), 'ada');
    await meet(store(), 'ben');
    const request = {
      address: addressOf('ada'),
      contactId: 'ben',
      newContact: { id: 'nobody', language: 'he' as const },
      at: moment(),
    };
    expect(await store().attachAddress(request)).toEqual({ contactId: 'ada', created: false });
  });

  test('an address cannot be attached to a contact that does not exist', async () => {
    const request = {
      address: addressOf('ada'),
      contactId: 'gone',
      newContact: { id: 'ada', language: 'he' as const },
      at: moment(),
    };
    await expect(store().attachAddress(request)).rejects.toMatchObject({ code: 'not_found' });
    expect(await store().findContact(addressOf('ada').id)).toBeUndefined();
  });

  test('a contact can be made without an address, once', async () => {
    const contact = { id: 'ada', language: 'en' as const, attributes: { tier: 'gold' }, at: moment() };
    expect(await store().createContact(contact)).toBe('ada');
    expect(await read(store(), 'ada')).toMatchObject({
      contact: { attributes: { tier: 'gold' }, addresses: [] },
      pending: [],
    });
    await expect(store().createContact(contact)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('who is not there is not found', async () => {
    expect(await store().readContact('nobody')).toBeUndefined();
    expect(await store().findContact('nowhere')).toBeUndefined();
    expect(await store().readMessages({ contactId: 'nobody', limit: 10 })).toEqual([]);
  });
}
