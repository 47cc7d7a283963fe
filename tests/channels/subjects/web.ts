import { listen } from '../../../src/app.ts';
import { renderText } from '../../../src/channels/render.ts';
import { createGate } from '../../contracts/channel/gate.ts';
import type { ChannelSubject } from '../../contracts/channel.ts';
import { openConversation } from '../../support/chat-client.ts';
import { createTestApp, testClock } from '../../support/test-app.ts';
import { recordingLog } from './recording-log.ts';
import { tokenOf } from './tokens.ts';

/** The app with a visitor of its page, over HTTP. */
export async function webSubject(): Promise<ChannelSubject> {
  const clock = testClock();
  const gate = createGate();
  const { log, logged } = recordingLog();
  const app = await createTestApp({ now: clock.now, decorateStore: gate.decorate, log });
  const { url, close } = await listen(app);
  let conversationId: string | undefined;
  let looked = 0;
  let count = 0;

  async function open(questionnaireId: string, language?: string): Promise<string> {
    const wanted = await app.library.latest(questionnaireId);
    const opened = await openConversation(url, {
      touchpoint: wanted?.touchpoint ?? '',
      ...(language !== undefined && { language }),
    });
    conversationId = opened.conversationId;
    await app.conversations.idle();
    return opened.conversationId;
  }

  async function post(content: { text: string } | { choice: string }, id?: string): Promise<number> {
    count += 1;
    const at = conversationId ?? (await open('purchase-nps'));
    const response = await fetch(`${url}/channels/web/conversations/${at}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: id ?? `own-${count}`, ...content }),
    });
    await response.arrayBuffer();
    return response.status;
  }

  async function sent() {
    await app.conversations.idle();
    const addressId = app.addressBook.identify(app.web.name, app.web.account, conversationId ?? '');
    const contactId = await app.store.findContact(addressId);
    if (contactId === undefined) return [];
    const all = await app.store.readMessages({ contactId, addressId, limit: 500 });
    return all.flatMap((one) => (one.direction === 'out' && one.state !== 'suppressed' ? [one.message] : []));
  }

  return {
    app,
    channel: app.web,
    clock,
    gate,
    logged,
    url,
    async begin(questionnaireId, language) {
      await open(questionnaireId, language);
    },
    write: (text, { id } = {}) => post({ text }, id),
    tap: async (label, { id } = {}) => post({ choice: tokenOf(label, await sent()) }, id),
    async seen() {
      const news = (await sent()).slice(looked);
      looked += news.length;
      return news.map((message) => renderText(message, { kind: 'buttons' }));
    },
    async close() {
      await close();
      await app.close();
    },
  };
}
