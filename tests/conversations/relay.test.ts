import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Channel, Dispatch } from '../../src/channels/channel.ts';
import { DeliveryError } from '../../src/channels/errors.ts';
import { createWebChannel } from '../../src/channels/web/channel.ts';
import { createAddressBook } from '../../src/conversations/address-book.ts';
import { createRelay, type Relay } from '../../src/conversations/relay.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import type { Store } from '../../src/store/store.ts';
import { clock, meet, moment, read, say, tell, turnOf } from '../contracts/store/sample.ts';

const daySeconds = 86_400;

let store: Store;
let uptime: number;
const sent: string[] = [];

beforeEach(async () => {
  clock.set(0);
  uptime = 0;
  sent.length = 0;
  store = await openSqliteStore({ directory: ':memory:', now: clock.now });
  await meet(store, 'ada');
});

afterEach(() => store.close());

/** A relay whose channel does as the test says; the process may have another time of day than the store. */
function relayWith(channel: Partial<Channel>, { now = clock.now } = {}): Relay {
  const sends = {
    send: ({ message }: Dispatch) => {
      sent.push(message.text);
      return Promise.resolve({});
    },
  };
  return createRelay({
    store,
    channels: new Map([['web', { ...createWebChannel(), ...sends, ...channel }]]),
    addressBook: createAddressBook('a key of the tests'),
    now,
    uptime: () => uptime,
    random: () => 0.5,
    log: { warn: () => undefined },
  });
}

async function states(): Promise<unknown[]> {
  const messages = await store.readMessages({ contactId: 'ada', limit: 10 });
  return messages.flatMap((one) =>
    one.direction === 'out' ? [[one.message.text, one.state, one.reason]] : [],
  );
}

test('a question that was answered while it waited is not sent; what was said beside it is', async () => {
  const state = await read(store, 'ada');
  const session = {
    id: 'session-1',
    questionnaireId: 'purchase-nps',
    revision: 1,
    touchpointId: 'purchase',
    addressId: state.contact.addresses[0]?.id ?? '',
    startedAt: moment(),
    askedAt: moment(),
  };
  const said = ['recommend', undefined, 'ordering'].map((questionId) => ({
    addressId: session.addressId,
    message: { ...say(questionId ?? 'thanks'), sessionId: session.id, ...(questionId && { questionId }) },
  }));
  await store.commitTurn(
    turnOf(state, {
      contact: { ...state.contact, session: { ...session, state: { at: 'ordering', answers: {} } } },
      outbound: said,
    }),
  );

  await relayWith({}).deliver('ada');
  expect(sent).toEqual(['thanks', 'ordering']);
  expect(await states()).toEqual([
    ['recommend', 'failed', 'answered'],
    ['thanks', 'sent', undefined],
    ['ordering', 'sent', undefined],
  ]);
});

test('a message is given up a day after its turn by the store’s clock, whatever the time of day of the process', async () => {
  const busy = () => Promise.reject(new DeliveryError('not_taken', 'busy'));
  await tell(store, 'ada', ['hi']);
  const ahead = relayWith({ send: busy }, { now: () => moment(30 * daySeconds) });
  await ahead.deliver('ada');
  expect(await states()).toEqual([['hi', 'queued', 'busy']]);

  clock.set(daySeconds);
  const behind = relayWith({ send: busy }, { now: () => moment(-30 * daySeconds) });
  await behind.deliver('ada');
  expect(await states()).toEqual([['hi', 'failed', 'busy']]);
});

test('that a message is refused for good is recorded before what follows it is sent', async () => {
  await tell(store, 'ada', ['one', 'two']);
  const seen: unknown[] = [];
  const relay = relayWith({
    async send({ message }) {
      seen.push(...(await states()));
      if (message.text === 'one') throw new DeliveryError('never', 'not_a_number');
      return {};
    },
  });
  await relay.deliver('ada');
  expect(seen).toEqual([
    ['one', 'claimed', undefined],
    ['two', 'claimed', undefined],
    ['one', 'failed', 'not_a_number'],
    ['two', 'claimed', undefined],
  ]);
  expect(await states()).toEqual([
    ['one', 'failed', 'not_a_number'],
    ['two', 'sent', undefined],
  ]);
});

test('nothing is sent any more when the provider took the lease’s time to say that it has not taken a message', async () => {
  await tell(store, 'ada', ['hi']);
  await store.claimOutbound({ contactId: 'ada', leaseSeconds: 60, limit: 10 });
  clock.set(60);
  await relayWith({
    reconcile() {
      uptime += 45;
      return Promise.resolve('not_taken');
    },
  }).deliver('ada');
  expect(sent).toEqual([]);
  expect(await states()).toEqual([['hi', 'queued', 'lease_ended']]);
});
