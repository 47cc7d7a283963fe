import { mongo } from 'mongoose';
import { answerOrders } from '../child.ts';
import { bareOrderSchema } from './orders.ts';
import { startTally } from './tally.ts';

/**
 * The least that a turn can be on MongoDB: the bare driver finds a document and changes it under the guard of its version, with the write concern
 * and the pool of Kashuv. Documents are as long as those of its contacts. There is no HTTP, no message that is stored first, no projection.
 */
const client = new mongo.MongoClient(process.env.MONGODB_URI ?? '', {
  maxPoolSize: 20,
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
});

interface Counter {
  _id: number;
  version: number;
  head: string;
  rest: string;
}

const counters = client.db().collection<Counter>('counters');

/** What a turn writes anew of a contact is about so long, and the rest of the document about so. */
const headLength = 700;
const restLength = 1000;

answerOrders(async (message) => {
  const { connections, ...time } = bareOrderSchema.parse(message);
  await counters.deleteMany({});
  const text = (length: number) => 'x'.repeat(length);
  await counters.insertMany(
    Array.from({ length: connections }, (_, _id) => ({
      _id,
      version: 1,
      head: text(headLength),
      rest: text(restLength),
    })),
  );
  const tally = startTally(time);
  const workers = Array.from({ length: connections }, async (_, _id) => {
    while (!tally.over) {
      const from = performance.now();
      const found = await counters.findOne({ _id });
      if (!found) throw new Error('A document is gone');
      const head = `${found.version}`.padEnd(headLength, 'x');
      const { matchedCount } = await counters.updateOne(
        { _id, version: found.version },
        { $set: { head }, $inc: { version: 1 } },
      );
      if (matchedCount !== 1) throw new Error('Somebody else was faster');
      tally.note(from, performance.now());
    }
  });
  await Promise.all(workers);
  return { ...tally.result(), complete: 0 };
});
