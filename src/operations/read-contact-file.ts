import type { Library } from '../conversations/library.ts';
import type { ContactFile, SessionFile } from '../doctor/index.ts';
import { outcomeOf, replaySession } from '../projections/replay.ts';
import { itemsMax, pagesOf } from '../store/page.ts';
import type { MessageRecord } from '../store/records.ts';
import type { StoreReader } from '../store/store.ts';

/** Reads everything that is kept of a contact, and replays its sessions. Resolves to undefined when there is no such contact (any more). */
export async function readContactFile(
  store: StoreReader,
  library: Pick<Library, 'revision'>,
  contactId: string,
): Promise<ContactFile | undefined> {
  const messages = await readAllMessages(store, contactId);
  const sessions: SessionFile[] = [];
  for await (const sessionIds of pagesOf((query) => store.listSessions({ ...query, contactId }))) {
    for (const id of sessionIds) sessions.push(await readSessionFile(store, library, id));
  }
  const state = await store.readContact(contactId);
  if (!state) return undefined;
  const { contact, now } = state;
  const owners = new Map<string, string | undefined>();
  for (const { id } of contact.addresses) owners.set(id, await store.findContact(id));
  return { contact, now, messages, sessions, owners };
}

async function readSessionFile(
  store: StoreReader,
  library: Pick<Library, 'revision'>,
  sessionId: string,
): Promise<SessionFile> {
  const events = await store.readEvents(sessionId);
  const answers: SessionFile['answers'][number][] = [];
  for await (const page of pagesOf((query) => store.listAnswers({ ...query, sessionId })))
    answers.push(...page);
  const { items } = await store.listResponses({ sessionId, limit: 1 });
  const replay = await replaySession(events, library);
  return {
    id: sessionId,
    events,
    answers,
    response: items[0],
    replayed: replay && { session: replay.session, ...outcomeOf(replay.projections) },
  };
}

async function readAllMessages(store: StoreReader, contactId: string): Promise<MessageRecord[]> {
  const messages: MessageRecord[] = [];
  for (let more = true; more; ) {
    const afterSeq = messages.at(-1)?.seq ?? 0;
    const page = await store.readMessages({ contactId, afterSeq, limit: itemsMax });
    messages.push(...page);
    more = page.length === itemsMax;
  }
  return messages;
}
