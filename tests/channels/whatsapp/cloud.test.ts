import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answersOf, pass, receivedBy, sentBy } from '../../contracts/channel/looking.ts';
import { metaAccount, postOf } from '../../support/meta.ts';
import { type CloudSubject, cloudSubject, personsDigits } from '../subjects/whatsapp-cloud.ts';

let subject: CloudSubject;

beforeEach(async () => {
  subject = await cloudSubject();
});
afterEach(() => subject.close());

const person = { number: personsDigits };
const textOf = (body: string) => ({ type: 'text', text: { body } });
const messageOf = (id: string, from: string, body: string) => ({
  from,
  id,
  timestamp: '1700000000',
  ...textOf(body),
});

async function contactOf(address: string): Promise<string | undefined> {
  const { app, channel } = subject;
  return await app.store.findContact(app.addressBook.identify(channel.name, channel.account, address));
}

describe('the handshake', () => {
  const ask = (query: Readonly<Record<string, string>> | string) =>
    fetch(`${subject.url}/channels/whatsapp?${new URLSearchParams(query)}`);
  const right = {
    'hub.mode': 'subscribe',
    'hub.verify_token': metaAccount.verifyToken,
    'hub.challenge': '1158201444',
  };

  test('gives the challenge back, as it came and as plain text', async () => {
    const response = await ask(right);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('1158201444');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const html = await ask({ ...right, 'hub.challenge': '<script>alert(1)</script>' });
    expect(html.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(html.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each<[string, Readonly<Record<string, string>> | string]>([
    ['another token', { ...right, 'hub.verify_token': 'another' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['another mode', { ...right, 'hub.mode': 'unsubscribe' }],
    ['nothing', {}],
    ['a token twice', `${new URLSearchParams(right)}&hub.verify_token=x`],
    ['a token as an object', `hub.mode=subscribe&hub.verify_token[$ne]=x&hub.challenge=1`],
  ])('is refused with %s', async (_, query) => {
    expect((await ask(query)).status).toBe(403);
    expect(subject.logged()).toHaveLength(1);
  });

  test('is refused without a challenge', async () => {
    const { 'hub.challenge': _, ...rest } = right;
    expect((await ask(rest)).status).toBe(400);
  });
});

describe('[M1] a signature of Meta', () => {
  const body =
    '{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001111","phone_number_id":"106540352242922"},"messages":[{"from":"972501234567","id":"wamid.T1","timestamp":"1700000000","type":"text","text":{"body":"\\u05e9\\u05dc\\u05d5\\u05dd"}}]}}]}]}';
  const signature = 'sha256=da402341e25d34bc349ececed6970d046212ed2809966d3082a0c83e0bcd40c7';
  const post = (text: string, header: string) =>
    fetch(`${subject.url}/channels/whatsapp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': header },
      body: text,
    });

  test('is checked on the bytes that came, with every letter as it was escaped', async () => {
    expect(Buffer.byteLength(body)).toBe(354);
    expect((await post(body, signature)).status).toBe(200);
    expect(await receivedBy(subject)).toMatchObject([{ content: { text: 'שלום' } }]);
  });

  test('does not fit the same JSON written in another way', async () => {
    const rewritten = JSON.stringify(JSON.parse(body));
    expect((await post(rewritten, signature)).status).toBe(401);
    expect((await post(`${body}\n`, signature)).status).toBe(401);
    expect(await receivedBy(subject)).toEqual([]);
  });
});

describe('a post of several things', () => {
  test('has an effect for each, whatever is wrong with the others, and is asked for again as a whole', async () => {
    await subject.begin('purchase-nps');
    const [sent] = subject.meta.sent;
    const change = (value: Readonly<Record<string, unknown>>) => postOf(value).entry[0]?.changes[0];
    const batch = {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '1',
          changes: [
            change({ messages: [messageOf('wamid.1', personsDigits, '9'), { broken: true }] }),
            { field: 'account_update', value: {} },
            change({
              statuses: [
                {
                  id: sent?.id,
                  status: 'delivered',
                  timestamp: '1700000000',
                  recipient_id: personsDigits,
                },
                null,
              ],
            }),
          ],
        },
        null,
        { id: '2', changes: [change({ messages: [messageOf('wamid.2', '972509999999', 'שלום')] })] },
        {
          id: '3',
          changes: [change({ messages: [messageOf('wamid.3', personsDigits, 'הכול היה מצוין')] })],
        },
      ],
    };
    subject.gate.shut = true;
    expect((await subject.meta.post(batch)).status).toBe(503);
    subject.gate.shut = false;
    subject.logged();
    expect((await subject.meta.post(batch)).status).toBe(200);
    expect((await subject.meta.post(batch)).status).toBe(200);
    expect(subject.logged()).toHaveLength(2);
    expect(Object.values(await answersOf(subject))).toEqual([9, 'הכול היה מצוין']);
    expect(await contactOf('+972509999999')).toBeDefined();
    expect((await sentBy(subject)).some(({ state }) => state === 'delivered')).toBe(true);
  });

  test('may be large, and may be of a thousand people', async () => {
    const messages = Array.from({ length: 1000 }, (_, index) =>
      messageOf(`wamid.${index}`, String(972_500_000_000 + index), 'הסר'),
    );
    const { status } = await subject.meta.post(postOf({ messages }));
    expect(status).toBe(200);
    expect(subject.gate.received).toBe(1000);
    await subject.app.conversations.idle();
  });
});

describe('what people send', () => {
  const cases: [string, Readonly<Record<string, unknown>> & { type: string }, unknown][] = [
    ['text', textOf('שלום'), { kind: 'text', text: 'שלום' }],
    [
      'a picture',
      { type: 'image', image: { id: '1', mime_type: 'image/jpeg', sha256: 'x' } },
      { kind: 'media', mediaType: 'image/jpeg' },
    ],
    [
      'a picture with words',
      { type: 'image', image: { id: '1', mime_type: 'image/jpeg', caption: 'הכול טוב' } },
      { kind: 'text', text: 'הכול טוב' },
    ],
    [
      'a voice message',
      { type: 'audio', audio: { id: '1', mime_type: 'audio/ogg; codecs=opus', voice: true } },
      { kind: 'media', mediaType: 'audio/ogg; codecs=opus' },
    ],
    [
      'a place',
      { type: 'location', location: { latitude: 32, longitude: 34 } },
      { kind: 'media', mediaType: 'location' },
    ],
    ['a contact', { type: 'contacts', contacts: [{}] }, { kind: 'media', mediaType: 'contacts' }],
    ['an order', { type: 'order', order: {} }, { kind: 'media', mediaType: 'order' }],
    [
      'what Meta does not support',
      { type: 'unsupported', errors: [{ code: 131051, title: 'Message type unknown' }] },
      { kind: 'media', mediaType: 'unsupported' },
    ],
    ['what is not yet known', { type: 'hologram', hologram: {} }, { kind: 'media', mediaType: 'hologram' }],
    [
      'a tap on a button of ours',
      {
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: { id: 's.q.o1', title: 'כן' } },
      },
      { kind: 'choice', choice: 's.q.o1' },
    ],
    [
      'a tap in a list of ours',
      {
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: 's.q.o1', title: 'כן', description: 'x' } },
      },
      { kind: 'choice', choice: 's.q.o1' },
    ],
    [
      'the button of our template',
      { type: 'button', button: { payload: '!start', text: 'להמשך' } },
      { kind: 'choice', choice: '!start' },
    ],
    [
      'the button of somebody else’s template',
      { type: 'button', button: { payload: 'approve_67', text: 'Approve' } },
      { kind: 'text', text: 'Approve' },
    ],
  ];

  test.each(cases)('%s', async (_, message, content) => {
    expect(await subject.meta.receive(person, message)).toBe(200);
    expect(await receivedBy(subject)).toMatchObject([{ content }]);
    expect(subject.logged()).toEqual([]);
  });

  test.each([
    ['a reaction', { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '👍' } }],
    ['a message that was edited', { type: 'edit', edit: {} }],
    ['a message that was taken back', { type: 'unsupported', unsupported: { type: 'revoke' } }],
    [
      'news of a new number',
      { type: 'system', system: { type: 'customer_changed_number', wa_id: '972501' } },
    ],
  ])('%s is no reply', async (_, message) => {
    expect(await subject.meta.receive(person, message)).toBe(200);
    expect(await receivedBy(subject)).toEqual([]);
  });

  test('a text as long as anybody can write is taken', async () => {
    expect(await subject.meta.receive(person, textOf('א'.repeat(65_536)))).toBe(200);
    expect(await receivedBy(subject)).toHaveLength(1);
  });

  test('a stop in WhatsApp’s own settings ends everything without a word of ours', async () => {
    await subject.begin('purchase-nps');
    await subject.seen();
    const preference = { wa_id: personsDigits, category: 'marketing_messages', value: 'stop', timestamp: 1 };
    const post = postOf({ user_preferences: [preference] }, 'user_preferences');
    expect((await subject.meta.post(post)).status).toBe(200);
    expect((await subject.meta.post(post)).status).toBe(200);
    await subject.app.conversations.idle();
    expect(await subject.seen()).toEqual([]);
    const { items } = await subject.app.store.listResponses({ limit: 1 });
    expect(items).toMatchObject([{ status: 'opted_out' }]);
  });
});

describe('[M12] somebody who shows no number', () => {
  const userId = 'IL.13491208655302741918';

  test('is written to by the id that Meta gives them', async () => {
    await subject.meta.receive({ userId }, textOf('שלום'));
    await subject.app.conversations.idle();
    const [sent] = subject.meta.sent;
    expect(sent?.body).toMatchObject({ recipient: userId });
    expect(sent?.body.to).toBeUndefined();
    await subject.meta.report({ ...sent, id: sent?.id ?? '', to: userId, body: sent?.body }, 'read');
    expect((await sentBy(subject)).at(-1)?.state).toBe('read');
  });

  test('goes on with the survey that they began while they showed it', async () => {
    await subject.begin('purchase-nps');
    await subject.meta.receive({ ...person, userId }, textOf('9'));
    await subject.meta.receive({ userId }, textOf('הכול היה מצוין'));
    expect(Object.values(await answersOf(subject))).toEqual([9, 'הכול היה מצוין']);
    expect(await contactOf(userId)).toBe(await contactOf(`+${personsDigits}`));
    expect(subject.meta.sent.at(-1)?.body).toMatchObject({ recipient: userId });
  });

  test('is found by what stands beside the messages, too', async () => {
    const contacts = [{ wa_id: personsDigits, user_id: userId }];
    await subject.meta.post(postOf({ contacts, messages: [messageOf('wamid.1', personsDigits, 'שלום')] }));
    await subject.app.conversations.idle();
    expect(await contactOf(userId)).toBe(await contactOf(`+${personsDigits}`));
  });
});

describe('what goes out', () => {
  test('names the person, and brings our id of the message back', async () => {
    await subject.begin('purchase-nps');
    const [sent] = subject.meta.sent;
    const [message] = await sentBy(subject);
    expect(sent?.body).toMatchObject({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: personsDigits,
      biz_opaque_callback_data: `${message?.contactId}.${message?.seq}`,
    });
  });

  test('waits as long as Meta says, by its code or by its header', async () => {
    subject.meta.failNext({ kind: 'refuse', status: 400, code: 131056 });
    await subject.begin('purchase-nps');
    await pass(subject, 5);
    expect(subject.meta.requests).toBe(1);
    await pass(subject, 2);
    expect(subject.meta.sent).toHaveLength(1);
  });

  test('is in doubt when the answer cannot be read, and follows no redirection', async () => {
    subject.meta.failNext({ kind: 'answer', status: 200, body: '<html>' });
    await subject.begin('purchase-nps');
    expect(await sentBy(subject)).toMatchObject([
      { state: 'queued', ambiguous: 1, reason: 'unreadable_answer' },
    ]);
    subject.meta.failNext({ kind: 'answer', status: 302, body: '', location: subject.meta.url });
    await pass(subject, 10);
    expect(await sentBy(subject)).toMatchObject([{ state: 'queued', reason: 'http_302' }]);
    expect(subject.meta.requests).toBe(2);
  });
});
