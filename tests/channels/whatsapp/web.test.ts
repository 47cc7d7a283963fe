import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { createPacing } from '../../../src/channels/whatsapp/web/pacing.ts';
import { answersOf, pass, receivedBy, sentBy } from '../../contracts/channel/looking.ts';
import {
  personsAddress,
  personsChat,
  unlinkedSubject,
  type WebjsSubject,
  webjsSubject,
} from '../subjects/whatsapp-web.ts';

const hour = 3600;
let subject: WebjsSubject;

async function linked(): Promise<WebjsSubject> {
  subject = await webjsSubject();
  return subject;
}

async function unlinked(): Promise<WebjsSubject> {
  subject = await unlinkedSubject();
  return subject;
}

/** What was said to whom, since it was last asked for. */
async function settle({ app, channel }: WebjsSubject): Promise<void> {
  await channel.idle();
  await app.conversations.idle();
  await channel.idle();
}

describe.runIf(inject('whatsappWeb'))('WhatsApp Web, by the library’s own Client', () => {
  afterEach(() => subject.close());

  describe('linking a phone', () => {
    test('shows the code on the terminal and to staff, and never in the log', async () => {
      const { phone, channel, printed, connect, logged } = await unlinked();
      await connect();
      expect(channel.connection?.()).toEqual({ state: 'connecting' });
      await phone.showCode('2@secret,of,the,phone,1');
      await phone.showCode('2@another,of,the,phone,1');
      expect(channel.connection?.()).toEqual({ state: 'pairing', code: '2@another,of,the,phone,1' });
      expect(printed).toHaveLength(2);
      expect(printed[0]).toContain('▀▀▀▀▀▀▀');
      expect(printed[0]).toContain('Linked devices');
      const lines = logged();
      expect(lines.join('\n')).not.toContain('2@');
      expect(lines.filter((line) => line.includes('scan the code'))).toHaveLength(1);
      await phone.link();
      expect(channel.connection?.()).toEqual({ state: 'connected' });
    });

    test('warns at every start that WhatsApp may block the number', async () => {
      const { connect, logged } = await unlinked();
      await connect();
      expect(logged().join('\n')).toContain('WhatsApp may block the number');
    });

    test('keeps its session under the data folder, and opens the browser that the settings name', async () => {
      const { connect, phone, folder } = await unlinked();
      await connect();
      expect(existsSync(join(folder, 'whatsapp-web/session'))).toBe(true);
      expect(phone.options).toMatchObject({
        webVersionCache: { path: join(folder, 'whatsapp-web/page') },
        puppeteer: { headless: true, executablePath: '/usr/bin/chromium' },
      });
    });

    test('answers nobody who wrote before, to whoever held the phone then', async () => {
      const { connect, phone, clock } = await unlinked();
      phone.keep(personsChat, 'נפגשים בשמונה?');
      clock.advance(1);
      await connect();
      await phone.link();
      await settle(subject);
      expect(await receivedBy(subject)).toEqual([]);
      expect(phone.sent).toEqual([]);
    });
  });

  describe('a page that breaks', () => {
    test('is opened again, and what was written meanwhile is taken in, in its order', async () => {
      const { phone, clock, channel, logged, begin } = await linked();
      await begin('purchase-nps');
      await phone.changeState('UNPAIRED');
      phone.keep(personsChat, '9');
      clock.advance(1 / hour);
      phone.keep(personsChat, 'הכול היה מצוין');
      await new Promise((resolve) => setImmediate(resolve));
      await phone.link();
      await settle(subject);
      expect(phone.openings).toBe(2);
      expect(channel.connection?.()).toEqual({ state: 'connected' });
      expect(Object.values(await answersOf(subject))).toEqual([9, 'הכול היה מצוין']);
      expect(logged().join('\n')).toContain('disconnected');
    });

    test('is tried again for as long as it cannot be opened', async () => {
      const { phone, connect, channel } = await unlinked();
      phone.reachable = false;
      await connect();
      expect(phone.openings).toBeGreaterThan(1);
      phone.reachable = true;
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
      await phone.link();
      expect(channel.connection?.()).toEqual({ state: 'connected' });
    });

    test('is left to ask for a phone when the phone has logged it out, and what that phone had is forgotten', async () => {
      const { phone, channel, clock, folder } = await linked();
      phone.emit('disconnected', 'LOGOUT');
      expect(channel.connection?.()).toEqual({ state: 'down', reason: 'logout' });
      await phone.showCode('2@new');
      expect(existsSync(join(folder, 'whatsapp-web/paired-at'))).toBe(false);
      phone.keep(personsChat, 'זו כבר לא אותה חברה');
      clock.advance(1);
      await phone.link();
      await settle(subject);
      expect(phone.openings).toBe(1);
      expect(await receivedBy(subject)).toEqual([]);
    });
  });

  describe('receiving', () => {
    test.each([
      ['a message in a group', '120363000000000000@g.us', {}],
      ['a status', 'status@broadcast', { isStatusV3: true }],
      ['a channel', '120363000000000000@newsletter', {}],
      ['a call', personsChat, { type: 'call_log' }],
      ['news of keys', personsChat, { type: 'e2e_notification' }],
      ['a message that was taken back', personsChat, { type: 'revoked' }],
      ['what the phone’s owner writes', personsChat, { fromMe: true }],
    ])('%s is nothing to us', async (_, chat, more) => {
      const { phone } = await linked();
      phone.write(chat, '9', more);
      await settle(subject);
      expect(await receivedBy(subject)).toEqual([]);
    });

    test.each([
      ['a voice message', { type: 'ptt', directPath: '/v' }, { kind: 'media', mediaType: 'ptt' }],
      [
        'a picture with words',
        { type: 'image', directPath: '/v', caption: 'יפה' },
        { kind: 'text', text: 'יפה' },
      ],
      ['a contact', { type: 'vcard', body: 'BEGIN:VCARD' }, { kind: 'media', mediaType: 'vcard' }],
      [
        'a place',
        { type: 'location', body: 'AAAA', lat: 32, lng: 34 },
        { kind: 'media', mediaType: 'location' },
      ],
    ])('%s', async (_, more, content) => {
      const { phone } = await linked();
      phone.write(personsChat, '', more);
      await settle(subject);
      expect(await receivedBy(subject)).toMatchObject([{ content }]);
    });

    test('[M12] somebody whose number is hidden tomorrow is the same person', async () => {
      const { phone, begin } = await linked();
      phone.introduce({ number: personsChat, hidden: '111222333444@lid' });
      await begin('purchase-nps');
      phone.write('111222333444@lid', '9');
      await settle(subject);
      phone.write(personsChat, 'הכול היה מצוין');
      await settle(subject);
      expect(Object.values(await answersOf(subject))).toEqual([9, 'הכול היה מצוין']);
    });

    test('[M11] while the store is down nothing is lost and nothing overtakes', async () => {
      const { phone, gate, clock, begin, channel, app } = await linked();
      await begin('purchase-nps');
      gate.shut = true;
      phone.write(personsChat, '9');
      await channel.idle();
      gate.shut = false;
      clock.advance(1 / hour);
      phone.write(personsChat, 'הכול היה מצוין');
      const hosted = app.channels.find((one) => one.channel === channel);
      if (hosted) await channel.catchUp?.(hosted.host, app.now());
      await settle(subject);
      expect(Object.values(await answersOf(subject))).toEqual([9, 'הכול היה מצוין']);
      expect(await receivedBy(subject)).toHaveLength(2);
    });
  });

  describe('sending', () => {
    test('nobody is written to who has never written', async () => {
      const { phone, begin } = await unlinked();
      await subject.connect();
      await phone.link();
      await begin('purchase-nps');
      expect(phone.sent).toEqual([]);
      expect(await sentBy(subject)).toMatchObject([{ state: 'failed', reason: 'has_not_written_first' }]);
    });

    test('while no phone is linked messages wait, and staff are told', async () => {
      const { phone, connect, begin, app, channel } = await unlinked();
      phone.keep(personsChat, 'שלום', { t: 0 });
      await connect();
      await phone.showCode('2@x');
      await begin('purchase-nps');
      expect(await sentBy(subject)).toMatchObject([{ state: 'queued', reason: 'pairing' }]);
      await phone.link();
      await pass(subject, 120);
      expect(phone.sent).toHaveLength(1);
      expect(app.channels.some((one) => one.channel === channel)).toBe(true);
    });

    test('goes to the number that the person has, without previews of links', async () => {
      const { phone, begin } = await linked();
      await begin('purchase-nps');
      expect(phone.sent).toMatchObject([{ to: personsChat, id: { fromMe: true } }]);
      expect(personsAddress).toBe(`+${personsChat.split('@')[0]}`);
    });
  });
});

