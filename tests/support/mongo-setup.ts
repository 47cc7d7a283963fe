import { randomBytes } from 'node:crypto';
import { createConnection } from 'mongoose';
import type { TestProject } from 'vitest/node';
import { box } from './box.ts';
import { startMongo } from './mongo-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server for the tests of the store on MongoDB; empty when this machine has none. */
    mongoUri: string;
    /** How the names of this run's databases begin. */
    mongoDatabasePrefix: string;
  }
}

/**
 * Runs once before the tests: finds a MongoDB or starts one, and says which. Without one the tests of the store on MongoDB are skipped and a box
 * says so before and after the run; where CI is set that fails the run, because a skipped test must not look like a passed one there.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startMongo(process.env);
  const prefix = `kashuv-test-${randomBytes(4).toString('hex')}-`;
  project.provide('mongoUri', server?.uri ?? '');
  project.provide('mongoDatabasePrefix', prefix);
  if (server) {
    console.log(`The store on MongoDB is tested on ${server.description}`);
    return async () => {
      await dropDatabases(server.uri, prefix);
      await server.stop();
    };
  }
  if (process.env.CI) throw new Error(missingServer.join(' '));
  console.warn(box(missingServer));
  return async () => console.warn(box(missingServer));
}

/** Removes what the run has made, also where a test file ended badly. */
async function dropDatabases(uri: string, prefix: string): Promise<void> {
  const connection = await createConnection(uri, { maxPoolSize: 2 }).asPromise();
  try {
    const { databases } = await connection.listDatabases();
    for (const { name } of databases.filter((database) => database.name.startsWith(prefix))) {
      await connection.getClient().db(name).dropDatabase();
    }
  } finally {
    await connection.close();
  }
}

const missingServer = [
  'THE TESTS OF THE STORE ON MONGODB ARE SKIPPED.',
  'There is no mongod here, and no Python with pip that could install a stand-in.',
  'Set MONGODB_TEST_URI to a replica set, put mongod on the PATH, or set',
  'MONGODB_TEST_DOWNLOAD=1 to download one, and run the tests again.',
];
