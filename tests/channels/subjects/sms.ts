import { listen } from '../../../src/app.ts';
import { smsChannelName } from '../../../src/channels/sms/channel.ts';
import { createGate } from '../../contracts/channel/gate.ts';
import type { ChannelSubject, EndpointSubject } from '../../contracts/channel.ts';
import { createTestApp, testClock, testConfig } from '../../support/test-app.ts';
import { ourNumber, startTwilio, twilioAccount } from '../../support/twilio.ts';
import { beginAt } from './begin.ts';
import { recordingLog } from './recording-log.ts';
import { faultOf, formOf, formType, publicUrl, sign, unsignedFor } from './twilio-posts.ts';

export const personsNumber = '+972501234567';

export type SmsSubject = ChannelSubject & {
  readonly twilio: Awaited<ReturnType<typeof startTwilio>>;
  /** The token by which commands act as staff. */
  readonly operator: string;
};

/** The app behind a proxy that speaks HTTPS, between a person's phone and a stand-in for Twilio. */
export async function smsSubject(settings: Record<string, string> = {}, start?: string): Promise<SmsSubject> {
  const clock = testClock(start);
  const gate = createGate();
  const { log, logged } = recordingLog();
  const standIn = await startTwilio({ now: () => new Date(clock.now()) });
  const config = testConfig({
    PUBLIC_BASE_URL: publicUrl,
    TWILIO_ACCOUNT_SID: twilioAccount.accountSid,
    TWILIO_AUTH_TOKEN: twilioAccount.authToken,
    ...(settings.TWILIO_MESSAGING_SERVICE_SID === undefined && { TWILIO_FROM: ourNumber }),
    TWILIO_API_BASE_URL: standIn.url,
    ...settings,
  });
  const app = await createTestApp({ config, now: clock.now, decorateStore: gate.decorate, log });
  const listening = await listen(app);
  standIn.pointAt({ url: listening.url, publicUrl });
  const channel = app.channels.find((one) => one.channel.name === smsChannelName)?.channel;
  if (!channel) throw new Error('The settings do not switch SMS on');
  let looked = 0;
  let pictures = 0;

  return {
    app,
    channel,
    clock,
    gate,
    logged,
    url: listening.url,
    twilio: standIn,
    operator: listening.operatorToken,
    begin: (questionnaireId, language) =>
      beginAt(app, { channel, address: personsNumber, questionnaireId, language }),
    write: (text, { id } = {}) =>
      standIn.receive({ From: personsNumber, Body: text, ...(id !== undefined && { MessageSid: id }) }),
    sendPicture() {
      pictures += 1;
      return standIn.receive({
        From: personsNumber,
        NumMedia: '1',
        MediaContentType0: 'image/jpeg',
        MessageSid: `MM${pictures}`,
      });
    },
    async seen() {
      await app.conversations.idle();
      const news = standIn.sent.slice(looked).map(({ body }) => body);
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
        return standIn.report(
          message,
          state === 'failed' ? 'undelivered' : state,
          state === 'failed' ? { ErrorCode: '30003' } : {},
        );
      },
      states: ['sent', 'delivered', 'read', 'failed'],
      ownStopWord: 'STOP',
      keep(text) {
        standIn.keep({ From: personsNumber, Body: text, at: new Date(clock.now()) });
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

const message = { MessageSid: 'SM9', From: personsNumber, To: ourNumber, Body: '9', NumMedia: '0' };

const webhook: EndpointSubject = {
  path: '/channels/sms',
  contentType: formType,
  lines: 1,
  valid: () => formOf(message),
  unsigned: unsignedFor('/channels/sms', formOf(message)),
  sign,
  foreign: [
    formOf({ ...message, AccountSid: 'AC00000000000000000000000000000009' }),
    formOf({ ...message, From: 'KASHUV' }),
    formOf({ ...message, From: '12345' }),
    formOf({ ...message, From: `whatsapp:${personsNumber}` }),
    formOf({ ...message, From: `${personsNumber}'; DROP TABLE contacts` }),
    formOf({ ...message, From: '+0501234567' }),
    formOf({ ...message, OptOutType: 'HELP' }),
    ...Object.keys(message)
      .filter((name) => name === 'MessageSid' || name === 'From')
      .map((name) => formOf(Object.fromEntries(Object.entries(message).filter(([other]) => other !== name)))),
    formOf({ ...message, MessageSid: '../../etc/passwd' }),
    formOf({ ...message, MessageSid: 'x'.repeat(65) }),
    formOf({ 'MessageSid[$ne]': 'x', 'From[$gt]': '', Body: '9' }),
    formOf({ MessageSid: '{"$gt":""}', From: '{"$gt":""}', Body: '9' }),
    formOf({ __proto__x: '1', 'constructor.prototype.From': personsNumber, toString: '1' }),
    `${formOf({ Body: '9' })}&__proto__=1&constructor=1&__proto__[From]=${encodeURIComponent(personsNumber)}`,
    formOf({ EventType: 'onMessageAdded', Body: '9' }),
    formOf({ CallSid: 'CA1', CallStatus: 'ringing' }),
    formOf({ MessageStatus: 'delivered', To: personsNumber }),
  ],
};

const status = { MessageSid: 'SM9', MessageStatus: 'delivered', To: personsNumber, From: ourNumber };

const statusWebhook: EndpointSubject = {
  path: '/channels/sms/status',
  contentType: formType,
  lines: 1,
  valid: () => formOf(status),
  unsigned: unsignedFor('/channels/sms/status', formOf(status)),
  sign,
  foreign: [
    formOf({ ...status, AccountSid: '' }),
    formOf({ ...status, MessageStatus: 'exploded' }),
    formOf({ ...status, MessageStatus: '__proto__' }),
    formOf({ ...status, MessageStatus: 'constructor' }),
    formOf({ ...status, To: `whatsapp:${personsNumber}` }),
    formOf({ ...status, To: 'KASHUV' }),
    formOf({ ...status, MessageSid: '$where' }),
    formOf({ ...status, MessageSid: '' }),
    formOf({ 'MessageStatus[$ne]': 'x', 'To[$gt]': '', MessageSid: 'SM9' }),
    formOf({ MessageStatus: 'delivered' }),
  ],
};
