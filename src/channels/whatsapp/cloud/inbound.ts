import { z } from 'zod';
import type { ArrivedMessage } from '../../channel.ts';
import { decodeChoice } from '../../choice.ts';
import { personOf } from '../person.ts';
import type { Item } from './item.ts';

const mediaSchema = z.object({ mime_type: z.string().optional(), caption: z.string().optional() });
const replySchema = z.object({ id: z.string().min(1).max(256), title: z.string().optional() });

const messageSchema = z.object({
  id: z.string().min(1).max(200),
  from: z.string().optional(),
  from_user_id: z.string().optional(),
  group_id: z.string().optional(),
  type: z.string(),
  text: z.object({ body: z.string() }).optional(),
  interactive: z
    .object({ button_reply: replySchema.optional(), list_reply: replySchema.optional() })
    .optional(),
  button: z.object({ text: z.string(), payload: z.string().max(256).optional() }).optional(),
  image: mediaSchema.optional(),
  video: mediaSchema.optional(),
  audio: mediaSchema.optional(),
  document: mediaSchema.optional(),
  sticker: mediaSchema.optional(),
  unsupported: z.object({ type: z.string() }).optional(),
});

type Message = z.infer<typeof messageSchema>;

/** What says nothing that could be meant as a reply: reactions, news about the person, changes of what was written before. */
const notices: ReadonlySet<string> = new Set([
  'reaction',
  'system',
  'request_welcome',
  'ephemeral',
  'edit',
  'revoke',
]);

/** Reads one message. `userIds` are those of the people in the same change, by their numbers. */
export function readMessage(json: unknown, userIds: ReadonlyMap<string, string>): Item {
  const read = messageSchema.safeParse(json);
  if (!read.success) return { ignored: 'malformed' };
  const { id, from, from_user_id: userId, group_id: groupId, type, unsupported } = read.data;
  if (groupId !== undefined) return { ignored: 'group' };
  const person = personOf(from, userId ?? (from === undefined ? undefined : userIds.get(from)));
  if (!person) return { ignored: 'no_sender' };
  if (notices.has(type) || notices.has(unsupported?.type ?? '')) return { ignored: 'no_reply' };
  return { message: { ...person, providerMessageId: id, content: contentOf(read.data) } };
}

function contentOf(message: Message): ArrivedMessage['content'] {
  const { type, text, interactive, button } = message;
  const tapped = interactive?.button_reply ?? interactive?.list_reply;
  if (tapped) return { kind: 'choice', choice: tapped.id };
  // The button of a template that somebody else sends carries its own words.
  if (button?.payload !== undefined && decodeChoice(button.payload))
    return { kind: 'choice', choice: button.payload };
  const media = message.image ?? message.video ?? message.audio ?? message.document ?? message.sticker;
  const words = text?.body ?? button?.text ?? media?.caption;
  if (words !== undefined && (words.trim() !== '' || !media))
    return { kind: 'text', text: words.slice(0, textUnitsMax).toWellFormed() };
  return { kind: 'media', mediaType: (media?.mime_type ?? type).slice(0, 100) };
}

/** Four times of what WhatsApp lets through. */
const textUnitsMax = 16_000;
