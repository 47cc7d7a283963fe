import { afterEach, beforeEach, expect, test } from 'vitest';
import { answersOf, receivedBy, sentBy } from '../../contracts/channel/looking.ts';
import { ourWhatsapp, twilioAccount } from '../../support/twilio.ts';
import { publicUrl } from '../subjects/twilio-posts.ts';
import {
  personAtTwilio,
  type TwilioWhatsappSubject,
  twilioWhatsappSubject,
} from '../subjects/whatsapp-twilio.ts';

let subject: TwilioWhatsappSubject;

beforeEach(async () => {
  subject = await twilioWhatsappSubject();
});
afterEach(() => subject.close());

test('a message goes from our number on WhatsApp to the person’s, with where receipts go', async () => {
  await subject.begin('purchase-nps');
  const [sent] = subject.twilio.sent;
  expect(sent).toMatchObject({ to: personAtTwilio, from: ourWhatsapp });
  const callback = new URL(sent?.statusCallback ?? '');
  expect(callback.origin + callback.pathname).toBe(`${publicUrl}/channels/whatsapp/twilio/status`);
  const [message] = await sentBy(subject);
  expect(callback.searchParams.get('message')).toBe(`${message?.contactId}.${message?.seq}`);
});

test('Twilio’s words for SMS are ours here: STOP is confirmed by us, and START brings back', async () => {
  await subject.begin('purchase-nps');
  await subject.seen();
  await subject.write('STOP');
  await subject.app.conversations.idle();
  const seen = await subject.seen();
  expect(seen).toHaveLength(1);
  expect(seen[0]).toContain('הוסרתם');
  expect(subject.twilio.confirmations).toEqual([]);
});

test.each([
  [
    'a picture with words',
    { NumMedia: '1', MediaContentType0: 'image/jpeg', Body: 'יפה' },
    { kind: 'text', text: 'יפה' },
  ],
  ['a place', { Latitude: '32.1', MessageType: 'location' }, { kind: 'media', mediaType: 'location' }],
  [
    'the button of our content',
    { ButtonPayload: '!start', Body: 'להמשך' },
    { kind: 'choice', choice: '!start' },
  ],
  [
    'the button of another',
    { ButtonPayload: 'yes', ButtonText: 'כן', Body: 'כן' },
    { kind: 'text', text: 'כן' },
  ],
])('%s', async (_, form, content) => {
  expect(await subject.twilio.receive({ From: personAtTwilio, ...form })).toBe(200);
  expect(await receivedBy(subject)).toMatchObject([{ content }]);
});

test('[M12] somebody who shows no number is written to by their id', async () => {
  await subject.twilio.receive({ From: 'whatsapp:IL.13491208655302741918', Body: 'שלום' });
  await subject.app.conversations.idle();
  expect(subject.twilio.sent).toMatchObject([{ to: 'whatsapp:IL.13491208655302741918' }]);
});

test('SMS of the same account goes its own way beside it', async () => {
  const both = await twilioWhatsappSubject({ TWILIO_FROM: '+972591112222' });
  await both.twilio.receive({ From: '+972501234567', Body: 'שלום' });
  await both.twilio.receive({ From: personAtTwilio, Body: 'שלום' });
  const posted = { MessageSid: 'SM1', AccountSid: twilioAccount.accountSid, From: personAtTwilio, Body: 'x' };
  expect((await both.twilio.post('/channels/sms', posted)).status).toBe(200);
  await both.app.conversations.idle();
  expect(both.twilio.sent.map(({ to }) => to)).toEqual(['+972501234567', personAtTwilio]);
  expect((await receivedBy(both)).map(({ channel }) => channel).toSorted()).toEqual(['sms', 'whatsapp']);
  await both.close();
});

test('an answer is typed as what stands beside it', async () => {
  await subject.begin('billing-clarity');
  await subject.write('1');
  expect(await answersOf(subject)).toEqual({ seen: true });
});
