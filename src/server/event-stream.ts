import type { Response } from 'express';
import type { Contact, MessageRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

export interface StreamRequest {
  readonly store: Pick<Store, 'readMessages' | 'readContact'>;
  readonly contactId: string;
  readonly addressId: string;
  /** Zero for the whole history, or the last message that the page has. */
  readonly afterSeq: number;
  readonly listen: (listener: () => void) => () => void;
  readonly closing: AbortSignal;
  readonly log: { error(details: Readonly<Record<string, unknown>>, message: string): void };
}

const pageSize = 200;
const pingSeconds = 20;
/** How long the browser waits before it connects again. */
const reconnectMilliseconds = 1500;

/**
 * Streams a conversation as server-sent events: what the page has not seen yet, then everything new. Each message carries its number, by which
 * the browser resumes; the stream reads from the store, so nothing is lost or repeated across connections, servers and restarts.
 */
export function streamConversation(response: Response, request: StreamRequest): void {
  const { store, contactId, addressId, listen, closing, log } = request;
  let { afterSeq } = request;
  let live = false;
  let lastState = '';
  let pumping = false;
  let again = false;

  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // A buffering proxy would hold messages back.
    'X-Accel-Buffering': 'no',
  });
  response.write(`retry: ${reconnectMilliseconds}\n\n`);

  const stopListening = listen(() => void pump());
  const ping = setInterval(() => response.write(':\n\n'), pingSeconds * 1000);
  const end = () => response.end();
  closing.addEventListener('abort', end);
  response.on('close', () => {
    clearInterval(ping);
    stopListening();
    closing.removeEventListener('abort', end);
  });
  void pump();

  async function pump(): Promise<void> {
    again = true;
    if (pumping) return;
    pumping = true;
    try {
      while (again && !response.closed) {
        again = false;
        await writeNews();
      }
    } catch (error) {
      // The browser connects again and resumes where it stands.
      log.error({ contactId, error }, 'a conversation could not be streamed');
      response.end();
    } finally {
      pumping = false;
    }
  }

  async function writeNews(): Promise<void> {
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
      return;
    }
    if (lastState === '') writeState(state.contact);
    for (const message of messages) {
      response.write(messageEvent(message));
      afterSeq = message.seq;
    }
    writeState(state.contact);
    if (!fresh && messages.length === pageSize) again = true;
    else if (!live) {
      live = true;
      response.write('event: live\ndata: {}\n\n');
    }
  }

  function writeState(contact: Contact): void {
    const state = JSON.stringify(pageState(contact));
    if (state === lastState) return;
    lastState = state;
    response.write(`event: state\ndata: ${state}\n\n`);
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

function messageEvent(record: MessageRecord): string {
  const { seq, at } = record;
  if (record.direction === 'out') {
    if (record.state === 'suppressed') return '';
    return `event: message\nid: ${seq}\ndata: ${JSON.stringify({ seq, at, message: record.message })}\n\n`;
  }
  const { content } = record;
  const id = record.providerMessageId.slice(record.providerMessageId.indexOf('/') + 1);
  const said =
    content.kind === 'text'
      ? { text: content.text }
      : content.kind === 'choice'
        ? { choice: content.choice }
        : {};
  return `event: reply\nid: ${seq}\ndata: ${JSON.stringify({ seq, at, id, ...said })}\n\n`;
}
