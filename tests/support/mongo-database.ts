import { randomBytes } from 'node:crypto';
import { createConnection } from 'mongoose';
import { inject } from 'vitest';

/** A database on the server of the tests, for one store at a time. The run drops all of them at its end. */
export interface TestDatabase {
  readonly uri: string;
  /** Empties it, which is quicker than making another one. */
  empty(): Promise<void>;
}

/** Makes a database with a name by chance, so that test files never meet. */
export function testDatabase(): TestDatabase {
  const uri = new URL(inject('mongoUri'));
  uri.pathname = `/${inject('mongoDatabasePrefix')}${randomBytes(6).toString('hex')}`;
  return {
    uri: uri.href,
    async empty() {
      const connection = await createConnection(uri.href, { maxPoolSize: 2 }).asPromise();
      try {
        for (const { name } of await connection.listCollections()) {
          if (name !== 'schema') await connection.collection(name).deleteMany({});
        }
      } finally {
        await connection.close();
      }
    },
  };
}

const free: TestDatabase[] = [];

/** Gives an empty database to somebody, and takes it back by `giveBack`. */
export function borrowDatabase(): { uri: string; giveBack: () => Promise<void> } {
  const database = free.pop() ?? testDatabase();
  return {
    uri: database.uri,
    async giveBack() {
      await database.empty();
      free.push(database);
    },
  };
}
