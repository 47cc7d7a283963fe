import { z } from 'zod';
import type { Receipt } from '../../channel.ts';
import { personOf } from '../person.ts';
import { optedOutCodes } from './errors.ts';
import type { Item } from './item.ts';

const statusSchema = z.object({
  id: z.string().min(1).max(200),
  status: z.string(),
  recipient_id: z.string().optional(),
  recipient_user_id: z.string().optional(),
  biz_opaque_callback_data: z.string().max(100).optional(),
  errors: z.array(z.object({ code: z.number().int() })).optional(),
});

const states: ReadonlyMap<string, Receipt['state']> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'read'],
  ['failed', 'failed'],
]);

/** Reads what became of one message. The number is named where it was sent to a number, the id always but for failures. */
export function readStatus(json: unknown): Item {
  const read = statusSchema.safeParse(json);
  if (!read.success) return { ignored: 'malformed' };
  const { id, status, recipient_id: number, recipient_user_id: userId, errors = [] } = read.data;
  const state = states.get(status);
  if (state === undefined) return { ignored: 'unknown_status' };
  const person = personOf(number, userId);
  if (!person) return { ignored: 'no_recipient' };
  const messageId = read.data.biz_opaque_callback_data;
  return {
    receipt: {
      address: person.address,
      providerMessageId: id,
      ...(messageId !== undefined && { messageId }),
      state,
      ...(state === 'failed' && {
        reason: String(errors[0]?.code ?? 'failed'),
        optedOut: errors.some(({ code }) => optedOutCodes.has(code)),
      }),
    },
  };
}
