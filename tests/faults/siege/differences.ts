import { webChannelName } from '../../../src/channels/web/channel.ts';
import type { AddressBook } from '../../../src/conversations/address-book.ts';
import { messageIdOf } from '../../../src/conversations/relay.ts';
import type { Answer, InboundRecord, OutboundRecord } from '../../../src/store/records.ts';
import type { Page, StoreReader } from '../../../src/store/store.ts';
import type { Chronicle, Said } from './chronicle.ts';

/** More than anybody says and hears in a test. */
const messagesMax = 1000;

/** Everything that stands in a store and that a chronicle can be held against. */
interface Standing {
  readonly inbound: readonly InboundRecord[];
  readonly outbound: readonly OutboundRecord[];
  readonly answers: readonly Answer[];
}

/** Compares what people and their provider know with what is stored; every difference is a sentence. */
export async function differences(
  reader: StoreReader,
  { chronicle, addressBook }: { readonly chronicle: Chronicle; readonly addressBook: AddressBook },
): Promise<string[]> {
  const standing = await readStanding(reader);
  return [
    ...chronicle.oddities,
    ...compareSaid(chronicle, standing, addressBook),
    ...compareSent(chronicle, standing),
    ...compareOrder(chronicle, standing, addressBook),
    ...findRepeatedQuestions(standing),
  ];
}

async function readStanding(reader: StoreReader): Promise<Standing> {
  const contactIds = await readAll((query) => reader.listContacts(query));
  const messages = (
    await Promise.all(contactIds.map((contactId) => reader.readMessages({ contactId, limit: messagesMax })))
  ).flat();
  return {
    inbound: messages.filter((one) => one.direction === 'in'),
    outbound: messages.filter((one) => one.direction === 'out'),
    answers: await readAll((query) => reader.listAnswers(query)),
  };
}

/** Every message that was acknowledged is there once, was handled, and gave the one answer to its question; and nobody else's is there. */
function compareSaid(
  { said }: Chronicle,
  { inbound, answers }: Standing,
  addressBook: AddressBook,
): string[] {
  const stored = Map.groupBy(inbound, ({ providerMessageId }) => providerMessageId);
  const given = Map.groupBy(answers, ({ providerMessageId }) => providerMessageId);
  const known = new Set(said.map((one) => storedIdOf(one, addressBook)));
  const strange = [...stored.keys()].filter((id) => !known.has(id));
  return [
    ...strange.map((id) => `${id}: nobody has said that`),
    ...said.flatMap((one) => {
      const id = storedIdOf(one, addressBook);
      const here = stored.get(id) ?? [];
      const acknowledged = one.acknowledgedAt !== undefined;
      if (here.length > 1 || (acknowledged && here.length === 0))
        return [`${one.id} of ${one.address} was stored ${here.length} times`];
      const unhandled = here.filter(({ state }) => state !== 'handled');
      const taken = (given.get(id) ?? []).filter(({ questionId }) => questionId === one.questionId);
      return [
        ...unhandled.map(({ state }) => `${one.id} of ${one.address} is ${state}`),
        ...(here.length === 1 && taken.length !== 1
          ? [`${one.id} of ${one.address} gave ${taken.length} answers to ${one.questionId}`]
          : []),
      ];
    }),
  ];
}

/** Every message was taken by its provider, and more than once only where the store says how often it was in doubt. */
function compareSent({ accepted }: Chronicle, { outbound }: Standing): string[] {
  const taken = Map.groupBy(accepted, ({ messageId }) => messageId);
  const known = new Set(outbound.map(messageIdOf));
  return [
    ...[...taken.keys()].filter((id) => !known.has(id)).map((id) => `${id} was sent and never committed`),
    ...outbound.flatMap((record) => {
      const id = messageIdOf(record);
      // It waited, or it was in doubt whether it had been sent, and by then it was answered.
      const isAnswered = record.state === 'failed' && record.reason === 'answered';
      if (record.state !== 'sent' && !isAnswered) return [`${id} is ${record.state}`];
      const times = taken.get(id)?.length ?? 0;
      const isCourier = record.attempts !== undefined;
      if (isCourier && times === 0 && !isAnswered) return [`${id} counts as sent, and no provider has it`];
      const { ambiguous = 0 } = record;
      return times > (isAnswered ? 0 : 1) + ambiguous
        ? [`${id} was sent ${times} times, ${ambiguous} of them in doubt`]
        : [];
    }),
  ];
}

/** What was said was stored, and what was committed was sent for the first time, in its order. */
function compareOrder(
  { said, accepted }: Chronicle,
  { inbound }: Standing,
  addressBook: AddressBook,
): string[] {
  const numbers = new Map(inbound.map(({ providerMessageId, seq }) => [providerMessageId, seq]));
  const spoken = Map.groupBy(said, ({ address }) => address);
  const heard = Map.groupBy(accepted, ({ address }) => address);
  return [
    ...[...spoken].flatMap(([address, all]) => {
      const stored = all.flatMap((one) => numbers.get(storedIdOf(one, addressBook)) ?? []);
      return isRising(stored) ? [] : [`${address} was heard in another order: ${stored.join(' ')}`];
    }),
    ...[...heard].flatMap(([address, all]) => {
      const sent = [...new Set(all.map(({ messageId }) => Number(messageId.split('.')[1])))];
      return isRising(sent) ? [] : [`${address} was told in another order: ${sent.join(' ')}`];
    }),
  ];
}

/** In one session no question is asked by two messages: everybody here answers so that it can be taken. */
function findRepeatedQuestions({ outbound }: Standing): string[] {
  const asked = Map.groupBy(
    outbound.filter(({ message }) => message.questionId !== undefined),
    ({ message }) => `${message.sessionId} ${message.questionId}`,
  );
  return [...asked].flatMap(([question, records]) =>
    records.length === 1 ? [] : [`${question} was asked by ${records.length} messages`],
  );
}

function isRising(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => number >= (numbers[index - 1] ?? 0));
}

/** The page's messages are known under the address to which they were written as well. */
function storedIdOf({ channel, account, address, id }: Said, addressBook: AddressBook): string {
  return channel === webChannelName ? `${addressBook.identify(channel, account, address)}/${id}` : id;
}

async function readAll<Item>(
  list: (query: { after?: string; limit: number }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page: Page<Item> = await list({ limit: 500, ...(after !== undefined && { after }) });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}
