import type { Response } from 'express';
import type { Log, LogDetails } from '../telemetry/log.ts';
import type { Observe } from '../telemetry/observation.ts';
import type { Wake } from './changes.ts';

export interface LiveEvent {
  readonly name: string;
  /** The browser hands the id of the last event back when it connects again. */
  readonly id?: number;
  readonly data: unknown;
}

export type Write = (event: LiveEvent) => void;

export interface LiveEventsRequest {
  /** Calls `wake` whenever there may be news, until the returned function is called. */
  readonly listen: (wake: Wake) => () => void;
  /** Writes what is new and resolves to whether there is more to write at once. Runs once at the start, and never twice at a time. */
  readonly writeNews: (write: Write) => Promise<boolean>;
  readonly closing: AbortSignal;
  readonly observe: Observe;
  /** Ids for the log. */
  readonly about: LogDetails;
  readonly log: Pick<Log, 'error'>;
}

const pingSeconds = 20;
/** How long the browser waits before it connects again. */
const reconnectMilliseconds = 1500;

/** Streams server-sent events for as long as the browser stays and the server runs. */
export function streamEvents(response: Response, request: LiveEventsRequest): void {
  const { listen, writeNews, closing, observe, about, log } = request;
  let pumping = false;
  let again = false;

  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // A buffering proxy would hold messages back.
    'X-Accel-Buffering': 'no',
  });
  response.write(`retry: ${reconnectMilliseconds}\n\n`);

  observe({ kind: 'page_opened' });
  const stopListening = listen(pump);
  const ping = setInterval(() => response.write(':\n\n'), pingSeconds * 1000);
  const end = () => response.end();
  closing.addEventListener('abort', end);
  response.on('close', () => {
    observe({ kind: 'page_closed' });
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
        // The events of one reading travel together.
        let news = '';
        const more = await writeNews((event) => {
          news += textOf(event);
        });
        if (news !== '') response.write(news);
        again ||= more;
      }
    } catch (error) {
      // The browser connects again and resumes where it stands.
      log.error({ ...about, error }, 'a stream of events was interrupted');
      response.end();
    } finally {
      pumping = false;
    }
  }
}

function textOf({ name, id, data }: LiveEvent): string {
  const numbered = id === undefined ? '' : `id: ${id}\n`;
  return `event: ${name}\n${numbered}data: ${JSON.stringify(data)}\n\n`;
}

/** The number of the last event that the browser has: from its own header when it connects again, or from the address. */
export function lastEventId(request: { get(name: string): string | undefined; query: unknown }): number {
  const { query } = request;
  const asked = typeof query === 'object' && query !== null && 'after' in query ? query.after : undefined;
  const after = Number(request.get('last-event-id') ?? asked ?? 0);
  return Number.isSafeInteger(after) && after > 0 ? after : 0;
}
