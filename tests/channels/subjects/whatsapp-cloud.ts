import { listen } from '../../../src/app.ts';
import { whatsappChannelName } from '../../../src/channels/whatsapp/name.ts';
import { createGate } from '../../contracts/channel/gate.ts';
import type { ChannelSubject, EndpointSubject, Refusal } from '../../contracts/channel.ts';
import {
  type CloudFault,
  type CloudMessage,
  escaped,
  metaAccount,
  postOf,
  signatureOf,
  startMeta,
} from '../../support/meta.ts';
import { createTestApp, testClock, testConfig } from '../../support/test-app.ts';
import { beginAt } from './begin.ts';
import { recordingLog } from './recording-log.ts';

export const personsDigits = '972501234567';
const address = `+${personsDigits}`;

export type CloudSubject = ChannelSubject & { readonly meta: Awaited<ReturnType<typeof startMeta>> };

/** The app between a person's WhatsApp and a stand-in for Meta's Cloud API. */
export async function cloudSubject(
  settings: Record<string, string> = {},
  templates: Readonly<Record<string, readonly string[]>> = {},
  start?: string,
): Promise<CloudSubject> {
  const clock = testClock(start);
  const gate = createGate();
  const { log, logged } = recordingLog();
  const meta = await startMeta({ now: () => new Date(clock.now()), templates });
  const config = testConfig({
    WHATSAPP_TRANSPORT: 'cloud',
    WHATSAPP_VERIFY_TOKEN: metaAccount.verifyToken,
    WHATSAPP_APP_SECRET: metaAccount.appSecret,
    WHATSAPP_ACCESS_TOKEN: metaAccount.accessToken,
    WHATSAPP_PHONE_NUMBER_ID: metaAccount.phoneNumberId,
    WHATSAPP_API_BASE_URL: meta.url,
    ...settings,
  });
  const app = await createTestApp({ config, now: clock.now, decorateStore: gate.decorate, log });
  const listening = await listen(app);
  meta.pointAt(listening);
  const channel = app.channels.find((one) => one.channel.name === whatsappChannelName)?.channel;
  if (!channel) throw new Error('The settings do not switch WhatsApp on');
  let looked = 0;

  return {
    app,
    channel,
    clock,
    gate,
    logged,
    url: listening.url,
    meta,
    begin(questionnaireId, language) {
      meta.letWrite(personsDigits);
      return beginAt(app, { channel, address, questionnaireId, language });
    },
    write: (text, { id } = {}) =>
      meta.receive({ number: personsDigits }, { type: 'text', text: { body: text } }, idOf(id)),
    tap: (label, { id } = {}) => meta.receive({ number: personsDigits }, replyOf(label, meta.sent), idOf(id)),
    sendPicture: () =>
      meta.receive(
        { number: personsDigits },
        { type: 'image', image: { id: '1', mime_type: 'image/jpeg', sha256: 'x' } },
      ),
    async seen() {
      await app.conversations.idle();
      const news = meta.sent.slice(looked).map(shownOf);
      looked = meta.sent.length;
      return news;
    },
    provider: {
      get taken() {
        return meta.sent.length;
      },
      get asked() {
        return meta.requests;
      },
      refuseNext: (refusal) => meta.failNext(faultOf(refusal)),
      report(place, state) {
        const message = meta.sent[place];
        if (!message) throw new Error(`Meta took no message number ${place}`);
        const errors = [{ code: 131026, title: 'Message undeliverable', message: 'Message undeliverable' }];
        return meta.report(message, state, state === 'failed' ? { errors } : {});
      },
      states: ['sent', 'delivered', 'read', 'failed'],
    },
    endpoints: [webhook],
    async close() {
      await listening.close();
      await app.close();
      await meta.close();
    },
  };
}

function idOf(id: string | undefined) {
  return id === undefined ? {} : { id };
}

