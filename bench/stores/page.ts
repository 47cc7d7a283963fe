import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { z } from 'zod';

/** A conversation's page as a browser has it open: it is told what was committed. */
export interface Page {
  /** Resolves when something has been said after the reply of that id; without one, when anything has. */
  answered(replyId?: string): Promise<void>;
  close(): void;
}

const replySchema = z.object({ id: z.string() });

export async function openPage(url: string, conversation: string): Promise<Page> {
  const asked = request(`${url}/channels/web/conversations/${conversation}/events`, { agent: false }).end();
  const [stream]: IncomingMessage[] = await once(asked, 'response');
  if (stream?.statusCode !== 200) throw new Error(`The events of a page answered ${stream?.statusCode}`);

  let lastReply = '';
  let answeredReply: string | undefined;
  let waiting: { readonly replyId: string; readonly told: PromiseWithResolvers<void> } | undefined;
  let rest = '';

  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const events = `${rest}${chunk}`.split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) read(event);
  });
  stream.on('error', () => undefined);
  stream.on('close', () => waiting?.told.reject(new Error('The server has closed a page')));

  function read(event: string): void {
    if (event.startsWith('event: reply\n')) {
      const data = event.slice(event.indexOf('data: ') + 'data: '.length);
      lastReply = replySchema.parse(JSON.parse(data)).id;
    } else if (event.startsWith('event: message\n')) {
      answeredReply = lastReply;
      if (waiting?.replyId === answeredReply) waiting.told.resolve();
    }
  }

  return {
    async answered(replyId = '') {
      if (answeredReply === replyId) return;
      if (stream.closed) throw new Error('The server has closed a page');
      waiting = { replyId, told: Promise.withResolvers() };
      await waiting.told.promise;
      waiting = undefined;
    },
    close() {
      waiting = undefined;
      stream.destroy();
    },
  };
}
