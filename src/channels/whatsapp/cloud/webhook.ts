import { z } from 'zod';
import type { ArrivedMessage, Receipt } from '../../channel.ts';
import { readMessage } from './inbound.ts';
import type { Item } from './item.ts';
import { readPreference } from './preference.ts';
import { readStatus } from './status.ts';

/** What one post of Meta's says. */
export interface Reported {
  readonly messages: readonly ArrivedMessage[];
  readonly receipts: readonly Receipt[];
  /** Why something in it was passed over, a code for each. */
  readonly ignored: readonly string[];
}

// Nothing here is strict: Meta adds fields without notice. An object schema keeps only the fields that it names, whatever else they are called.
const postSchema = z.object({ object: z.literal('whatsapp_business_account'), entry: z.array(z.unknown()) });
const entrySchema = z.object({ changes: z.array(z.unknown()) });
const changeSchema = z.object({ field: z.string(), value: z.unknown() });
const valueSchema = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: z.array(z.unknown()).default([]),
  messages: z.array(z.unknown()).default([]),
  statuses: z.array(z.unknown()).default([]),
  user_preferences: z.array(z.unknown()).default([]),
});
const contactSchema = z.object({ wa_id: z.string().optional(), user_id: z.string().optional() });

/**
 * Reads a post. It can hold entries, changes, messages and statuses of many people at once; what is wrong with one of them keeps none of the
 * others back.
 */
export function readPost(json: unknown, phoneNumberId: string): Reported {
  const items = itemsOf(json, phoneNumberId);
  return {
    messages: items.flatMap((item) => ('message' in item ? [item.message] : [])),
    receipts: items.flatMap((item) => ('receipt' in item ? [item.receipt] : [])),
    ignored: items.flatMap((item) => ('ignored' in item ? [item.ignored] : [])),
  };
}

function itemsOf(json: unknown, phoneNumberId: string): Item[] {
  const post = postSchema.safeParse(json);
  if (!post.success) return [{ ignored: 'unknown_event' }];
  if (post.data.entry.length === 0) return [{ ignored: 'empty' }];
  return post.data.entry.flatMap((entry) => {
    const read = entrySchema.safeParse(entry);
    if (!read.success || read.data.changes.length === 0) return [{ ignored: 'malformed' }];
    return read.data.changes.flatMap((change) => itemsOfChange(change, phoneNumberId));
  });
}

function itemsOfChange(change: unknown, phoneNumberId: string): Item[] {
  const read = changeSchema.safeParse(change);
  if (!read.success) return [{ ignored: 'malformed' }];
  const { field } = read.data;
  if (field !== 'messages' && field !== 'user_preferences') return [{ ignored: 'unknown_event' }];
  const value = valueSchema.safeParse(read.data.value);
  if (!value.success) return [{ ignored: 'malformed' }];
  const { metadata, messages, statuses, user_preferences: preferences } = value.data;
  if (metadata.phone_number_id !== phoneNumberId) return [{ ignored: 'foreign_number' }];
  const userIds = userIdsOf(value.data.contacts);
  const items = [
    ...messages.map((message) => readMessage(message, userIds)),
    ...statuses.map(readStatus),
    ...preferences.map(readPreference),
  ];
  return items.length > 0 ? items : [{ ignored: 'unknown_event' }];
}

/** The ids of the people in a change, by their numbers. */
function userIdsOf(contacts: readonly unknown[]): ReadonlyMap<string, string> {
  const known = contacts.flatMap((contact) => {
    const { wa_id: number, user_id: userId } = contactSchema.safeParse(contact).data ?? {};
    return number !== undefined && userId !== undefined ? [[number, userId] as const] : [];
  });
  return new Map(known);
}
