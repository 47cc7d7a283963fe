import type { ChannelAnswer, ChannelHost, ChannelRequest, ChannelRoute } from '../../channel.ts';
import { hasSigned, isSameText } from './signature.ts';
import { type Reported, readPost } from './webhook.ts';

export interface CloudWebhook {
  readonly phoneNumberId: string;
  readonly appSecret: string;
  readonly verifyToken: string;
}

const path = '/channels/whatsapp';
/** Meta posts up to 3 MB at once (https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview). */
const bodyBytesMax = 3 * 1024 * 1024;

/** Where Meta asks whether the address is ours, and then posts messages and what became of ours. */
export function cloudRoutes(webhook: CloudWebhook): ChannelRoute[] {
  return [
    {
      method: 'GET',
      path,
      bodyBytesMax: 0,
      contentTypes: [],
      handle: ({ query }) => Promise.resolve(answerHandshake(query, webhook)),
    },
    {
      method: 'POST',
      path,
      bodyBytesMax,
      contentTypes: ['application/json'],
      handle: (request, host) => receivePost(request, host, webhook),
    },
  ];
}

/** Whoever knows the token gets the challenge back. */
function answerHandshake(query: URLSearchParams, { verifyToken }: CloudWebhook): ChannelAnswer {
  const [mode, token, challenge] = ['hub.mode', 'hub.verify_token', 'hub.challenge'].map((name) => {
    const [value, ...others] = query.getAll(name);
    return others.length === 0 ? value : undefined;
  });
  if (mode !== 'subscribe' || token === undefined || !isSameText(token, verifyToken))
    return { status: 403, reason: 'token_wrong' };
  if (challenge === undefined || challenge.length > challengeUnitsMax)
    return { status: 400, reason: 'malformed' };
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };
  return { status: 200, headers, body: challenge };
}

const challengeUnitsMax = 1000;

async function receivePost(
  { headers, body }: ChannelRequest,
  host: ChannelHost,
  { appSecret, phoneNumberId }: CloudWebhook,
): Promise<ChannelAnswer> {
  const signature = headers['x-hub-signature-256'];
  if (signature === undefined) return { status: 401, reason: 'signature_missing' };
  if (!hasSigned(body, signature, appSecret)) return { status: 401, reason: 'signature_wrong' };
  const json = parseJson(body);
  if (json === undefined) return { status: 400, reason: 'malformed' };
  const reported = readPost(json, phoneNumberId);
  await takeIn(reported, host);
  // Whatever it is, it was posted rightly: anything but a success would be posted again for days.
  const [reason] = reported.ignored;
  return { status: 200, ...(reason !== undefined && { reason }) };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/**
 * Makes everything durable. What one person wrote is stored in its order, different people side by side. Rejects when any of it could not be stored, so
 * that Meta posts it again; what was stored is then found to be the same.
 */
async function takeIn({ messages, receipts }: Reported, host: ChannelHost): Promise<void> {
  const tasks = Map.groupBy(
    [
      ...messages.map((message) => ({ address: message.address, run: () => host.receive(message) })),
      ...receipts.map((receipt) => ({ address: receipt.address, run: () => host.recordReceipt(receipt) })),
    ],
    ({ address }) => address,
  );
  const results = await Promise.allSettled(
    [...tasks.values()].map(async (ofOne) => {
      for (const { run } of ofOne) await run();
    }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
