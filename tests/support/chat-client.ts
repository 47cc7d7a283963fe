import { z } from 'zod';
import { outboundMessageSchema } from '../../src/channels/channel.ts';

/** What the stream of a conversation carries, checked as a page would rely on it. */
const streamedSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    data: z.object({ seq: z.number(), at: z.string(), message: outboundMessageSchema }),
  }),
  z.object({
    type: z.literal('reply'),
    data: z.object({
      seq: z.number(),
      at: z.string(),
      id: z.string(),
      text: z.string().optional(),
      choice: z.string().optional(),
    }),
  }),
  z.object({
    type: z.literal('state'),
    data: z.object({
      language: z.enum(['he', 'en']),
      mode: z.enum(['bot', 'human']),
      optedOut: z.boolean(),
      offered: z.boolean(),
      waiting: z.object({ sessionId: z.string(), questionId: z.string() }).optional(),
    }),
  }),
  z.object({ type: z.literal('live'), data: z.object({}) }),
]);

export type Streamed = z.infer<typeof streamedSchema>;

const openedSchema = z.object({ conversationId: z.string(), language: z.enum(['he', 'en']) });

/** Opens a conversation of the web chat as the page does; the cookie keeps the visitor the same. */
export async function openConversation(
  base: string,
  body: Record<string, unknown>,
  cookie?: string,
): Promise<{ conversationId: string; cookie: string }> {
  const response = await fetch(`${base}/channels/web/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie !== undefined && { cookie }) },
    body: JSON.stringify(body),
  });
  if (response.status !== 201)
    throw new Error(`The conversation was not opened: ${response.status} ${await response.text()}`);
  const [set = ''] = response.headers.getSetCookie();
  const { conversationId } = openedSchema.parse(await response.json());
  return { conversationId, cookie: cookie ?? set.split(';')[0] ?? '' };
}

export function postMessage(
  base: string,
  conversationId: string,
  body: { id: string; text: string } | { id: string; choice: string },
): Promise<Response> {
  return fetch(`${base}/channels/web/conversations/${conversationId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Reads a conversation's stream until `enough` says so, or the connection ends. */
export async function readStream(
  base: string,
  conversationId: string,
  options: { after?: number; enough: (event: Streamed) => boolean; signal?: AbortSignal },
): Promise<Streamed[]> {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([stop.signal, options.signal]) : stop.signal;
  const response = await fetch(
    `${base}/channels/web/conversations/${conversationId}/events?after=${options.after ?? 0}`,
    { signal },
  );
  if (!response.ok || !response.body) throw new Error(`The stream was refused: ${response.status}`);
  const events: Streamed[] = [];
  let buffer = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    buffer += chunk;
    for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
      const event = parseEvent(buffer.slice(0, end));
      buffer = buffer.slice(end + 2);
      if (!event) continue;
      events.push(event);
      if (options.enough(event)) {
        stop.abort();
        return events;
      }
    }
  }
  return events;
}

function parseEvent(block: string): Streamed | undefined {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const type = field('event');
  return type === undefined
    ? undefined
    : streamedSchema.parse({ type, data: JSON.parse(field('data') ?? '{}') });
}