/** What somebody sees of a message, with what can be tapped in brackets. */
export function shownOf({ body }: CloudMessage): string {
  switch (body.type) {
    case 'text':
      return body.text.body;
    case 'template':
      return `(${body.template.name} in ${body.template.language.code})`;
    default:
      return [body.interactive.body.text, ...choicesOf(body).map(({ shown }) => `[${shown}]`)].join('\n');
  }
}

interface Shown {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly shown: string;
  readonly kind: 'button_reply' | 'list_reply';
}

function choicesOf(body: CloudMessage['body']): readonly Shown[] {
  if (body.type !== 'interactive') return [];
  const { type, action } = body.interactive;
  if (type === 'button') {
    const replies: { reply: { id: string; title: string } }[] = action.buttons;
    return replies.map(({ reply }) => ({ ...reply, shown: reply.title, kind: 'button_reply' }));
  }
  const rows: { id: string; title: string; description?: string }[] = action.sections[0].rows;
  return rows.map((row) => ({
    ...row,
    shown: row.description === undefined ? row.title : `${row.title} | ${row.description}`,
    kind: 'list_reply',
  }));
}

/** What is posted when somebody taps the choice with this label in the newest message that has it. */
function replyOf(label: string, sent: readonly CloudMessage[]) {
  for (const { id: message, body } of sent.toReversed()) {
    const choice = choicesOf(body).find(({ title }) => title === label);
    if (!choice) continue;
    const { id, title, description, kind } = choice;
    const reply = { id, title, ...(description !== undefined && { description }) };
    const context = { from: metaAccount.displayPhoneNumber, id: message };
    return { type: 'interactive', context, interactive: { type: kind, [kind]: reply } };
  }
  throw new Error(`No message offers "${label}"`);
}

function faultOf(refusal: Refusal): CloudFault {
  switch (refusal.kind) {
    case 'rate_limited':
      return { kind: 'refuse', status: 429, code: 130429, retryAfter: refusal.retryAfterSeconds };
    case 'lost_before':
      return { kind: 'cut', taken: false };
    case 'lost_after':
      return { kind: 'cut', taken: true };
    case 'receipts_only':
      return { kind: 'receipts_first', states: refusal.states };
    case 'no_such_address':
      return { kind: 'refuse', status: 400, code: 131026 };
    case 'opted_out':
      return { kind: 'refuse', status: 400, code: 131050 };
    case 'bad_credentials':
      return { kind: 'refuse', status: 401, code: 190 };
  }
}

const message = {
  from: personsDigits,
  id: 'wamid.9',
  timestamp: '1700000000',
  type: 'text',
  text: { body: '9' },
};
const status = { id: 'wamid.9', status: 'delivered', timestamp: '1700000000', recipient_id: personsDigits };
const valid = escaped(postOf({ messages: [message] }));
const right = signatureOf(valid);

/** A post of one message with some of it changed. */
const withMessage = (changes: Readonly<Record<string, unknown>>) =>
  escaped(postOf({ messages: [{ ...message, ...changes }] }));
const withStatus = (changes: Readonly<Record<string, unknown>>) =>
  escaped(postOf({ statuses: [{ ...status, ...changes }] }));
const withPost = (changes: Readonly<Record<string, unknown>>) =>
  escaped({ ...postOf({ messages: [message] }), ...changes });

