import type { Response } from 'express';
import type { Contact, MessageRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Changes } from './changes.ts';
import { type LiveEvent, type LiveEventsRequest, streamEvents, type Write } from './live-events.ts';

export interface StreamRequest extends Pick<LiveEventsRequest, 'closing' | 'observe' | 'log'> {
  readonly changes: Changes;
  readonly store: Pick<Store, 'readMessages' | 'readContact'>;
  readonly contactId: string;
  readonly addressId: string;
  /** Zero for the whole history, or the last message that the page has. */
  readonly afterSeq: number;
}

const pageSize = 200;

/**
 * Streams a conversation as server-sent events: what the page has not seen yet, then everything new. Each message carries its number, by which
 * the browser resumes; the stream reads from the store, so nothing is lost or repeated across connections, servers and restarts.
 */
export function streamConversation(response: Response, request: StreamRequest): void {
  const { store, changes, contactId, addressId, closing, observe, log } = request;
  let { afterSeq } = request;
  let live = false;
  let lastState = '';

  streamEvents(response, {
    listen: (wake) => changes.listenToContact(contactId, wake),
    closing,
    observe,
    log,
    about: { contactId },
    writeNews,
  });

  async function writeNews(write: Write): Promise<boolean> {
    const fresh = afterSeq === 0;
    const messages = await store.readMessages({
      contactId,
      addressId,
      afterSeq,
      latest: fresh,
      limit: pageSize,
    });
    const state = await store.readContact(contactId);
    if (!state) {
      response.end();
      return false;
    }
    if (lastState === '') writeState(state.contact);
    for (const message of messages) {
      const event = messageEvent(message);
      if (event) write(event);
      afterSeq = message.seq;
    }
    writeState(state.contact);
    if (!fresh && messages.length === pageSize) return true;
    if (!live) {
      live = true;
      write({ name: 'live', data: {} });
    }
    return false;

    function writeState(contact: Contact): void {
      const page = pageState(contact);
      const text = JSON.stringify(page);
      if (text === lastState) return;
      lastState = text;
      write({ name: 'state', data: page });
    }
  }
}

/** What the page has to know besides the messages. */
function pageState({ language, caseId, optedOutAt, offered, session }: Contact) {
  const questionId = session?.expired ? undefined : session?.state.at;
  return {
    language,
    mode: caseId === undefined ? 'bot' : 'human',
    optedOut: optedOutAt !== undefined,
    offered: offered !== undefined,
    ...(session && questionId !== undefined && { waiting: { sessionId: session.id, questionId } }),
  };
}

function messageEvent(record: MessageRecord): LiveEvent | undefined {
  const { seq, at } = record;
  if (record.direction === 'out') {
    if (record.state === 'suppressed') return undefined;
    return { name: 'message', id: seq, data: { seq, at, message: record.message } };
  }
  const { content } = record;
  const id = record.providerMessageId.slice(record.providerMessageId.indexOf('/') + 1);
  const said =
    content.kind === 'text'
      ? { text: content.text }
      : content.kind === 'choice'
        ? { choice: content.choice }
        : {};
  return { name: 'reply', id: seq, data: { seq, at, id, ...said } };
}
