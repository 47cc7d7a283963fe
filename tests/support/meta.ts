import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A number at the stand-in, and the app that it belongs to, as settings of ours would name them. */
export const metaAccount = {
  phoneNumberId: '106540352242922',
  displayPhoneNumber: '15550001111',
  accessToken: 'EAAG-a-token-of-a-system-user',
  appSecret: 'meta-app-secret',
  verifyToken: 'a-token-that-we-made-up',
};

/** The version of the Graph API under which the stand-in answers. */
const version = 'v25.0';

/** JSON as it came; what is wanted of it is looked up by the tests. */
type Json = ReturnType<typeof JSON.parse>;

export interface CloudMessage {
  readonly id: string;
  /** The number in digits, or the id of a person whose number is not shown. */
  readonly to: string;
  readonly body: Json;
}

/** How the API treats the next send. */
export type CloudFault =
  | { readonly kind: 'refuse'; readonly status: number; readonly code?: number; readonly retryAfter?: number }
  | { readonly kind: 'cut'; readonly taken: boolean }
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly location?: string }
  | { readonly kind: 'receipts_first'; readonly states: readonly string[] };

export interface CloudPosting {
  readonly signature?: 'right' | 'wrong' | 'missing';
  readonly headers?: Readonly<Record<string, string>>;
  /** What somebody on the way makes of the signed body. */
  readonly tamper?: (body: string) => string;
}

/** A person as Meta shows them: with a number, an id within the business, or both. */
export interface CloudPerson {
  readonly number?: string;
  readonly userId?: string;
}

/**
 * Meta's Cloud API, as far as it is documented, on a loopback port: it takes what may be sent, refuses with documented codes what may not, and
 * posts webhooks that are signed as documented, with every letter beyond ASCII escaped. Nothing in it knows the code under test. To people who have not
 * written within 24 hours it lets only templates pass; `letWrite` is a person who wrote before our server was there.
 */
export interface MetaStandIn {
  /** Where its API is, without the version. */
  readonly url: string;
  pointAt(server: { readonly url: string }): void;
  /** What was accepted, in order. */
  readonly sent: readonly CloudMessage[];
  readonly requests: number;
  failNext(...faults: readonly CloudFault[]): void;
  letWrite(person: string): void;
  /** Resolves when it has told what it did not deliver. */
  settled(): Promise<void>;
  /** A person writes. Resolves to the status of our answer. */
  receive(
    person: CloudPerson,
    message: Readonly<Record<string, unknown>> & { readonly type: string },
    posting?: CloudPosting & { readonly id?: string },
  ): Promise<number>;
  /** Says what became of a message. */
  report(
    message: CloudMessage,
    status: string,
    more?: Readonly<Record<string, unknown>>,
    posting?: CloudPosting,
  ): Promise<number>;
  /** Posts any JSON, signed. */
  post(json: unknown, posting?: CloudPosting): Promise<Response>;
  close(): Promise<void>;
}

const dayMilliseconds = 24 * 3_600_000;

