import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { longWinded } from '../../contracts/channel/documents.ts';
import { answersOf, pass, receivedBy, sentBy } from '../../contracts/channel/looking.ts';
import { openConversation, postMessage } from '../../support/chat-client.ts';
import { ourNumber, twilioAccount } from '../../support/twilio.ts';
import { personsNumber, type SmsSubject, smsSubject } from '../subjects/sms.ts';
import { publicUrl } from '../subjects/twilio-posts.ts';

let subject: SmsSubject;

beforeEach(async () => {
  subject = await smsSubject();
});
afterEach(() => subject.close());

async function says(text: string, form: Readonly<Record<string, string>> = {}): Promise<string> {
  await subject.twilio.receive({ From: personsNumber, Body: text, ...form });
  await subject.app.conversations.idle();
  return (await subject.seen()).join('\n---\n');
}

async function statusOfResponse(): Promise<string | undefined> {
  return (await subject.app.store.listResponses({ limit: 1 })).items[0]?.status;
}

describe('what goes out', () => {
  test('names the number, the person, and where receipts go with our id of the message', async () => {
    await subject.begin('purchase-nps');
    const [sent] = subject.twilio.sent;
    expect(sent).toMatchObject({ to: personsNumber, from: ourNumber });
    const callback = new URL(sent?.statusCallback ?? '');
    expect(callback.origin + callback.pathname).toBe(`${publicUrl}/channels/sms/status`);
    expect(callback.hash).toBe('#rc=3&rp=ct,rt,5xx');
    const [message] = await sentBy(subject);
    expect(callback.searchParams.get('message')).toBe(`${message?.contactId}.${message?.seq}`);
  });

  test('goes through the messaging service where there is one', async () => {
    const service = await smsSubject({ TWILIO_MESSAGING_SERVICE_SID: 'MG00000000000000000000000000000001' });
    await service.begin('purchase-nps');
    expect(service.twilio.sent).toHaveLength(1);
    await service.close();
  });
});

