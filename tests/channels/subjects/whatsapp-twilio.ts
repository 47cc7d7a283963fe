import { listen } from '../../../src/app.ts';
import { whatsappChannelName } from '../../../src/channels/whatsapp/name.ts';
import { createGate } from '../../contracts/channel/gate.ts';
import type { ChannelSubject, EndpointSubject } from '../../contracts/channel.ts';
import { createTestApp, testClock, testConfig } from '../../support/test-app.ts';
import { ourWhatsapp, startTwilio, twilioAccount } from '../../support/twilio.ts';
import { beginAt } from './begin.ts';
import { recordingLog } from './recording-log.ts';
import { faultOf, formOf, formType, publicUrl, sign, unsignedFor } from './twilio-posts.ts';

const address = '+972501234567';
export const personAtTwilio = `whatsapp:${address}`;

export type TwilioWhatsappSubject = ChannelSubject & {
  readonly twilio: Awaited<ReturnType<typeof startTwilio>>;
};

/** The app behind a proxy that speaks HTTPS, between a person's WhatsApp and a stand-in for Twilio. */
export async function twilioWhatsappSubject(
  settings: Record<string, string> = {},
  contents: readonly string[] = [],
  start?: string,
): Promise<TwilioWhatsappSubject> {
  const clock = testClock(start);
  const gate = createGate();
  const { log, logged } = recordingLog();
  const standIn = await startTwilio({ now: () => new Date(clock.now()), contents });
  const config = testConfig({
    PUBLIC_BASE_URL: publicUrl,
    TWILIO_ACCOUNT_SID: twilioAccount.accountSid,
    TWILIO_AUTH_TOKEN: twilioAccount.authToken,
    TWILIO_API_BASE_URL: standIn.url,
    TWILIO_WHATSAPP_FROM: ourWhatsapp,
    WHATSAPP_TRANSPORT: 'twilio',
    ...settings,
  });
  const app = await createTestApp({ config, now: clock.now, decorateStore: gate.decorate, log });
  const listening = await listen(app);
  standIn.pointAt({ url: listening.url, publicUrl });
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
    twilio: standIn,
    begin(questionnaireId, language) {
      standIn.letWrite(personAtTwilio);
      return beginAt(app, { channel, address, questionnaireId, language });
    },
    write: (text, { id } = {}) =>
      standIn.receive({
        From: personAtTwilio,
        Body: text,
        MessageType: 'text',
        ...(id !== undefined && { MessageSid: id }),
      }),
    sendPicture: () =>
      standIn.receive({
        From: personAtTwilio,
        NumMedia: '1',
        MediaContentType0: 'image/jpeg',
        MessageType: 'image',
      }),
    async seen() {
      await app.conversations.idle();
      const news = standIn.sent
        .slice(looked)
        .map(({ body, contentSid }) => (contentSid === undefined ? body : `(${contentSid})`));
      looked = standIn.sent.length;
      return news;
    },
    provider: {
      get taken() {
        return standIn.sent.length;
      },
      get asked() {
        return standIn.requests;
      },
      refuseNext: (refusal) => standIn.failNext(faultOf(refusal)),
      report(place, state) {
        const message = standIn.sent[place];
        if (!message) throw new Error(`Twilio took no message number ${place}`);
        const failed = state === 'failed';
        return standIn.report(message, failed ? 'undelivered' : state, failed ? { ErrorCode: '63024' } : {});
      },
      states: ['sent', 'delivered', 'read', 'failed'],
      keep(text) {
        standIn.keep({ From: personAtTwilio, Body: text, at: new Date(clock.now()) });
        clock.advance(1 / 3600);
      },
    },
    endpoints: [webhook, statusWebhook],
    async close() {
      await listening.close();
      await app.close();
      await standIn.close();
    },
  };
}

const path = '/channels/whatsapp/twilio';
const message = { MessageSid: 'SM9', From: personAtTwilio, To: ourWhatsapp, Body: '9', NumMedia: '0' };

const webhook: EndpointSubject = {
  path,
  contentType: formType,
  lines: 1,
  valid: () => formOf(message),
  unsigned: unsignedFor(path, formOf(message)),
  sign,
  foreign: [
    formOf({ ...message, AccountSid: 'AC00000000000000000000000000000009' }),
    formOf({ ...message, From: address }),
    formOf({ ...message, From: 'whatsapp:KASHUV' }),
    formOf({ ...message, From: 'whatsapp:' }),
    formOf({ ...message, From: `whatsapp:whatsapp:${address}` }),
    formOf({ ...message, From: `messenger:${address}` }),
    formOf({ ...message, From: `${personAtTwilio}'; DROP TABLE contacts` }),
    formOf({ ...message, MessageType: 'reaction' }),
    formOf({ ...message, MessageSid: '../../etc/passwd' }),
    formOf({ ...message, MessageSid: '' }),
    formOf({ 'MessageSid[$ne]': 'x', 'From[$gt]': '', Body: '9' }),
    formOf({ MessageSid: '{"$gt":""}', From: '{"$gt":""}', Body: '9' }),
    `${formOf({ Body: '9' })}&__proto__=1&constructor=1&__proto__[From]=${encodeURIComponent(personAtTwilio)}`,
    formOf({ EventType: 'onMessageAdded', Body: '9' }),
    formOf({ MessageStatus: 'delivered', To: personAtTwilio }),
  ],
};

const status = { MessageSid: 'SM9', MessageStatus: 'delivered', To: personAtTwilio, From: ourWhatsapp };

const statusWebhook: EndpointSubject = {
  path: `${path}/status`,
  contentType: formType,
  lines: 1,
  valid: () => formOf(status),
  unsigned: unsignedFor(`${path}/status`, formOf(status)),
  sign,
  foreign: [
    formOf({ ...status, AccountSid: '' }),
    formOf({ ...status, MessageStatus: 'exploded' }),
    formOf({ ...status, MessageStatus: '__proto__' }),
    formOf({ ...status, To: address }),
    formOf({ ...status, To: 'whatsapp:KASHUV' }),
    formOf({ ...status, MessageSid: '$where' }),
    formOf({ 'MessageStatus[$ne]': 'x', 'To[$gt]': '', MessageSid: 'SM9' }),
    formOf({ MessageStatus: 'delivered' }),
  ],
};
