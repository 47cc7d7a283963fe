import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { answerOrders } from '../child.ts';
import { inParallel } from '../in-parallel.ts';
import { type LoadOrder, loadOrderSchema } from './load-orders.ts';
import { openConversation, postMessage } from './web-chat.ts';

// A process of its own, so that making the load does not count as serving it.

const openConnections = 32;
const listening = new Set<IncomingMessage>();

answerOrders(async (message) => {
  const order = loadOrderSchema.parse(message);
  switch (order.kind) {
    case 'open':
      return await open(order.url, order.count);
    case 'talk':
      return await talk(order);
    case 'listen':
      for (const conversation of order.conversations) await listen(order.url, conversation);
      return {};
    case 'stop_listening':
      for (const stream of listening) stream.destroy();
      listening.clear();
      return {};
  }
});

async function open(url: string, count: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: openConnections });
  const conversations: string[] = [];
  await inParallel(openConnections, count, async () => {
    conversations.push(await openConversation(agent, url));
  });
  agent.destroy();
  return { conversations };
}

/** Every connection takes a conversation, sends its replies one after the other as each is acknowledged, and takes the next. */
async function talk({ url, conversations, replies, connections }: Extract<LoadOrder, { kind: 'talk' }>) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const begin = performance.now();
  await inParallel(connections, conversations.length, async (index) => {
    for (const [number, text] of replies.entries()) {
      await postMessage(agent, url, conversations[index] ?? '', { id: `message-${number}`, text });
    }
  });
  const seconds = (performance.now() - begin) / 1000;
  agent.destroy();
  return { messages: conversations.length * replies.length, seconds };
}

async function listen(url: string, conversation: string): Promise<void> {
  const pending = request(`${url}/channels/web/conversations/${conversation}/events`, { agent: false }).end();
  const [stream]: IncomingMessage[] = await once(pending, 'response');
  if (!stream) return;
  listening.add(stream);
  stream.on('error', () => listening.delete(stream));
  await once(stream.resume(), 'resume');
}
