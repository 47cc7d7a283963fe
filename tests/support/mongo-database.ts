import { randomBytes } from 'node:crypto';
import { createConnection } from 'mongoose';
import { inject } from 'vitest';

/** The server that mongo-setup.ts found; undefined when there is none and the tests that need it are skipped. */
export const mongoServer: string | undefined = inject('mongoUri') || undefined;

export interface TestDatabase {
  /** The address of a database of its own on the server of the tests. */
  readonly uri: string;
  /** Makes the database as if nobody had ever used it, but quicker than a new one. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}

/** A database with a name by chance, so that test files and runs never meet. */
export function testDatabase(): TestDatabase {
  if (mongoServer === undefined) throw new Error('There is no MongoDB for the tests');
  const uri = new URL(mongoServer);
  uri.pathname = `/kashuv-test-${randomBytes(6).toString('hex')}`;

  async function withDatabase(act: (connection: Awaited<ReturnType<typeof open>>) => Promise<void>) {
    const connection = await open();
    await act(connection).finally(() => connection.close());
  }

  const open = () => createConnection(uri.href, { maxPoolSize: 2 }).asPromise();

  return {
    uri: uri.href,
    empty: () =>
      withDatabase(async (connection) => {
        for (const { name } of await connection.listCollections()) {
          if (name !== 'schema') await connection.collection(name).deleteMany({});
        }
      }),
    drop: () => withDatabase((connection) => connection.dropDatabase()),
  };
}
