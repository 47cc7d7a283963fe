import { z } from 'zod';
import { DeliveryError } from '../../errors.ts';
import { failureOf, secondsToWait } from '../../provider-failure.ts';
import { refusalOf } from './errors.ts';

/** What it takes to send in the name of a number. */
export interface CloudAccount {
  readonly phoneNumberId: string;
  readonly accessToken: string;
  /** Where the API is, with its version and without a slash at the end. */
  readonly apiBaseUrl: string;
}

/** How long an answer is waited for; the lease of a message lasts longer. */
const timeoutMilliseconds = 15_000;

const sentSchema = z.object({ messages: z.tuple([z.object({ id: z.string().min(1) })], z.unknown()) });
const refusedSchema = z.object({ error: z.object({ code: z.number().int() }) });

/** Sends a message. Resolves to WhatsApp's id for it; rejects with a {@link DeliveryError}. */
export async function postMessage(
  { phoneNumberId, accessToken, apiBaseUrl }: CloudAccount,
  message: Readonly<Record<string, unknown>>,
): Promise<string> {
  const response = await request(`${apiBaseUrl}/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', ...message }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
  if (!response.ok) {
    throw refusalOf({
      status: response.status,
      code: refusedSchema.safeParse(response.body).data?.error.code,
      retryAfterSeconds: response.retryAfterSeconds,
    });
  }
  const sent = sentSchema.safeParse(response.body);
  // It was taken, as far as one can tell; receipts say more.
  if (!sent.success) throw new DeliveryError('ambiguous', 'unreadable_answer');
  return sent.data.messages[0].id;
}

async function request(url: string, init: RequestInit) {
  try {
    const response = await fetch(url, init);
    const { ok, status, headers } = response;
    const retryAfterSeconds = secondsToWait(headers.get('retry-after'));
    return { ok, status, retryAfterSeconds, body: parseJson(await response.text()) };
  } catch (error) {
    throw failureOf(error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
