import { Agent } from 'node:http';
import { answerOrders } from '../child.ts';
import { openConversation, postMessage } from '../end-to-end/web-chat.ts';
import { loadOrderSchema } from './orders.ts';
import { openPage } from './page.ts';
import { startTally } from './tally.ts';

// A process of its own, so that making the load does not count as serving it.

/**
 * On every connection one conversation after the other is held until the time is over, each at one server: opened, its page opened, and each reply
 * posted when the page shows what the one before has caused.
 */
answerOrders(async (message) => {
  const { urls, connections, replies, ...time } = loadOrderSchema.parse(message);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const tally = startTally(time);
  let complete = 0;

  async function hold(url: string): Promise<void> {
    const begun = performance.now();
    const conversation = await openConversation(agent, url);
    tally.note(begun);
    const page = await openPage(url, conversation);
    try {
      await page.answered();
      for (const [number, text] of replies.entries()) {
        if (tally.over) return;
        const id = `message-${number}`;
        const from = performance.now();
        await postMessage(agent, url, conversation, { id, text });
        const acknowledgedAt = performance.now();
        await page.answered(id);
        tally.note(from, acknowledgedAt);
      }
      complete += 1;
    } finally {
      page.close();
    }
  }

  const workers = Array.from({ length: connections }, async (_, worker) => {
    const url = urls[worker % urls.length] ?? '';
    while (!tally.over) await hold(url);
  });
  await Promise.all(workers);
  agent.destroy();
  return { ...tally.result(), complete };
});
