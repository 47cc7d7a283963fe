import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { outboundMessageSchema } from '../../../src/channels/channel.ts';
import type { Accepted, Chronicle } from './chronicle.ts';

/** A provider that takes messages over HTTP and brings them to phones. It lives in the test and survives every server. */
export interface Provider {
  readonly url: string;
  /** What arrives at an address from now on, each message once however often it was sent. */
  phoneOf(address: string): Phone;
  close(): Promise<void>;
}

export interface Phone {
  /** The next message; rejects when nobody waits for it any more. */
  next(leaving: AbortSignal): Promise<Accepted>;
  readonly isEmpty: boolean;
}

/** Whoever has an address that begins so is served by a part of the provider that cannot be asked what it took. */
export const forgetful = 'forgetful-';

/** How the provider takes a message: answered at once, late, not at all, or with the request to come again. */
type Manner = 'prompt' | 'slow' | 'silent' | 'busy';

/** Every so many requests the provider is not prompt; coprime, so that they meet in all ways. */
const manners = [
  ['slow', 5],
  ['silent', 7],
  ['busy', 11],
] as const;
const slowMilliseconds = 120;

const dispatchedSchema = z.strictObject({
  messageId: z.string(),
  address: z.string(),
  message: outboundMessageSchema,
});

export async function startProvider(
  chronicle: Chronicle,
  { isPrompt = false }: { readonly isPrompt?: boolean } = {},
): Promise<Provider> {
  const phones = new Map<string, RingingPhone>();
  let requests = 0;

  const server = createServer((request, response) => {
    // A server that was killed in the middle of its request.
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address !== 'object') throw new Error('The provider has no port');

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, , messageId] = request.url?.split('/') ?? [];
    if (request.method === 'GET') return reply(response, 200, { state: recall(messageId) });
    const dispatched = dispatchedSchema.parse(await json(request));
    const manner = mannerOf();
    if (manner === 'busy') return reply(response, 503, {});
    const { providerMessageId } = accept(dispatched);
    if (manner === 'silent') response.destroy();
    else if (manner === 'slow')
      setTimeout(() => reply(response, 200, { providerMessageId }), slowMilliseconds);
    else reply(response, 200, { providerMessageId });
  }

  function mannerOf(): Manner {
    requests += 1;
    const [manner] = (!isPrompt && manners.find(([, every]) => requests % every === 0)) || [];
    return manner ?? 'prompt';
  }

  function recall(messageId: string | undefined): 'accepted' | 'not_taken' | 'unknown' {
    const taken = chronicle.accepted.find((one) => one.messageId === messageId);
    if (taken?.address.startsWith(forgetful)) return 'unknown';
    return taken ? 'accepted' : 'not_taken';
  }

  function accept(dispatched: z.infer<typeof dispatchedSchema>): Accepted {
    const order = chronicle.nextOrder();
    const accepted = { ...dispatched, order, providerMessageId: `p${order}` };
    const repeated = chronicle.accepted.some(({ messageId }) => messageId === accepted.messageId);
    chronicle.accepted.push(accepted);
    if (!repeated) phones.get(accepted.address)?.ring(accepted);
    return accepted;
  }

  return {
    url: `http://127.0.0.1:${address.port}`,
    phoneOf(owner) {
      const phone = createPhone();
      phones.set(owner, phone);
      return phone;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

interface RingingPhone extends Phone {
  ring(accepted: Accepted): void;
}

function createPhone(): RingingPhone {
  const arrived: Accepted[] = [];
  let listening = Promise.withResolvers<void>();
  return {
    ring(accepted) {
      arrived.push(accepted);
      listening.resolve();
    },
    get isEmpty() {
      return arrived.length === 0;
    },
    async next(leaving) {
      for (;;) {
        const [first] = arrived.splice(0, 1);
        if (first) return first;
        listening = Promise.withResolvers();
        const { promise, reject } = listening;
        const leave = () => reject(leaving.reason);
        leaving.addEventListener('abort', leave, { once: true });
        if (leaving.aborted) leave();
        await promise.finally(() => leaving.removeEventListener('abort', leave));
      }
    },
  };
}
