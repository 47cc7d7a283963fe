import { afterAll, describe, vi } from 'vitest';
import { openMongoStore } from '../../src/store/mongo/index.ts';
import { storeContract } from '../contracts/store.ts';
import { mongoServer, testDatabase } from '../support/mongo-database.ts';

// Properties run hundreds of commands, and each is a round trip and a sync to disk of a server that others use as well.
vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(mongoServer === undefined)('MongoDB', () => {
  const database = mongoServer === undefined ? undefined : testDatabase();
  afterAll(() => database?.drop());

  storeContract('the store on MongoDB', async () => {
    if (!database) throw new Error('There is no MongoDB for the tests');
    const { uri } = database;
    let current = await openMongoStore({ uri });
    return {
      store: current,
      async reopen() {
        await current.close();
        current = await openMongoStore({ uri });
        return current;
      },
      async destroy() {
        await current.close();
        await database.empty();
      },
    };
  });
});
