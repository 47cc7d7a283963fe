import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import twilio from 'twilio';

/** An account at the stand-in, as settings of ours would name it. */
export const twilioAccount = {
  accountSid: 'AC00000000000000000000000000000001',
  authToken: '12345678901234567890123456789012',
};

/** Our number there. */
export const ourNumber = '+972591112222';

/** Our number on WhatsApp there. */
export const ourWhatsapp = 'whatsapp:+972593334444';

export interface SentMessage {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly body: string;
  /** Words that are kept at Twilio, in place of a body. */
  readonly contentSid: string | undefined;
  readonly statusCallback: string | undefined;
  readonly sentAt: Date;
}

/** How the API answers the next send. */
export type Fault =
  | { readonly kind: 'refuse'; readonly status: number; readonly code?: number; readonly retryAfter?: number }
  /** The connection is cut before the message is taken, or after. */
  | { readonly kind: 'cut'; readonly taken: boolean }
  /** The message is taken, and receipts come, but never the answer. */
  | { readonly kind: 'receipts_first'; readonly states: readonly string[] };

/** How a webhook is posted. */
export interface Posting {
  readonly path?: string;
  readonly signature?: 'right' | 'wrong' | 'missing';
  readonly headers?: Readonly<Record<string, string>>;
  /** Posted after the form was signed: what somebody on the way makes of it. */
  readonly tamper?: (body: string) => string;
}

/**
 * Twilio, as far as it is documented: the REST API under its paths on a loopback port, and webhooks signed by its own library. Nothing in it
 * knows the code under test. What people send is posted under the public address that the number is configured with; the connection goes to
 * wherever the server is.
 */
export interface TwilioStandIn {
  /** Where its API is. */
  readonly url: string;
  /** Where webhooks are sent, and under which address they are configured. */
  pointAt(server: { readonly url: string; readonly publicUrl: string }): void;
  /** What was accepted, in order. */
  readonly sent: readonly SentMessage[];
  /** What would have been accepted twice by somebody who repeats himself. */
  readonly requests: number;
  failNext(...faults: readonly Fault[]): void;
  /** A person's message arrives at our number: Twilio obeys its own words, then posts it. Resolves to the status of the answer. */
  receive(message: Partial<InboundForm> & { readonly From: string }, posting?: Posting): Promise<number>;
  /** A person's message arrives while nobody can be reached: Twilio keeps it and posts nothing more. */
  keep(message: {
    readonly From: string;
    readonly Body: string;
    readonly at: Date;
    readonly MessageSid?: string;
  }): string;
  /** Says what became of a message. */
  report(message: SentMessage, status: string, more?: Readonly<Record<string, string>>): Promise<number>;
  /** Posts a form, signed, to a path below the public address. */
  post(
    path: string,
    form: Readonly<Record<string, string>> | URLSearchParams,
    posting?: Posting,
  ): Promise<Response>;
  /** A person has written on WhatsApp before our server was there. */
  letWrite(person: string): void;
  /** The numbers that have opted out at Twilio, and how many confirmations it has sent for that. */
  readonly optedOut: ReadonlySet<string>;
  readonly confirmations: readonly string[];
  close(): Promise<void>;
}

export interface InboundForm {
  readonly MessageSid: string;
  readonly Body: string;
  readonly NumMedia: string;
  readonly MediaContentType0: string;
  readonly OptOutType: string;
  readonly To: string;
  /** On WhatsApp: what kind of message it is, and what the button that was tapped carries. */
  readonly MessageType: string;
  readonly ButtonText: string;
  readonly ButtonPayload: string;
  readonly Latitude: string;
}

const stopWords = 'stop stopall unsubscribe cancel end quit revoke optout'.split(' ');
const startWords = 'start yes unstop'.split(' ');

