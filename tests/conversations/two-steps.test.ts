import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Channel, OutboundMessage } from '../../src/channels/channel.ts';
import { withControls } from '../channels/sample.ts';
import { beginAt } from '../channels/subjects/begin.ts';
import { tokenOf } from '../channels/subjects/tokens.ts';
import { answersOf } from '../contracts/channel/looking.ts';
import { createTestApp, testClock } from '../support/test-app.ts';

const address = 'person';

/** An app with a person at a channel of three buttons and a list of ten rows. */
async function open() {
  const sent: OutboundMessage[] = [];
  const channel: Channel = {
    name: 'phone-app',
    account: 'main',
    capabilities: withControls,
    send({ message }) {
      sent.push(message);
      return Promise.resolve({});
    },
  };
  const app = await createTestApp({ channels: [channel], now: testClock().now });
  const host = app.channels.find((one) => one.channel === channel)?.host;
  let count = 0;

  async function receive(content: { kind: 'text'; text: string } | { kind: 'choice'; choice: string }) {
    count += 1;
    const seen = sent.length;
    await host?.receive({ address, providerMessageId: String(count), content });
    await app.conversations.idle();
    return sent.slice(seen);
  }

  return {
    app,
    sent,
    begin: (questionnaireId: string) => beginAt(app, { channel, address, questionnaireId }),
    tap: (label: string) => receive({ kind: 'choice', choice: tokenOf(label, sent) }),
    write: (text: string) => receive({ kind: 'text', text }),
  };
}

let person: Awaited<ReturnType<typeof open>>;

beforeEach(async () => {
  person = await open();
});
afterEach(() => person.app.close());

const labelsOf = (message: OutboundMessage | undefined) => message?.choices?.map(({ label }) => label);
const answers = () => answersOf({ app: person.app });

test('[M4] a long scale is answered in two taps: a part of it, then the number', async () => {
  await person.begin('purchase-nps');
  expect(labelsOf(person.sent.at(-1))).toEqual(['בין 0 ל-3', 'בין 4 ל-7', 'בין 8 ל-10']);
  const [second, ...more] = await person.tap('בין 8 ל-10');
  expect(more).toEqual([]);
  expect(second?.text).toBe('מה המספר המדויק?');
  expect(labelsOf(second)).toEqual(['8', '9', '10']);
  expect(await answers()).toEqual({});
  await person.tap('9');
  expect(await answers()).toEqual({ recommend: 9 });
});

test('[M4] the first tap costs no try, and can be taken back by another', async () => {
  await person.begin('purchase-nps');
  for (let time = 0; time < 10; time += 1) await person.tap('בין 0 ל-3');
  expect(labelsOf((await person.tap('בין 4 ל-7')).at(-1))).toEqual(['4', '5', '6', '7']);
  await person.tap('7');
  expect(await answers()).toEqual({ recommend: 7 });
});

test('[M4] the number can be typed at either step', async () => {
  await person.begin('purchase-nps');
  await person.tap('בין 0 ל-3');
  await person.write('10');
  expect(await answers()).toEqual({ recommend: 10 });
});

test('[C4] a part of a scale that was answered already is an old button', async () => {
  await person.begin('purchase-nps');
  await person.write('9');
  const said = await person.tap('בין 8 ל-10');
  expect(said.map(({ text }) => text).join()).toContain('כבר עניתם על השאלה הזו');
  expect(await answers()).toEqual({ recommend: 9 });
});
