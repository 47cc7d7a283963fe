import { z } from 'zod';
import type { ArrivedMessage } from '../../channel.ts';

/** A message as the library hands it over, as far as we look at it. */
const messageSchema = z.object({
  id: z.object({ _serialized: z.string().min(1).max(200) }),
  from: z.string(),
  to: z.string().optional(),
  fromMe: z.boolean(),
  isStatus: z.boolean().optional(),
  type: z.string(),
  body: z.string().default(''),
  hasMedia: z.boolean().default(false),
  /** Seconds since 1970. */
  timestamp: z.number(),
});

export type WebMessage = z.infer<typeof messageSchema>;

/** Undefined where it is no message that we could do anything with. */
export function readMessage(given: unknown): WebMessage | undefined {
  return messageSchema.safeParse(given).data;
}

/** What people send that is words, and what is something else. Everything that is not here says nothing that could be meant as a reply. */
const words: ReadonlySet<string> = new Set([
  'chat',
  'list_response',
  'buttons_response',
  'template_button_reply',
]);
const media: ReadonlySet<string> = new Set([
  'image',
  'video',
  'audio',
  'ptt',
  'ptv',
  'document',
  'sticker',
  'album',
  'location',
  'vcard',
  'multi_vcard',
  'poll_creation',
  'scheduled_event_creation',
  'order',
  'product',
  'payment',
]);

/** What the message says, of which somebody writes the address; undefined where it says nothing. */
export function contentOf({ type, body, hasMedia }: WebMessage): ArrivedMessage['content'] | undefined {
  const isMedia = hasMedia || media.has(type);
  if (!isMedia && !words.has(type)) return undefined;
  // Contact cards and polls have a body that nobody has typed.
  if (isMedia && (body.trim() === '' || !hasMedia)) return { kind: 'media', mediaType: type.slice(0, 100) };
  return { kind: 'text', text: body.slice(0, textUnitsMax).toWellFormed() };
}

const textUnitsMax = 16_000;