export async function startMeta({
  now,
  templates = {},
}: {
  now: () => Date;
  /** The approved templates with their languages, each with one button. */
  templates?: Readonly<Record<string, readonly string[]>>;
}): Promise<MetaStandIn> {
  const sent: CloudMessage[] = [];
  const faults: CloudFault[] = [];
  const wroteAt = new Map<string, number>();
  let requests = 0;
  let ids = 0;
  let target = '';
  let told: Promise<unknown> = Promise.resolve();

  const newId = () => {
    ids += 1;
    return `wamid.HBgM${String(ids).padStart(12, '0')}==`;
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
    const body = await bodyOf(request);
    if (request.headers.authorization !== `Bearer ${metaAccount.accessToken}`)
      return refuse(response, { status: 401, code: 190 });
    if (request.method !== 'POST' || request.url !== `/${version}/${metaAccount.phoneNumberId}/messages`)
      return refuse(response, { status: 400, code: 100 });
    requests += 1;
    const fault = faults.shift();
    if (fault?.kind === 'refuse') return refuse(response, fault);
    if (fault?.kind === 'answer') {
      response.writeHead(fault.status, fault.location === undefined ? {} : { location: fault.location });
      response.end(fault.body);
      return;
    }
    if (fault?.kind === 'cut' && !fault.taken) {
      request.socket.destroy();
      return;
    }
    const json: Json = JSON.parse(body);
    const code = faultIn(json, templates);
    if (code !== undefined) return refuse(response, { status: 400, code });
    const message = { id: newId(), to: json.to ?? json.recipient, body: json };
    // The API takes what it does not deliver, and says so afterwards.
    if (json.type !== 'template' && !isWindowOpen(message.to)) {
      const errors = [{ code: 131047, title: 'Re-engagement message', message: 'Re-engagement message' }];
      const telling = report(message, 'failed', { errors });
      told = Promise.all([told, telling]);
      answerTaken(response, message);
      return;
    }
    sent.push(message);
    if (fault?.kind === 'receipts_first') for (const state of fault.states) await report(message, state);
    if (fault) {
      request.socket.destroy();
      return;
    }
    answerTaken(response, message);
  }

  function answerTaken(response: ServerResponse, { id, to, body }: CloudMessage): void {
    const contact = body.to === undefined ? { input: to, user_id: to } : { input: to, wa_id: to };
    send(response, 200, {
      messaging_product: 'whatsapp',
      contacts: [contact],
      messages: [{ id, ...(body.type === 'template' && { message_status: 'accepted' }) }],
    });
  }

  function isWindowOpen(person: string): boolean {
    const at = wroteAt.get(person);
    return at !== undefined && now().getTime() - at < dayMilliseconds;
  }

  function receive(
    { number, userId }: CloudPerson,
    message: Readonly<Record<string, unknown>> & { readonly type: string },
    { id = newId(), ...posting }: CloudPosting & { readonly id?: string } = {},
  ): Promise<number> {
    for (const name of [number, userId]) if (name !== undefined) wroteAt.set(name, now().getTime());
    return postValue(
      {
        contacts: [
          {
            profile: { name: 'דנה' },
            ...(number !== undefined && { wa_id: number }),
            ...(userId !== undefined && { user_id: userId }),
          },
        ],
        messages: [
          {
            ...(number !== undefined && { from: number }),
            ...(userId !== undefined && { from_user_id: userId }),
            id,
            timestamp: String(Math.floor(now().getTime() / 1000)),
            ...message,
          },
        ],
      },
      posting,
    );
  }

  function report(
    { id, to, body }: CloudMessage,
    status: string,
    more: Readonly<Record<string, unknown>> = {},
    posting: CloudPosting = {},
  ): Promise<number> {
    const { biz_opaque_callback_data: ours } = body;
    const recipient = body.to === undefined ? { recipient_user_id: to } : { recipient_id: to };
    const timestamp = String(Math.floor(now().getTime() / 1000));
    return postValue(
      {
        statuses: [
          {
            id,
            status,
            timestamp,
            ...recipient,
            ...(ours !== undefined && { biz_opaque_callback_data: ours }),
            ...more,
          },
        ],
      },
      posting,
    );
  }

  async function postValue(value: Readonly<Record<string, unknown>>, posting: CloudPosting): Promise<number> {
    const { status } = await post(postOf(value), posting);
    return status;
  }

  async function post(
    json: unknown,
    { signature = 'right', headers = {}, tamper = (body) => body }: CloudPosting = {},
  ): Promise<Response> {
    const body = escaped(json);
    const expected = signatureOf(body);
    const wrong = expected.endsWith('0') ? expected.replace(/0$/, '1') : expected.replace(/.$/, '0');
    const response = await fetch(`${target}/channels/whatsapp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'facebookexternalua',
        ...(signature !== 'missing' && { 'x-hub-signature-256': signature === 'right' ? expected : wrong }),
        ...headers,
      },
      body: tamper(body),
    });
    return response;
  }

  return {
    url: `http://127.0.0.1:${port}`,
    pointAt({ url }) {
      target = url;
    },
    sent,
    get requests() {
      return requests;
    },
    failNext(...next) {
      faults.push(...next);
    },
    letWrite(person) {
      wroteAt.set(person, now().getTime());
    },
    async settled() {
      await told;
    },
    receive,
    report,
    post,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A post about one change of our number. */
export function postOf(value: Readonly<Record<string, unknown>>, field = 'messages') {
  const { phoneNumberId, displayPhoneNumber } = metaAccount;
  const metadata = { display_phone_number: displayPhoneNumber, phone_number_id: phoneNumberId };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }] }],
  };
}

