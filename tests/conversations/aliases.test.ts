import { afterEach, beforeEach, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Channel, Dispatch } from '../../src/channels/channel.ts';
import { createConsoleChannel } from '../../src/channels/console/channel.ts';
import { createTestApp, type TestClock, testClock } from '../support/test-app.ts';

let app: App;
let clock: TestClock;
let sent: Dispatch[];
let count = 0;

beforeEach(async () => {
  clock = testClock();
  sent = [];
  const channel: Channel = {
    ...createConsoleChannel(() => undefined),
    send(dispatch) {
      sent.push(dispatch);
      return Promise.resolve({});
    },
  };
  app = await createTestApp({ channels: [channel], now: clock.now });
});
afterEach(() => app.close());

async function write(address: string, aliases?: readonly string[]): Promise<void> {
  count += 1;
  const host = app.channels.find(({ channel }) => channel.name === 'console')?.host;
  await host?.receive({
    address,
    providerMessageId: `m${count}`,
    content: { kind: 'text', text: 'שלום' },
    ...(aliases && { aliases }),
  });
  await app.conversations.idle();
}

async function ownerOf(address: string): Promise<string | undefined> {
  return await app.store.findContact(app.addressBook.identify('console', 'terminal', address));
}

test('[M12] a person whom the provider names in two ways is one contact, whichever name comes first', async () => {
  await write('phone', ['id']);
  expect(await ownerOf('phone')).toBeDefined();
  expect(await ownerOf('id')).toBe(await ownerOf('phone'));
  await write('id');
  expect((await app.store.listContacts({ limit: 10 })).items).toHaveLength(1);
  expect(sent.map(({ address }) => address)).toEqual(['phone', 'id']);
});

test('[M12] a name that is new joins the contact who has the other', async () => {
  await write('id');
  const contact = await ownerOf('id');
  await write('phone', ['id']);
  expect(await ownerOf('phone')).toBe(contact);
});

test('[M12] names of two contacts stay with the two', async () => {
  await write('id');
  await write('phone');
  await write('phone', ['id']);
  expect(await ownerOf('id')).not.toBe(await ownerOf('phone'));
});

test('a channel can ask when the contact last wrote on it', async () => {
  await write('phone');
  const at = clock.now();
  clock.advance(2);
  expect(await sent[0]?.lastHeardAt()).toBe(at);
  await write('phone');
  expect(await sent[0]?.lastHeardAt()).toBe(clock.now());
});
