import type { ArrivedMessage, OutboundMessage } from '../../../src/channels/channel.ts';
import { createConsoleChannel } from '../../../src/channels/console/channel.ts';
import { renderForConsole } from '../../../src/channels/console/render.ts';
import { createGate } from '../../contracts/channel/gate.ts';
import type { ChannelSubject } from '../../contracts/channel.ts';
import { createTestApp, testClock } from '../../support/test-app.ts';
import { beginAt } from './begin.ts';
import { recordingLog } from './recording-log.ts';
import { tokenOf } from './tokens.ts';

const address = 'person';

export async function consoleSubject(): Promise<ChannelSubject> {
  const clock = testClock();
  const gate = createGate();
  const { log, logged } = recordingLog();
  const sent: OutboundMessage[] = [];
  const unseen: string[] = [];
  const channel = createConsoleChannel((message) => {
    sent.push(message);
    unseen.push(renderForConsole(message));
  });
  const app = await createTestApp({ channels: [channel], now: clock.now, decorateStore: gate.decorate, log });
  const hosted = app.channels.find((one) => one.channel === channel);
  let count = 0;

  async function receive(content: ArrivedMessage['content'], id?: string): Promise<number> {
    count += 1;
    await hosted?.host.receive({ address, providerMessageId: id ?? `own-${count}`, content });
    return 200;
  }

  return {
    app,
    channel,
    clock,
    gate,
    logged,
    begin: (questionnaireId, language) => beginAt(app, { channel, address, questionnaireId, language }),
    write: (text, { id } = {}) => receive({ kind: 'text', text }, id),
    tap: (label, { id } = {}) => receive({ kind: 'choice', choice: tokenOf(label, sent) }, id),
    sendPicture: () => receive({ kind: 'media', mediaType: 'image/jpeg' }),
    async seen() {
      await app.conversations.idle();
      return unseen.splice(0);
    },
    close: () => app.close(),
  };
}
