import { describe, expect, test } from 'vitest';
import { createAddressBook } from '../../src/conversations/address-book.ts';

const secretKey = 'a secret key of at least thirty-two characters';
const ada = ['sms', 'main', '+972501234567'] as const;
const ben = ['sms', 'main', '+972507654321'] as const;

describe('the id of an address', () => {
  test('is the same whenever and however it is asked for, and another for another address', () => {
    const book = createAddressBook(secretKey);
    const ids = [ada, ben, ada, ada, ben].map(([channel, account, address]) =>
      book.identify(channel, account, address),
    );
    expect(ids).toEqual([ids[0], ids[1], ids[0], ids[0], ids[1]]);
    expect(ids[0]).not.toBe(ids[1]);
    expect(book.register(...ada).id).toBe(ids[0]);
    expect(createAddressBook(secretKey).identify(...ada)).toBe(ids[0]);
  });

  test('depends on the channel, the account and the secret key', () => {
    const book = createAddressBook(secretKey);
    const ids = [
      book.identify(...ada),
      book.identify('whatsapp', 'main', '+972501234567'),
      book.identify('sms', 'other', '+972501234567'),
      createAddressBook(`${secretKey}!`).identify(...ada),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a sealed address', () => {
  test('opens to the clear one, from the object as from a stored copy of it', () => {
    const book = createAddressBook(secretKey);
    const registered = book.register(...ada);
    const stored = JSON.parse(JSON.stringify(registered));
    expect(Object.keys(stored)).toEqual(['id', 'channel', 'account', 'sealed']);
    expect([registered, { ...registered }, stored].map((address) => book.open(address))).toEqual(
      Array.from({ length: 3 }, () => '+972501234567'),
    );
  });

  test('stays the same while it is stored, and differs from one registration to the next', () => {
    const book = createAddressBook(secretKey);
    const registered = book.register(...ada);
    expect(registered.sealed).toBe({ ...registered }.sealed);
    expect(book.register(...ada).sealed).not.toBe(registered.sealed);
  });

  test('does not open with another key', () => {
    const registered = createAddressBook(secretKey).register(...ada);
    expect(() => createAddressBook(`${secretKey}!`).open(registered)).toThrow();
  });
});