describe('pacing', () => {
  test('sends one after the other, with a while between that differs', async () => {
    const waits: number[] = [];
    const chances = [0, 0.5, 1];
    const pacing = createPacing({
      wait: (milliseconds) => {
        waits.push(milliseconds);
        return Promise.resolve();
      },
      random: () => chances.shift() ?? 0,
    });
    const order: number[] = [];
    const sends = [1, 2, 3].map((number) =>
      pacing.inTurn(() => {
        order.push(number);
        return number === 2 ? Promise.reject(new Error('broken')) : Promise.resolve();
      }),
    );
    expect((await Promise.allSettled(sends)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(order).toEqual([1, 2, 3]);
    expect(waits).toEqual([1000, 2000, 3000]);
  });

  test('hands back what would wait longer than a lease', async () => {
    const pacing = createPacing({ wait: () => new Promise(() => undefined), random: () => 0 });
    const sends = Array.from({ length: 8 }, () => pacing.inTurn(() => Promise.resolve()));
    const late = sends.slice(5).map((send) => send.catch((error: unknown) => error));
    expect(await Promise.all(late)).toMatchObject([
      { outcome: 'not_taken', code: 'paced', retryAfterSeconds: 15 },
      { outcome: 'not_taken' },
      { outcome: 'not_taken' },
    ]);
  });
});
