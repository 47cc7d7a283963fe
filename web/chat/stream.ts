import { type Pauses, secondsBefore } from './pauses.ts';
import { streamAddress } from './requests.ts';
import type { ReplyEvent, MessageEvent as ShownEvent, StateEvent } from './wire.ts';

export interface StreamListener {
  message(event: ShownEvent): void;
  reply(event: ReplyEvent): void;
  state(event: StateEvent): void;
  /** The history is complete; what follows is new. */
  live(): void;
  /** The stream is open, or was lost and is being opened again. */
  connection(isUp: boolean): void;
  /** The server answered that there is no such stream, or none now. */
  refused(): void;
}

export interface Stream {
  /** Opens the stream afresh where it stands: it may have died without a word. */
  renew(): void;
  close(): void;
}

/**
 * Reads the conversation's events, each once and in order, whatever happens to the connection. The browser's own reconnecting is not used:
 * it gives up at the first answer other than 200, and it waits when there is nothing to wait for.
 */
export function openStream(conversationId: string, pauses: Pauses, listener: StreamListener): Stream {
  let source: EventSource | undefined;
  let lastSeq = 0;
  let attempt = 0;
  let isClosed = false;

  function connect(): void {
    source?.close();
    if (isClosed) return;
    const current = new EventSource(streamAddress(conversationId, lastSeq));
    source = current;

    current.addEventListener('state', (event) => {
      attempt = 0;
      listener.connection(true);
      listener.state(JSON.parse(event.data));
    });
    current.addEventListener('live', () => listener.live());
    current.addEventListener('message', (event) => {
      const shown: ShownEvent = JSON.parse(event.data);
      if (isNew(shown)) listener.message(shown);
    });
    current.addEventListener('reply', (event) => {
      const reply: ReplyEvent = JSON.parse(event.data);
      if (isNew(reply)) listener.reply(reply);
    });
    current.addEventListener('error', () => {
      if (source !== current) return;
      const wasRefused = current.readyState === EventSource.CLOSED;
      current.close();
      listener.connection(false);
      void again(current, wasRefused);
    });
  }

  async function again(failed: EventSource, wasRefused: boolean): Promise<void> {
    await pauses.pause(secondsBefore(attempt));
    attempt += 1;
    if (isClosed || source !== failed) return;
    if (wasRefused) listener.refused();
    else connect();
  }

  function isNew({ seq }: { seq: number }): boolean {
    if (seq <= lastSeq) return false;
    lastSeq = seq;
    return true;
  }

  connect();

  return {
    renew: connect,
    close() {
      isClosed = true;
      source?.close();
    },
  };
}
