import type {
  ArrivedMessage,
  ChannelAnswer,
  ChannelHost,
  ChannelRequest,
  ChannelRoute,
  Receipt,
} from '../channel.ts';
import type { TwilioClient } from './client.ts';
import { optedOutCodes } from './errors.ts';
import { type FormFields, field, readForm } from './form.ts';

/** What a channel makes of a form that Twilio posted: a message, or why it is none for us. */
export type ReadMessage = (fields: FormFields) => ArrivedMessage | { readonly ignored: string };

export interface TwilioWebhooks {
  readonly client: TwilioClient;
  readonly accountSid: string;
  /** Where messages are posted to; receipts go to `/status` below it. */
  readonly path: string;
  readonly readMessage: ReadMessage;
  /** The address in clear behind a `To` of a receipt. */
  readonly addressOf: (to: string) => string | undefined;
}

const bodyBytesMax = 64 * 1024;
const contentTypes = ['application/x-www-form-urlencoded', 'application/json'];

/** Where Twilio posts the messages of people, and what became of ours. */
export function twilioRoutes(webhooks: TwilioWebhooks): ChannelRoute[] {
  const { path } = webhooks;
  return [route(path, webhooks, receiveMessage), route(statusPath(path), webhooks, recordStatus)];
}

/** Where receipts are posted to. */
export function statusPath(path: string): string {
  return `${path}/status`;
}

/** The parameter of the receipts' address that brings our own id of the message back. */
const messageParameter = 'message';

/**
 * The address that Twilio posts receipts of a message to. The fragment is for Twilio's connection: three more tries after a time-out or a
 * failure of ours, which it would not make by itself.
 */
export function statusCallback(publicBaseUrl: string, path: string, messageId: string): string {
  const url = new URL(statusPath(path), publicBaseUrl);
  url.searchParams.set(messageParameter, messageId);
  url.hash = 'rc=3&rp=ct,rt,5xx';
  return url.href;
}

type Handle = (
  webhooks: TwilioWebhooks,
  fields: FormFields,
  request: ChannelRequest,
  host: ChannelHost,
) => Promise<ChannelAnswer>;

function route(path: string, webhooks: TwilioWebhooks, handle: Handle): ChannelRoute {
  return {
    method: 'POST',
    path,
    bodyBytesMax,
    contentTypes,
    async handle(request, host) {
      const { client, accountSid } = webhooks;
      const signature = request.headers['x-twilio-signature'];
      if (signature === undefined) return { status: 401, reason: 'signature_missing' };
      if (!isForm(request)) {
        const body = new TextDecoder().decode(request.body);
        const signed = request.query.has('bodySHA256');
        if (!signed || !(await client.hasSignedBody({ signature, url: request.url, body })))
          return { status: 401, reason: 'signature_wrong' };
        return { status: 204, reason: 'unknown_event' };
      }
      const fields = readForm(request.body);
      if (!(await client.hasSigned({ signature, url: request.url, fields })))
        return { status: 401, reason: 'signature_wrong' };
      if (field(fields, 'AccountSid') !== accountSid) return { status: 403, reason: 'foreign_account' };
      return handle(webhooks, fields, request, host);
    },
  };
}

function isForm({ headers }: ChannelRequest): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '');
}

/** Without instructions: what we say goes out through the API, where it is kept, repeated and followed. */
const nothingToSay: ChannelAnswer = {
  status: 200,
  headers: { 'Content-Type': 'text/xml; charset=utf-8' },
  body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
};

const receiveMessage: Handle = async ({ readMessage }, fields, _request, host) => {
  if (sidOf(fields) === undefined) return { status: 400, reason: 'malformed' };
  const message = readMessage(fields);
  if ('ignored' in message) return { ...nothingToSay, reason: message.ignored };
  await host.receive(message);
  return nothingToSay;
};

/** The id of a message, as Twilio names it in forms of any age. */
export function sidOf(fields: FormFields): string | undefined {
  const sid = field(fields, 'MessageSid') ?? field(fields, 'SmsMessageSid') ?? field(fields, 'SmsSid');
  return sid !== undefined && /^[A-Za-z0-9]{1,64}$/.test(sid) ? sid : undefined;
}

const recordStatus: Handle = async ({ addressOf }, fields, { query }, host) => {
  const providerMessageId = sidOf(fields);
  const to = field(fields, 'To');
  const status = field(fields, 'MessageStatus') ?? field(fields, 'SmsStatus');
  if (providerMessageId === undefined || to === undefined || status === undefined)
    return { status: 400, reason: 'malformed' };
  const address = addressOf(to);
  if (address === undefined) return { status: 204, reason: 'other_channel' };
  const state = states.get(status);
  if (state === undefined) return { status: 204, reason: 'unknown_status' };
  if (state === 'underway') return { status: 204 };
  const reason = field(fields, 'ErrorCode');
  const messageId = query.get(messageParameter);
  await host.recordReceipt({
    address,
    providerMessageId,
    ...(messageId !== null && { messageId }),
    state,
    ...(state === 'failed' && { reason: reason ?? status, optedOut: optedOutCodes.has(reason ?? '') }),
  });
  return { status: 204 };
};

/** Every status that the API names. What is accepted or queued is known from the answer to our own request. */
const states: ReadonlyMap<string, Receipt['state'] | 'underway'> = new Map([
  ['accepted', 'underway'],
  ['scheduled', 'underway'],
  ['queued', 'underway'],
  ['sending', 'underway'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['partially_delivered', 'delivered'],
  ['read', 'read'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);
