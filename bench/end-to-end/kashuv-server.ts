import { createApp, listen } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { answerOrders } from '../child.ts';
import { document } from '../engine/conversation.ts';
import { answerServerOrder } from './server-orders.ts';

// The product as `npm start` runs it, on the data folder named in the environment, with the bench questionnaire published.

const reading = readConfig({ ...process.env, PORT: '0', HOST: '127.0.0.1' });
if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
const app = await createApp({ config: reading.config });
await app.store.publishQuestionnaire(document, app.now());
const { url } = await listen(app);
app.startSweeping();

answerOrders((order) =>
  answerServerOrder(
    {
      url,
      async settle() {
        await app.conversations.idle();
        const { inbound, outbound } = await app.store.findWork({ limit: 1 });
        if (inbound.length + outbound.length > 0) throw new Error('Messages are left over');
        return { complete: await countComplete() };
      },
    },
    order,
  ),
);

async function countComplete(): Promise<number> {
  const totals = await app.store.readTotals({ questionnaireId: document.id });
  let count = 0;
  for (const total of totals) if (total.questionId === 'comment') count += total.count;
  return count;
}