/** JSON as Meta writes it: letters beyond ASCII by their numbers, in lower case. */
export function escaped(json: unknown): string {
  return JSON.stringify(json).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function signatureOf(body: string, secret = metaAccount.appSecret): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** The code by which the API refuses a request; undefined when it is right. Limits as the references of the message types state them. */
function faultIn(json: Json, templates: Readonly<Record<string, readonly string[]>>): number | undefined {
  const parameter = 100;
  const { messaging_product, recipient_type, to, recipient, type, biz_opaque_callback_data: data } = json;
  if (messaging_product !== 'whatsapp' || (recipient_type ?? 'individual') !== 'individual') return parameter;
  if (to === undefined ? !/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/.test(recipient) : !/^\+?[0-9]{6,19}$/.test(to))
    return parameter;
  if (data !== undefined && (typeof data !== 'string' || data.length > 512)) return parameter;
  const within = (text: unknown, max: number) =>
    typeof text === 'string' && text.trim() !== '' && [...text].length <= max;
  switch (type) {
    case 'text':
      return within(json.text?.body, 4096) ? undefined : parameter;
    case 'interactive':
      return isInteractive(json.interactive, within) ? undefined : 131009;
    case 'template':
      return templateFault(json.template, templates);
    default:
      return parameter;
  }
}

function isInteractive(interactive: Json, within: (text: unknown, max: number) => boolean): boolean {
  const { type, body, action } = interactive;
  const unique = (texts: readonly string[]) => new Set(texts).size === texts.length;
  if (type === 'button') {
    const buttons: { type: string; reply: { id: string; title: string } }[] = action.buttons;
    return (
      within(body.text, 1024) &&
      buttons.length >= 1 &&
      buttons.length <= 3 &&
      buttons.every(
        (one) => one.type === 'reply' && within(one.reply.id, 256) && within(one.reply.title, 20),
      ) &&
      unique(buttons.map(({ reply }) => reply.id)) &&
      unique(buttons.map(({ reply }) => reply.title))
    );
  }
  if (type !== 'list') return false;
  const sections: { title?: string; rows: { id: string; title: string; description?: string }[] }[] =
    action.sections;
  const rows = sections.flatMap((section) => section.rows);
  return (
    within(body.text, 4096) &&
    within(action.button, 20) &&
    sections.length <= 10 &&
    (sections.length === 1 || sections.every(({ title }) => within(title, 24))) &&
    rows.length >= 1 &&
    rows.length <= 10 &&
    rows.every(
      ({ id, title, description }) =>
        within(id, 200) && within(title, 24) && (description === undefined || within(description, 72)),
    ) &&
    unique(rows.map(({ id }) => id))
  );
}

function templateFault(
  template: Json,
  templates: Readonly<Record<string, readonly string[]>>,
): number | undefined {
  const { name, language, components = [] } = template;
  if (!templates[name]?.includes(language?.code)) return 132001;
  const [button, ...others] = components;
  const { type, sub_type, index, parameters = [] } = button ?? {};
  const rightButton = type === 'button' && sub_type === 'quick_reply' && String(index) === '0';
  const [parameter] = parameters;
  if (others.length > 0 || !rightButton || parameter?.type !== 'payload') return 132000;
  return undefined;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function refuse(
  response: ServerResponse,
  { status, code, retryAfter }: { status: number; code?: number; retryAfter?: number },
): void {
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
  send(response, status, {
    error: {
      message: `(#${code}) refused`,
      type: 'OAuthException',
      ...(code !== undefined && { code }),
      error_data: { messaging_product: 'whatsapp', details: 'refused' },
      fbtrace_id: 'A1',
    },
  });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(body));
}
