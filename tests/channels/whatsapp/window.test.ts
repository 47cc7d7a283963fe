import { afterEach, describe, expect, test } from 'vitest';
import { answersOf, pass, sentBy } from '../../contracts/channel/looking.ts';
import { type CloudSubject, cloudSubject, personsDigits } from '../subjects/whatsapp-cloud.ts';
import {
  personAtTwilio,
  type TwilioWhatsappSubject,
  twilioWhatsappSubject,
} from '../subjects/whatsapp-twilio.ts';

const hour = 3600;
let subject: CloudSubject | TwilioWhatsappSubject;
afterEach(() => subject.close());

async function withTemplate(): Promise<CloudSubject> {
  const opened = await cloudSubject({ WHATSAPP_TEMPLATE: 'survey_waits' }, { survey_waits: ['he', 'en'] });
  subject = opened;
  return opened;
}

/** Somebody who has answered once, and then forgets it until the reminder. */
async function forget(opened: CloudSubject | TwilioWhatsappSubject): Promise<void> {
  await opened.write('שלום');
  await opened.begin('delivery-csat');
  await opened.app.conversations.idle();
  await opened.seen();
  const { items } = await opened.app.store.listContacts({ limit: 1 });
  const wakeAt = (await opened.app.store.readContact(items[0] ?? ''))?.contact.wakeAt ?? '';
  const seconds = (Date.parse(wakeAt) - Date.parse(opened.clock.now())) / 1000;
  expect(seconds).toBeGreaterThan(0);
  await pass(opened, Math.max(seconds, 25 * hour));
}

describe('[M13] to somebody who wrote within a day', () => {
  test('everything goes as it is, also just before the day is over', async () => {
    const opened = await withTemplate();
    await opened.write('שלום');
    await opened.app.conversations.idle();
    await pass(opened, 23 * hour);
    await opened.app.conversations.start({
      channel: opened.channel.name,
      account: opened.channel.account,
      address: `+${personsDigits}`,
      wanted: (await opened.app.library.latest('purchase-nps')) ?? expect.fail(),
      language: { code: 'he', chosen: false },
      resume: false,
    });
    await opened.app.conversations.idle();
    expect((await opened.seen()).at(-1)).toContain('כמה סביר');
  });
});

describe('[M13] to somebody who has not written for a day', () => {
  test('a template goes in place of the reminder, and its button has the question asked again', async () => {
    const opened = await withTemplate();
    await forget(opened);
    expect(await opened.seen()).toEqual(['(survey_waits in he)']);
    const context = { id: opened.meta.sent.at(-1)?.id };
    await opened.meta.receive(
      { number: personsDigits },
      { type: 'button', context, button: { payload: '!start', text: 'להמשך' } },
    );
    await opened.app.conversations.idle();
    const seen = await opened.seen();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatch(/\[.+\]/);
  });

  test('without a template the reminder fails, with the reason, and nothing is tried again', async () => {
    const opened = await cloudSubject();
    subject = opened;
    await forget(opened);
    expect(await opened.seen()).toEqual([]);
    expect((await sentBy(opened)).at(-1)).toMatchObject({ state: 'failed', reason: 'outside_window' });
    const { requests } = opened.meta;
    await pass(opened, hour);
    expect(opened.meta.requests).toBe(requests);
  });

  test('a template that exists in another language only is none', async () => {
    const opened = await cloudSubject({ WHATSAPP_TEMPLATE: 'en=survey_waits' }, { survey_waits: ['en'] });
    subject = opened;
    await forget(opened);
    expect((await sentBy(opened)).at(-1)).toMatchObject({ state: 'failed', reason: 'outside_window' });
  });

  test('a template that WhatsApp does not know is a refusal with its code', async () => {
    const opened = await cloudSubject({ WHATSAPP_TEMPLATE: 'no_such_template' });
    subject = opened;
    await forget(opened);
    expect((await sentBy(opened)).at(-1)).toMatchObject({ state: 'failed', reason: '132001' });
  });

  test('words of staff fail, so that staff see that they did not arrive', async () => {
    const opened = await withTemplate();
    await opened.write('נציג');
    await opened.app.conversations.idle();
    await pass(opened, 25 * hour);
    const { items } = await opened.app.store.listCases({ limit: 1, open: true });
    await opened.app.conversations.actOnCase(items[0]?.id ?? '', { type: 'reply', text: 'שלום, כאן נועה' });
    await opened.app.conversations.idle();
    expect((await sentBy(opened)).at(-1)).toMatchObject({ state: 'failed', reason: 'outside_window' });
  });
});

describe('[M13] to somebody of whom nothing is known', () => {
  test('a survey begins with the template, and goes on as soon as they answer it', async () => {
    const opened = await withTemplate();
    const wanted = (await opened.app.library.latest('purchase-nps')) ?? expect.fail();
    const start = { channel: opened.channel.name, account: opened.channel.account, wanted, resume: false };
    const language = { code: 'he', chosen: false } as const;
    await opened.app.conversations.start({ ...start, address: `+${personsDigits}`, language });
    await opened.app.conversations.idle();
    expect(await opened.seen()).toEqual(['(survey_waits in he)']);
    await opened.meta.receive(
      { number: personsDigits },
      { type: 'button', button: { payload: '!start', text: 'להמשך' } },
    );
    await opened.app.conversations.idle();
    expect((await opened.seen()).join('\n')).toContain('כמה סביר');
    await opened.write('9');
    expect(await answersOf(opened)).toEqual({ recommend: 9 });
  });

  test('without a template it is left to WhatsApp, whose refusal is noted', async () => {
    const opened = await cloudSubject();
    subject = opened;
    const wanted = (await opened.app.library.latest('purchase-nps')) ?? expect.fail();
    const start = { channel: opened.channel.name, account: opened.channel.account, wanted, resume: false };
    const language = { code: 'he', chosen: false } as const;
    await opened.app.conversations.start({ ...start, address: `+${personsDigits}`, language });
    await opened.app.conversations.idle();
    await opened.meta.settled();
    expect(await sentBy(opened)).toMatchObject([{ state: 'failed', reason: '131047' }]);
  });

  test('a refusal at once is answered by the template', async () => {
    const opened = await withTemplate();
    await opened.write('שלום');
    await opened.app.conversations.idle();
    await opened.seen();
    opened.meta.failNext({ kind: 'refuse', status: 400, code: 131047 });
    await opened.begin('purchase-nps');
    expect(await opened.seen()).toEqual(['(survey_waits in he)']);
  });
});

describe('[M13] through Twilio', () => {
  const he = 'HX00000000000000000000000000000001';

  test('a content goes in place of the reminder, and its button has the question asked again', async () => {
    const opened = await twilioWhatsappSubject({ WHATSAPP_TEMPLATE: `he=${he}` }, [he]);
    subject = opened;
    await forget(opened);
    expect(await opened.seen()).toEqual([`(${he})`]);
    await opened.twilio.receive({
      From: personAtTwilio,
      Body: 'להמשך',
      ButtonText: 'להמשך',
      ButtonPayload: '!start',
      MessageType: 'button',
    });
    await opened.app.conversations.idle();
    expect((await opened.seen()).join('\n')).toMatch(/\n1/);
  });

  test('without one the reminder fails', async () => {
    const opened = await twilioWhatsappSubject();
    subject = opened;
    await forget(opened);
    expect((await sentBy(opened)).at(-1)).toMatchObject({ state: 'failed', reason: 'outside_window' });
  });
});
