import type {
  Answer,
  InboundRecord,
  MessageRecord,
  OutboundRecord,
  Response,
  StoredEvent,
  Total,
} from '../../../src/store/records.ts';
import type { Page, Store } from '../../../src/store/store.ts';
import type { RunRecord } from '../record.ts';

/** What stands in the store at the end of a run. */
export interface Standing {
  readonly inbound: readonly InboundRecord[];
  readonly outbound: readonly OutboundRecord[];
  readonly sessions: ReadonlyMap<string, readonly StoredEvent[]>;
  readonly projections: Projections;
}

/** What is derived from the events of sessions. */
export interface Projections {
  readonly answers: readonly Answer[];
  readonly responses: readonly Response[];
  readonly totals: readonly Total[];
}

const pageSize = 500;

export async function readStanding(store: Store, { contactIds }: RunRecord): Promise<Standing> {
  const messages: MessageRecord[] = [];
  for (const contactId of contactIds) messages.push(...(await readMessages(store, contactId)));
  const sessions = new Map<string, readonly StoredEvent[]>();
  for (const id of await readAll((page) => store.listSessions(page)))
    sessions.set(id, await store.readEvents(id));
  return {
    inbound: messages.filter((message) => message.direction === 'in'),
    outbound: messages.filter((message) => message.direction === 'out'),
    sessions,
    projections: await readProjections(store),
  };
}

export async function readProjections(store: Store): Promise<Projections> {
  return {
    answers: await readAll((page) => store.listAnswers(page)),
    responses: await readAll((page) => store.listResponses(page)),
    totals: await store.readTotals({}),
  };
}

async function readMessages(store: Store, contactId: string): Promise<MessageRecord[]> {
  const messages: MessageRecord[] = [];
  for (let afterSeq = 0; ; afterSeq = messages.at(-1)?.seq ?? 0) {
    const some = await store.readMessages({ contactId, afterSeq, limit: pageSize });
    messages.push(...some);
    if (some.length < pageSize) return messages;
  }
}

async function readAll<Item>(
  read: (page: { after?: string; limit: number }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await read({ limit: pageSize, ...(after !== undefined && { after }) });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}
