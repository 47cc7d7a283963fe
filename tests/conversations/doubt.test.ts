import { expect, test } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { DeliveryError } from '../../src/channels/errors.ts';
import { textOnly } from '../channels/sample.ts';
import { beginAt } from '../channels/subjects/begin.ts';
import { pass, sentBy } from '../contracts/channel/looking.ts';
import { createTestApp, testClock } from '../support/test-app.ts';

test.each([
  ['breaks', () => new Error('The line broke')],
  ['times out', () => new DeliveryError('ambiguous', 'econnaborted')],
  ['is refused', () => new DeliveryError('never', 'http_400')],
])(
  '[M10] a provider that cannot be asked about a message in doubt, because asking %s, is asked again before anything is sent',
  async (_, failure) => {
    const happened: string[] = [];
    const clock = testClock();
    const channel: Channel = {
      name: 'phone-app',
      account: 'main',
      capabilities: textOnly,
      send() {
        happened.push('send');
        return Promise.reject(new DeliveryError('ambiguous', 'timeout'));
      },
      reconcile() {
        happened.push('ask');
        return happened.length === 2 ? Promise.reject(failure()) : Promise.resolve('accepted');
      },
    };
    const app = await createTestApp({ channels: [channel], now: clock.now });
    await beginAt(app, { channel, address: 'person', questionnaireId: 'purchase-nps' });
    const subject = { app, clock };
    await pass(subject, 600);
    expect(happened).toEqual(['send', 'ask']);
    expect(await sentBy(subject)).toMatchObject([{ state: 'queued', ambiguous: 1 }]);
    await pass(subject, 600);
    expect(happened).toEqual(['send', 'ask', 'ask']);
    expect(await sentBy(subject)).toMatchObject([{ state: 'sent', ambiguous: 1 }]);
    await app.close();
  },
);
