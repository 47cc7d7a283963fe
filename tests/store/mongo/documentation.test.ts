import { readFileSync } from 'node:fs';
import { createConnection } from 'mongoose';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { openMongoStore } from '../../../src/store/mongo/index.ts';
import { answerOf, meet, moment, project, responseOf, tell } from '../../contracts/store/sample.ts';
import { testDatabase } from '../../support/mongo-database.ts';

const page = readFileSync(new URL('../../../docs/mongodb.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/\n([^\n]+):\n\n```js\n(.*?)```/gs)].map(([, title = '', code = '']) => ({
  title,
  code,
}));

describe('the examples of docs/mongodb.md', () => {
  let uri = '';

  beforeAll(async () => {
    if (!inject('mongoUri')) return;
    uri = testDatabase().uri;
    const store = await openMongoStore({ uri });
    await store.publishQuestionnaire(
      {
        format: 1,
        id: 'purchase-nps',
        touchpoint: 'purchase',
        languages: ['he'],
        questions: [{ id: 'why', kind: 'text' }],
        texts: { he: { title: 'קנייה', questions: { why: { prompt: 'למה?' } }, end: 'תודה.' } },
      },
      moment(),
    );
    const { contact } = await meet(store, 'ada');
    await project(
      store,
      'ada',
      {
        answers: [
          answerOf('ada', 's1', { metric: 'nps' }),
          answerOf('ada', 's1', { questionId: 'why', kind: 'text', value: 'ככה', rawText: 'ככה' }),
        ],
        responses: [responseOf('ada', 's1')],
      },
      { contact: { ...contact, optedOutAt: moment() } },
    );
    await tell(store, 'ada', ['never sent']);
    await tell(store, 'ada', [], { suppressQueued: true });
    await store.close();
  });

  test('there are some', () => {
    expect(examples.length).toBeGreaterThan(5);
  });

  test.each(examples)('$title', async ({ code }) => {
    const connection = await createConnection(uri, { maxPoolSize: 2 }).asPromise();
    try {
      const database = new Proxy({}, { get: (_, name) => connection.collection(String(name)) });
      const run = new Function('db', 'ISODate', `return ${code.trim()}`);
      const found = await run(database, (text: string) => new Date(text)).toArray();
      expect(found).not.toEqual([]);
      expect(JSON.stringify(found)).not.toContain('null');
    } finally {
      await connection.close();
    }
  });
});