const webhook: EndpointSubject = {
  path: '/channels/whatsapp',
  contentType: 'application/json',
  lines: 1,
  bodyBytesMax: 3 * 1024 * 1024,
  valid: () => valid,
  sign: (body) => ({ 'x-hub-signature-256': signatureOf(body) }),
  unsigned: [
    {},
    { 'x-hub-signature-256': '' },
    { 'x-hub-signature-256': 'sha256=' },
    { 'x-hub-signature-256': right.slice('sha256='.length) },
    { 'x-hub-signature-256': right.toUpperCase() },
    { 'x-hub-signature-256': right.slice(0, -1) },
    { 'x-hub-signature-256': `${right}0` },
    { 'x-hub-signature-256': `${right}, ${right}` },
    { 'x-hub-signature-256': right.replace('sha256', 'sha1') },
    { 'x-hub-signature-256': signatureOf(valid, 'the secret of another app') },
    { 'x-hub-signature-256': signatureOf(`${valid} `) },
    { 'x-hub-signature-256': signatureOf('x=1 ') },
    // The signature of the same JSON as others would write it.
    {
      'x-hub-signature-256': signatureOf(JSON.stringify(JSON.parse(withMessage({ text: { body: 'שלום' } })))),
    },
    { 'x-hub-signature': right },
    { authorization: `Bearer ${metaAccount.accessToken}` },
  ],
  foreign: [
    withPost({ object: 'page' }),
    withPost({ object: { $ne: null } }),
    withPost({ entry: [] }),
    withPost({ entry: {} }),
    withPost({ entry: [null] }),
    withPost({ entry: [{ id: '1', changes: [] }] }),
    withPost({ entry: [{ id: '1', changes: [{ field: 'account_update', value: { event: 'X' } }] }] }),
    withPost({ entry: [{ id: '1', changes: [{ field: '__proto__', value: {} }] }] }),
    withPost({ entry: [{ id: '1', changes: [{ field: 'messages', value: null }] }] }),
    escaped(postOf({})),
    escaped(postOf({ messages: {} })),
    escaped(postOf({ messages: [null] })),
    escaped(postOf({ messages: ['x'] })),
    escaped(postOf({ messages: [message], metadata: { phone_number_id: '1' } })),
    escaped(postOf({ messages: [message], metadata: { phone_number_id: { $gt: '' } } })),
    escaped(postOf({ calls: [{ id: 'wacid.1', from: personsDigits }] }, 'calls')),
    withMessage({ id: undefined }),
    withMessage({ id: '' }),
    withMessage({ id: 'x'.repeat(1000) }),
    withMessage({ id: { $ne: '' } }),
    withMessage({ from: undefined }),
    withMessage({ from: { $gt: '' } }),
    withMessage({ from: 'KASHUV' }),
    withMessage({ from: `${personsDigits}'; DROP TABLE contacts` }),
    withMessage({ from: undefined, from_user_id: 'nobody' }),
    withMessage({ from: undefined, from_user_id: { $regex: '.*' } }),
    withMessage({ type: undefined }),
    withMessage({ text: { body: { $where: 'sleep(1000)' } } }),
    withMessage({ group_id: 'G1' }),
    withMessage({ type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '👍' }, text: undefined }),
    withMessage({ type: 'system', system: { type: 'customer_changed_number', body: 'x' }, text: undefined }),
    withMessage({ type: 'unsupported', unsupported: { type: 'edit' }, text: undefined }),
    withMessage({ type: 'interactive', interactive: { button_reply: { id: ['x'], title: '9' } } }),
    withMessage({ type: 'interactive', interactive: { button_reply: { id: 'x'.repeat(300), title: '9' } } }),
    withStatus({ id: undefined }),
    withStatus({ id: { $ne: '' } }),
    withStatus({ status: 'exploded' }),
    withStatus({ status: '__proto__' }),
    withStatus({ status: { $ne: 'x' } }),
    withStatus({ recipient_id: undefined }),
    withStatus({ recipient_id: 'KASHUV' }),
    withStatus({ biz_opaque_callback_data: { $gt: '' } }),
    withStatus({ errors: 'x' }),
    escaped(
      postOf(
        { user_preferences: [{ wa_id: personsDigits, value: 'resume', timestamp: 1 }] },
        'user_preferences',
      ),
    ),
    escaped(postOf({ user_preferences: [{ value: 'stop', timestamp: 1 }] }, 'user_preferences')),
    '{"object":"whatsapp_business_account","entry":[],"__proto__":{"entry":[{"changes":[]}]}}',
    '{"constructor":{"prototype":{"object":"whatsapp_business_account"}}}',
  ],
};
