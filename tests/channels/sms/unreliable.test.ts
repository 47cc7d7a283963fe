import { expect, test } from 'vitest';
import { pass } from '../../contracts/channel/looking.ts';
import type { Fault } from '../../support/twilio.ts';
import { beginAt } from '../subjects/begin.ts';
import { type SmsSubject, smsSubject } from '../subjects/sms.ts';

const people = 8;
const replies = ['9', 'הכול היה מצוין, תודה לדני מהחנות', '5', '2'];

/** Numbers from 0 up to 1 that are the same at every run (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const faults: readonly Fault[] = [
  { kind: 'refuse', status: 429, code: 20429, retryAfter: 3 },
  { kind: 'refuse', status: 503 },
  { kind: 'refuse', status: 500 },
  { kind: 'cut', taken: false },
  { kind: 'cut', taken: true },
  { kind: 'receipts_first', states: ['sent', 'delivered'] },
];

/** Twilio with the connection overrides that we ask for: it tries again when it gets no success, and in the end keeps the message. */
async function deliver(
  subject: SmsSubject,
  chance: () => number,
  form: { From: string; Body: string; MessageSid: string },
) {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    subject.gate.shut = chance() < 0.3;
    const copies = chance() < 0.3 ? 3 : 1;
    const statuses = await Promise.all(Array.from({ length: copies }, () => subject.twilio.receive(form)));
    subject.gate.shut = false;
    if (statuses.includes(200)) return;
    expect(new Set(statuses)).toEqual(new Set([503]));
  }
  subject.twilio.keep({ ...form, at: new Date(subject.clock.now()) });
}

test.each([1, 2, 3, 4])(
  '[M2] with an unreliable Twilio and store every answer counts once and everybody is asked once (seed %i)',
  async (seed) => {
    const chance = chanceOf(seed);
    const subject = await smsSubject();
    const { app, twilio, channel } = subject;
    const numbers = Array.from({ length: people }, (_, index) => `+97250000000${index}`);
    try {
      const disturb = () => {
        if (chance() < 0.5)
          twilio.failNext(faults[Math.floor(chance() * faults.length)] ?? { kind: 'cut', taken: true });
      };
      const catchUp = async () => {
        const hosted = app.channels.find((one) => one.channel === channel);
        const since = new Date(Date.parse(app.now()) - 3_600_000).toISOString();
        if (hosted) await channel.catchUp?.(hosted.host, since);
        await app.conversations.idle();
      };
      for (const address of numbers) {
        disturb();
        await beginAt(app, { channel, address, questionnaireId: 'purchase-nps' });
      }
      for (const [step, Body] of replies.entries()) {
        await pass(subject, 120);
        for (const [index, From] of numbers.entries()) {
          disturb();
          await deliver(subject, chance, { From, Body, MessageSid: `SM${step}x${index}` });
        }
        await app.conversations.idle();
        await catchUp();
      }
      for (let round = 0; round < 10; round += 1) await pass(subject, 600);

      const { items } = await app.store.listResponses({ limit: 100 });
      expect(items.map(({ status }) => status)).toEqual(numbers.map(() => 'complete'));
      const answers = (await app.store.listAnswers({ limit: 100 })).items;
      expect(answers.map(({ rawText }) => rawText).sort()).toEqual(numbers.flatMap(() => replies).sort());
      const heard = numbers.map((number) =>
        twilio.sent.filter(({ to }) => to === number).map(({ body }) => body),
      );
      const [first = []] = heard;
      expect(new Set(first).size).toBe(first.length);
      for (const bodies of heard) expect(bodies).toEqual(first);
    } finally {
      await subject.close();
    }
  },
);