describe('what comes in', () => {
  test('[M1] is believed by the address that Twilio was given, whatever the proxy says', async () => {
    await subject.begin('purchase-nps');
    const posting = {
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
    };
    expect(await subject.twilio.receive({ From: personsNumber, Body: '9' }, posting)).toBe(200);
    expect(await answersOf(subject)).toEqual({ recommend: 9 });
  });

  test('[M1] is refused when anything in it was changed after it was signed', async () => {
    await subject.begin('purchase-nps');
    const tamper = (body: string) => body.replace('Body=9', 'Body=0');
    expect(await subject.twilio.receive({ From: personsNumber, Body: '9' }, { tamper })).toBe(401);
    expect(await subject.twilio.receive({ From: personsNumber, Body: '9' }, { signature: 'wrong' })).toBe(
      401,
    );
    expect(await subject.twilio.receive({ From: personsNumber, Body: '9' }, { signature: 'missing' })).toBe(
      401,
    );
    expect(await answersOf(subject)).toEqual({});
    expect(subject.logged()).toHaveLength(3);
  });

  test('[M2] is the same message when Twilio repeats it, or posts it to the fallback address', async () => {
    await subject.begin('purchase-nps');
    const message = { From: personsNumber, Body: '9', MessageSid: 'SM1' };
    await subject.twilio.receive(message);
    await subject.twilio.receive(message, { headers: { 'i-twilio-idempotency-token': 'a' } });
    const fallback = { ErrorCode: '11200', ErrorUrl: `${publicUrl}/channels/sms` };
    expect(await subject.twilio.receive({ ...message, ...fallback })).toBe(200);
    expect(await receivedBy(subject)).toHaveLength(1);
  });

  test('[M3] is asked for again with a time to wait while the store is down', async () => {
    subject.gate.shut = true;
    const form = { MessageSid: 'SM1', AccountSid: twilioAccount.accountSid, From: personsNumber, Body: '9' };
    const response = await subject.twilio.post('/channels/sms', form);
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('is answered without a word, so that Twilio sends none', async () => {
    const form = { MessageSid: 'SM1', AccountSid: twilioAccount.accountSid, From: personsNumber, Body: '9' };
    const response = await subject.twilio.post('/channels/sms', form);
    expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(await response.text()).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  });

  test('[M11] is fetched after a time without a server, in its order, and only what people wrote to this number', async () => {
    await subject.begin('purchase-nps');
    const at = (minutes: number) => new Date(Date.parse(subject.clock.now()) + minutes * 60_000);
    subject.twilio.keep({ From: personsNumber, Body: 'הכול היה מצוין', at: at(2) });
    subject.twilio.keep({ From: personsNumber, Body: '9', at: at(1) });
    subject.twilio.keep({ From: 'KASHUV', Body: 'an advertisement', at: at(3) });
    subject.twilio.keep({ From: personsNumber, Body: '1', at: at(-120) });
    const hosted = subject.app.channels.find(({ channel }) => channel === subject.channel);
    const since = new Date(Date.parse(subject.clock.now()) - 60_000).toISOString();
    if (hosted) await subject.channel.catchUp?.(hosted.host, since);
    expect(Object.values(await answersOf(subject))).toEqual([9, 'הכול היה מצוין']);
  });
});

describe('[M5] a number means what it stood beside', () => {
  test('also under "did you mean", where the question itself has another order', async () => {
    await subject.begin('billing-clarity');
    await says('כן');
    await says('4');
    const asked = await says('כצפוי או גבוה');
    expect(asked).toContain('התכוונתם');
    expect(asked).toContain('1. כצפוי\n2. גבוה יותר');
    await says('2');
    expect(await answersOf(subject)).toMatchObject({ amount: 'higher' });
  });

  test('of the last question, and of no other', async () => {
    await subject.begin('billing-clarity');
    await says('1');
    await says('2');
    expect(await answersOf(subject)).toMatchObject({ seen: true, clear: 2 });
  });

  test('with what is said beside it', async () => {
    await subject.begin('billing-clarity');
    await says('כן');
    await says('5');
    await says('3. כי נוסף חיוב');
    const { items } = await subject.app.store.listAnswers({ limit: 10 });
    expect(items.find(({ questionId }) => questionId === 'amount')).toMatchObject({
      value: 'higher',
      comment: 'כי נוסף חיוב',
      inputMode: 'typed',
      rawText: '3. כי נוסף חיוב',
    });
  });
});

describe('[M7] a question that is too long for SMS', () => {
  test('comes as a link, which opens the same conversation where it stands', async () => {
    await subject.app.store.publishQuestionnaire(longWinded, subject.app.now());
    await subject.begin('long-winded');
    const seen = await subject.seen();
    const [words, link = ''] = seen.at(-1)?.split('\n') ?? [];
    expect(words).toBe('השאלה הבאה קצת ארוכה להודעה. אפשר לענות עליה כאן ולהמשיך משם:');
    expect(link).toMatch(/^https:\/\/survey\.example\.com\/s\/[\w-]{22}$/);

    const { conversationId } = await openConversation(subject.url ?? '', { code: link.split('/').at(-1) });
    await subject.app.conversations.idle();
    await postMessage(subject.url ?? '', conversationId, { id: 'm1', text: 'כן' });
    expect(await answersOf(subject)).toEqual({ sure: true });
    const { items } = await subject.app.store.listAnswers({ limit: 10 });
    expect(items).toMatchObject([{ channel: 'web' }]);
    expect((await subject.app.store.listResponses({ limit: 10 })).items).toMatchObject([
      { status: 'complete' },
    ]);
  });

  test('can be answered by SMS all the same', async () => {
    await subject.app.store.publishQuestionnaire(longWinded, subject.app.now());
    await subject.begin('long-winded');
    await says('כן');
    expect(await answersOf(subject)).toEqual({ sure: true });
  });
});

describe('[M8] the words of Twilio', () => {
  test.each(['STOP', 'stopall', 'Unsubscribe', ' cancel ', 'END', 'quit', 'REVOKE', 'OptOut'])(
    '"%s" is an opt-out that Twilio confirms and we do not',
    async (word) => {
      await subject.begin('purchase-nps');
      await subject.seen();
      const { asked } = subject.provider ?? {};
      expect(await says(word)).toBe('');
      expect(subject.twilio.confirmations).toEqual([personsNumber]);
      expect(await statusOfResponse()).toBe('opted_out');
      await says('שלום?');
      await pass(subject, 3600);
      expect(subject.provider?.asked).toBe(asked);
    },
  );

  test('customized ones are obeyed by what Twilio says of them', async () => {
    await subject.begin('purchase-nps');
    await subject.seen();
    expect(await says('די', { OptOutType: 'STOP' })).toBe('');
    expect(await statusOfResponse()).toBe('opted_out');
    expect(await says('חזרתי', { OptOutType: 'START' })).toBe('');
    expect(await says('9')).toContain('אין כרגע שאלון פתוח');
  });

  test('help that Twilio gives is not given twice', async () => {
    await subject.begin('purchase-nps');
    await subject.seen();
    expect(await says('HELP', { OptOutType: 'HELP' })).toBe('');
    expect(await says('עזרה')).toContain('אפשר לענות במילים שלכם');
  });

  test('"YES" answers a question, and takes somebody back who had opted out', async () => {
    await subject.begin('billing-clarity', 'en');
    await subject.seen();
    await says('YES');
    expect(await answersOf(subject)).toEqual({ seen: true });
    await says('STOP');
    expect(await says('YES')).toContain('Good to have you back');
    expect(subject.twilio.optedOut.has(personsNumber)).toBe(false);
  });

  test('"START" after a Hebrew opt-out, of which Twilio knows nothing, is confirmed by us', async () => {
    await subject.begin('purchase-nps');
    await subject.seen();
    expect(await says('הסר')).toContain('הוסרתם מהרשימה');
    expect(await says('START')).toContain('שמחים שחזרתם');
  });

  test('an opt-out that only a receipt tells of ends everything', async () => {
    await subject.begin('purchase-nps');
    const [sent] = subject.twilio.sent;
    if (sent) await subject.twilio.report(sent, 'failed', { ErrorCode: '21610' });
    await subject.app.conversations.idle();
    expect(await statusOfResponse()).toBe('opted_out');
    expect((await sentBy(subject)).map(({ state, reason }) => [state, reason])).toEqual([
      ['failed', '21610'],
    ]);
  });
});

describe('[M9] receipts', () => {
  test.each([
    ['accepted', 'sent'],
    ['queued', 'sent'],
    ['sending', 'sent'],
    ['scheduled', 'sent'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['undelivered', 'failed'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('"%s" means %s', async (status, state) => {
    await subject.begin('purchase-nps');
    const [sent] = subject.twilio.sent;
    expect(sent && (await subject.twilio.report(sent, status))).toBe(204);
    expect((await sentBy(subject))[0]?.state).toBe(state);
  });

  test('of messages that nobody knows are taken and change nothing', async () => {
    await subject.begin('purchase-nps');
    const [sent] = subject.twilio.sent;
    if (!sent) throw new Error('Nothing was sent');
    const unknown = {
      ...sent,
      sid: 'SM404',
      statusCallback: `${publicUrl}/channels/sms/status?message=nobody.1`,
    };
    expect(await subject.twilio.report(unknown, 'delivered')).toBe(204);
    expect(
      await subject.twilio.report(
        { ...unknown, statusCallback: `${publicUrl}/channels/sms/status?message=__proto__` },
        'failed',
      ),
    ).toBe(204);
    expect((await sentBy(subject))[0]?.state).toBe('sent');
  });
});

test('[M7] whoever publishes a questionnaire is told which of its questions SMS will send as links', async () => {
  const response = await fetch(`${subject.url}/api/v1/questionnaires`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${subject.operator}`,
      'content-type': 'application/json',
      'accept-language': 'en',
    },
    body: JSON.stringify(longWinded),
  });
  const { warnings } = await response.json();
  expect(warnings).toMatchObject([
    {
      pointer: '/texts/he/questions/sure/prompt',
      code: 'many_segments',
      detail: expect.stringContaining('link'),
    },
  ]);
});