export async function startTwilio({
  now = () => new Date(),
  contents = [],
}: {
  now?: () => Date;
  /** The sids of contents that WhatsApp has approved. */
  contents?: readonly string[];
} = {}): Promise<TwilioStandIn> {
  const { accountSid, authToken } = twilioAccount;
  const sent: SentMessage[] = [];
  const kept: { sid: string; from: string; to: string; body: string; at: Date }[] = [];
  const faults: Fault[] = [];
  const optedOut = new Set<string>();
  const confirmations: string[] = [];
  const wroteAt = new Map<string, number>();
  let requests = 0;
  let sids = 0;
  let target = { url: '', publicUrl: 'https://survey.example.com' };

  const newSid = () => {
    sids += 1;
    return `SM${sids.toString(16).padStart(32, '0')}`;
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const basic = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
    if (request.headers.authorization !== `Basic ${basic}`)
      return refuse(response, { status: 401, code: 20003 });
    if (url.pathname !== `/2010-04-01/Accounts/${accountSid}/Messages.json`)
      return refuse(response, { status: 404, code: 20404 });
    if (request.method === 'GET') return list(url, response);
    return create(new URLSearchParams(await bodyOf(request)), request, response);
  }

  async function create(form: URLSearchParams, request: IncomingMessage, response: ServerResponse) {
    requests += 1;
    const [to, body] = [form.get('To') ?? '', form.get('Body') ?? ''];
    const contentSid = form.get('ContentSid') ?? undefined;
    const from = form.get('From') ?? (form.has('MessagingServiceSid') ? ourNumber : '');
    const fault = faults.shift();
    if (fault?.kind === 'refuse') return refuse(response, fault);
    if (fault?.kind === 'cut' && !fault.taken) {
      request.socket.destroy();
      return;
    }
    if (!/^(whatsapp:[A-Z]{2}\.\w+|(whatsapp:)?\+[1-9]\d{6,14})$/.test(to))
      return refuse(response, { status: 400, code: 21211 });
    if (from === '') return refuse(response, { status: 400, code: 21603 });
    if (isWhatsapp(to) !== (from === ourWhatsapp)) return refuse(response, { status: 400, code: 63007 });
    if (contentSid !== undefined && !contents.includes(contentSid))
      return refuse(response, { status: 400, code: 21655 });
    if (contentSid === undefined && body === '') return refuse(response, { status: 400, code: 21619 });
    if (body.length > 1600) return refuse(response, { status: 400, code: 21617 });
    if (optedOut.has(to)) return refuse(response, { status: 400, code: 21610 });
    const message = {
      sid: newSid(),
      to,
      from,
      body,
      contentSid,
      statusCallback: form.get('StatusCallback') ?? undefined,
      sentAt: now(),
    };
    // WhatsApp delivers to whoever has not written within a day only what it has approved, and Twilio says so afterwards.
    if (isWhatsapp(to) && contentSid === undefined && !isWindowOpen(to)) {
      send(response, 201, jsonOf({ ...message, at: message.sentAt, direction: 'outbound-api' }));
      await report(message, 'undelivered', { ErrorCode: '63016' });
      return;
    }
    sent.push(message);
    if (fault?.kind === 'cut') {
      request.socket.destroy();
      return;
    }
    if (fault?.kind === 'receipts_first') {
      for (const state of fault.states) await report(message, state);
      request.socket.destroy();
      return;
    }
    return send(response, 201, jsonOf({ ...message, at: message.sentAt, direction: 'outbound-api' }));
  }

  function isWindowOpen(person: string): boolean {
    const at = wroteAt.get(person);
    return at !== undefined && now().getTime() - at < 24 * 3_600_000;
  }

  /** Newest first, by whole days as the API filters them. */
  function list(url: URL, response: ServerResponse): void {
    const query = url.searchParams;
    const after = query.get('DateSent>') ?? '';
    const size = Number(query.get('PageSize') ?? 50);
    const page = Number(query.get('Page') ?? 0);
    const all = [
      ...sent.map((one) => ({ ...one, at: one.sentAt, direction: 'outbound-api' })),
      ...kept.map((one) => ({ ...one, direction: 'inbound' })),
    ]
      .filter(({ to }) => query.get('To') === null || to === query.get('To'))
      .filter(({ from }) => query.get('From') === null || from === query.get('From'))
      .filter(({ at }) => at.toISOString().slice(0, 10) >= after.slice(0, 10))
      .toSorted((one, other) => other.at.getTime() - one.at.getTime());
    const shown = all.slice(page * size, (page + 1) * size);
    const next = new URLSearchParams(query);
    next.set('Page', String(page + 1));
    send(response, 200, {
      messages: shown.map(jsonOf),
      page,
      page_size: size,
      next_page_uri: all.length > (page + 1) * size ? `${url.pathname}?${next}` : null,
    });
  }

  async function receive(
    message: Partial<InboundForm> & { readonly From: string },
    posting: Posting = {},
  ): Promise<number> {
    const { From, Body = '', OptOutType } = message;
    const overWhatsapp = isWhatsapp(From);
    wroteAt.set(From, now().getTime());
    // Its words are those of SMS: on WhatsApp it opts nobody out.
    const word = overWhatsapp ? '' : Body.trim().toLowerCase();
    if (stopWords.includes(word) || OptOutType === 'STOP') {
      if (!optedOut.has(From)) confirmations.push(From);
      optedOut.add(From);
    }
    if (startWords.includes(word) || OptOutType === 'START') {
      if (optedOut.delete(From)) confirmations.push(From);
    }
    const form = {
      ToCountry: 'IL',
      MessageSid: newSid(),
      To: overWhatsapp ? ourWhatsapp : ourNumber,
      AccountSid: accountSid,
      NumMedia: '0',
      NumSegments: '1',
      SmsStatus: 'received',
      ApiVersion: '2010-04-01',
      Body: '',
      ...message,
    };
    const path = overWhatsapp ? '/channels/whatsapp/twilio' : '/channels/sms';
    const { status } = await post(posting.path ?? path, { SmsSid: form.MessageSid, ...form }, posting);
    return status;
  }

  async function report(
    { sid, to, from, statusCallback }: SentMessage,
    status: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<number> {
    const callback = new URL(statusCallback ?? target.publicUrl);
    const form = {
      MessageSid: sid,
      SmsSid: sid,
      MessageStatus: status,
      SmsStatus: status,
      To: to,
      From: from,
    };
    const response = await post(callback.pathname + callback.search, {
      AccountSid: accountSid,
      ...form,
      ...more,
    });
    return response.status;
  }

  async function post(
    path: string,
    form: Readonly<Record<string, string>> | URLSearchParams,
    { signature = 'right', headers = {}, tamper = (body) => body }: Posting = {},
  ): Promise<Response> {
    const body = new URLSearchParams(form instanceof URLSearchParams ? form : { ...form });
    const fields: Record<string, string[]> = Object.create(null);
    for (const name of new Set(body.keys())) fields[name] = body.getAll(name);
    const expected = twilio.getExpectedTwilioSignature(authToken, target.publicUrl + path, { ...fields });
    const wrong = expected.startsWith('A') ? `B${expected.slice(1)}` : `A${expected.slice(1)}`;
    return fetch(target.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'user-agent': 'TwilioProxy/1.1',
        ...(signature !== 'missing' && { 'x-twilio-signature': signature === 'right' ? expected : wrong }),
        ...headers,
      },
      body: tamper(body.toString()),
    });
  }

  return {
    url: `http://127.0.0.1:${port}`,
    pointAt(server) {
      target = server;
    },
    sent,
    get requests() {
      return requests;
    },
    failNext(...next) {
      faults.push(...next);
    },
    receive,
    keep({ From, Body, at, MessageSid: sid = newSid() }) {
      kept.push({ sid, from: From, to: isWhatsapp(From) ? ourWhatsapp : ourNumber, body: Body, at });
      return sid;
    },
    report,
    post,
    letWrite(person) {
      wroteAt.set(person, now().getTime());
    },
    optedOut,
    confirmations,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isWhatsapp(address: string): boolean {
  return address.startsWith('whatsapp:');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function jsonOf(one: { sid: string; from: string; to: string; body: string; at: Date; direction: string }) {
  return {
    account_sid: twilioAccount.accountSid,
    sid: one.sid,
    from: one.from,
    to: one.to,
    body: one.body,
    num_media: '0',
    num_segments: '1',
    direction: one.direction,
    status: one.direction === 'inbound' ? 'received' : 'queued',
    date_created: one.at.toUTCString(),
    date_updated: one.at.toUTCString(),
    date_sent: one.at.toUTCString(),
    error_code: null,
    error_message: null,
    price: null,
    price_unit: 'USD',
  };
}

function refuse(
  response: ServerResponse,
  { status, code, retryAfter }: { status: number; code?: number; retryAfter?: number },
): void {
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
  send(response, status, { status, message: 'refused', ...(code !== undefined && { code }) });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
