import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createWhatsappWebChannel,
  type WhatsappWebChannel,
} from '../../../src/channels/whatsapp/web/channel.ts';
import { createGate } from '../../contracts/channel/gate.ts';
import type { ChannelSubject, Refusal } from '../../contracts/channel.ts';
import { createTestApp, testClock } from '../../support/test-app.ts';
import { type Phone, type PhoneFault, startPhone } from '../../support/whatsapp-phone.ts';
import { beginAt } from './begin.ts';
import { recordingLog } from './recording-log.ts';

export const personsChat = '972501234567@c.us';
export const personsAddress = '+972501234567';

export type WebjsSubject = ChannelSubject & {
  readonly channel: WhatsappWebChannel;
  readonly phone: Phone;
  readonly folder: string;
  /** What was printed on the terminal. */
  readonly printed: readonly string[];
  /** Opens the channel's connection, as a server does when it starts. */
  connect(): Promise<void>;
};

/** The app with a linked phone, driven by the library's own Client. */
export async function webjsSubject(start?: string): Promise<WebjsSubject> {
  const subject = await unlinkedSubject(start);
  subject.phone.keep(personsChat, 'Written long before', { t: 0 });
  await subject.connect();
  await subject.phone.link();
  await subject.channel.idle();
  subject.logged();
  return subject;
}

/** The same before the server has started and a phone was linked. */
export async function unlinkedSubject(start?: string): Promise<WebjsSubject> {
  const clock = testClock(start);
  const gate = createGate();
  const { log, logged } = recordingLog();
  const phone = startPhone({ now: () => new Date(clock.now()) });
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-whatsapp-'));
  const printed: string[] = [];
  const channel = createWhatsappWebChannel(
    { chromiumPath: '/usr/bin/chromium', dataDir: folder },
    {
      now: clock.now,
      print: (text) => printed.push(text),
      library: phone.library,
      wait: () => new Promise((resolve) => setImmediate(resolve)),
      random: () => 0.5,
    },
  );
  const app = await createTestApp({
    channels: [channel],
    now: clock.now,
    uptime: () => Date.parse(clock.now()) / 1000,
    decorateStore: gate.decorate,
    log,
  });
  const host = app.channels.find((one) => one.channel === channel)?.host;
  let looked = 0;

  async function write(text: string, id: string | undefined, more: Readonly<Record<string, unknown>> = {}) {
    const given = id === undefined ? {} : { id: { _serialized: id, id, fromMe: false, remote: personsChat } };
    phone.write(personsChat, text, { ...given, ...more });
    await channel.idle();
    return 200;
  }

  return {
    app,
    channel,
    clock,
    gate,
    logged,
    phone,
    folder,
    printed,
    async connect() {
      if (host) await channel.connect?.(host);
      await turnOver();
    },
    async begin(questionnaireId, language) {
      await beginAt(app, { channel, address: personsAddress, questionnaireId, language });
      await channel.idle();
    },
    write: (text, { id } = {}) => write(text, id),
    sendPicture: () => write('', undefined, { type: 'image', directPath: '/v/t62', mimetype: 'image/jpeg' }),
    async seen() {
      await app.conversations.idle();
      const news = phone.sent.slice(looked).map(({ body }) => body);
      looked = phone.sent.length;
      return news;
    },
    provider: {
      get taken() {
        return phone.sent.length;
      },
      get asked() {
        return phone.asked;
      },
      cannot: ['rate_limited', 'opted_out', 'bad_credentials'],
      refuseNext: (refusal) => phone.failNext(...faultsOf(refusal)),
      async report(place, state) {
        const message = phone.sent[place];
        if (!message) throw new Error(`The phone sent no message number ${place}`);
        phone.acknowledge(message, acks[state]);
        await channel.idle();
        return 200;
      },
      states: ['sent', 'delivered', 'read', 'failed'],
      keep(text) {
        phone.keep(personsChat, text);
        clock.advance(1 / 3600);
      },
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const acks = { failed: -1, sent: 1, delivered: 2, read: 3 };

function faultsOf(refusal: Refusal): readonly PhoneFault[] {
  switch (refusal.kind) {
    case 'no_such_address':
      return [{ kind: 'no_such_chat' }];
    case 'lost_before':
      return [{ kind: 'page_breaks', taken: false }];
    case 'lost_after':
      return [{ kind: 'page_breaks', taken: true }];
    case 'receipts_only':
      return [
        {
          kind: 'page_breaks',
          taken: true,
          acks: refusal.states.map((state) => acks[state]),
        },
      ];
    default:
      throw new Error(`A phone cannot treat a message as ${refusal.kind}`);
  }
}

/** Everything that has begun goes on until it waits for something from outside. */
async function turnOver(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
