import type { OutboundMessage } from '../../../src/channels/channel.ts';
import type { Address, Answer, Case, Response, StoredEvent } from '../../../src/store/records.ts';
import type {
  ClaimedMessage,
  ContactState,
  DeliveryResult,
  NewInbound,
  Projection,
  Received,
  Store,
  Turn,
} from '../../../src/store/store.ts';

/** A moment of the day on which all samples happen. */
export function moment(seconds = 0): string {
  return new Date(Date.UTC(2026, 10, 22, 10, 0, 0) + seconds * 1000).toISOString();
}

let clockSeconds = 0;

/** The clock of the stores under test: it stands until somebody moves it. */
export const clock = {
  now: () => moment(clockSeconds),
  set(seconds: number) {
    clockSeconds = seconds;
  },
};

export function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('Expected a value');
  return value;
}

export function addressOf(person: string): Address {
  return { id: `address-of-${person}`, channel: 'web', account: 'demo', sealed: `sealed ${person}` };
}

/** A message of a person; its text is also its id, so that the same words are the same message. */
export function messageFrom(person: string, text: string, changes: Partial<NewInbound> = {}): NewInbound {
  return {
    key: `web:demo:${person}-${text}`,
    address: addressOf(person),
    providerMessageId: `${person}-${text}`,
    content: { kind: 'text', text },
    at: moment(),
    newContact: { id: person, language: 'he' },
    ...changes,
  };
}

/** What can be taken up at a second. */
export function findWork(
  store: Store,
  seconds: number,
  query: Partial<Parameters<Store['findWork']>[0]> = {},
): ReturnType<Store['findWork']> {
  clock.set(seconds);
  return store.findWork({ limit: 10, ...query });
}

export async function read(store: Store, contactId: string): Promise<ContactState> {
  return present(await store.readContact(contactId));
}

/** Whose message was received. */
export function ownerOf(received: Received | undefined): string {
  return received && 'contactId' in received ? (received.contactId ?? '') : '';
}

/** A person who has written once, and nobody has handled it yet. */
export async function meet(store: Store, person: string, text = 'hello'): Promise<ContactState> {
  await store.receive(messageFrom(person, text));
  return read(store, person);
}

export const noProjection: Projection = { answers: [], retracted: [], responses: [], cases: [] };

/** A turn that handles what is pending and changes nothing else. */
export function turnOf({ contact, pending }: Omit<ContactState, 'now'>, changes: Partial<Turn> = {}): Turn {
  return {
    contact,
    handled: pending.map(({ seq }) => seq),
    events: [],
    outbound: [],
    at: moment(),
    projection: noProjection,
    ...changes,
  };
}

export function say(text: string): OutboundMessage {
  return { text, language: 'he', from: 'bot', layout: 'statement' };
}

/** Has the bot say something to a person, and nothing else happen. */
export async function tell(
  store: Store,
  person: string,
  texts: readonly string[],
  changes: Partial<Turn> = {},
): Promise<readonly ClaimedMessage[]> {
  const outbound = texts.map((text) => ({ addressId: addressOf(person).id, message: say(text) }));
  return store.commitTurn(turnOf(await read(store, person), { outbound, ...changes }));
}

export function claim(
  store: Store,
  seconds: number,
  request: { contactId?: string; limit?: number; leaseSeconds?: number } = {},
): Promise<readonly ClaimedMessage[]> {
  clock.set(seconds);
  return store.claimOutbound({ leaseSeconds: 60, limit: 10, ...request });
}

export function saidBy(claimed: readonly ClaimedMessage[]): string[] {
  return claimed.map(({ record }) => record.message.text);
}

/** The result of a claim, by default that the message was sent. */
export function resultOf(
  { record, claim }: ClaimedMessage,
  result: DeliveryResult['result'] = { state: 'sent' },
  seconds = 0,
): DeliveryResult {
  return { contactId: record.contactId, seq: record.seq, claim, at: moment(seconds), result };
}

export function started(person: string, sessionId: string, seconds = 0): StoredEvent {
  return {
    sessionId,
    contactId: person,
    addressId: addressOf(person).id,
    event: { type: 'started', at: moment(seconds), context: { channel: 'web', language: 'he' } },
    opened: { questionnaireId: 'purchase-nps', revision: 1, touchpointId: 'purchase' },
  };
}

export function answerOf(person: string, sessionId: string, changes: Partial<Answer> = {}): Answer {
  return {
    contactId: person,
    sessionId,
    questionnaireId: 'purchase-nps',
    revision: 1,
    questionId: 'recommend',
    touchpointId: 'purchase',
    kind: 'nps',
    value: 9,
    rawText: '9',
    inputMode: 'tap',
    language: 'he',
    channel: 'web',
    addressId: addressOf(person).id,
    askedAt: moment(),
    answeredAt: moment(),
    late: false,
    ...changes,
  };
}

export function responseOf(person: string, sessionId: string, changes: Partial<Response> = {}): Response {
  return {
    sessionId,
    contactId: person,
    questionnaireId: 'purchase-nps',
    revision: 1,
    touchpointId: 'purchase',
    channel: 'web',
    language: 'he',
    status: 'in_progress',
    startedAt: moment(),
    updatedAt: moment(),
    ...changes,
  };
}

export function caseOf(person: string, id: string, changes: Partial<Case> = {}): Case {
  return {
    id,
    contactId: person,
    language: 'he',
    channel: 'web',
    addressId: addressOf(person).id,
    status: 'open',
    openedAt: moment(),
    updatedAt: moment(),
    ...changes,
  };
}

/** Projects something for a contact, by a turn that does nothing else. */
export async function project(
  store: Store,
  person: string,
  projection: Partial<Projection>,
  changes: Partial<Turn> = {},
): Promise<void> {
  const state = await read(store, person);
  await store.commitTurn(turnOf(state, { projection: { ...noProjection, ...projection }, ...changes }));
}

const pagesMax = 1000;

/** Every item of a listing, page by page; a listing without end is a failure. */
export async function readAll<Item>(
  list: (query: { limit: number; after?: string }) => Promise<{ items: readonly Item[]; next?: string }>,
  limit = 500,
): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const page = await list({ limit, ...(after !== undefined && { after }) });
    items.push(...page.items);
    if (page.next === undefined) return items;
    after = page.next;
  }
  throw new Error(`The listing goes on after ${pagesMax} pages`);
}
