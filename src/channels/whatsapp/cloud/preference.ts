import { createHash } from 'node:crypto';
import { z } from 'zod';
import { personOf } from '../person.ts';
import type { Item } from './item.ts';

const preferenceSchema = z.object({
  wa_id: z.string().optional(),
  user_id: z.string().optional(),
  value: z.string(),
  timestamp: z.union([z.number().int(), z.string().max(40)]),
});

/**
 * Reads a choice that somebody has made in WhatsApp's own settings: no more marketing messages from this business. It counts as an opt-out from
 * everything, and WhatsApp has told them already. Who wants to come back writes to us.
 */
export function readPreference(json: unknown): Item {
  const read = preferenceSchema.safeParse(json);
  if (!read.success) return { ignored: 'malformed' };
  const { wa_id: number, user_id: userId, value, timestamp } = read.data;
  const person = personOf(number, userId);
  if (!person) return { ignored: 'no_sender' };
  if (value !== 'stop') return { ignored: 'no_reply' };
  const id = createHash('sha256').update(`${person.address} ${timestamp}`).digest('base64url');
  return {
    message: {
      ...person,
      providerMessageId: `preference.${id}`,
      content: { kind: 'text', text: value, byProvider: { taken: 'opt_out', answered: true } },
    },
  };
}
