import type { TestProject } from 'vitest/node';
import { box } from './box.ts';
import { startMongo } from './mongo-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server for the tests of the store on MongoDB; empty when this machine has none. */
    mongoUri: string;
  }
}

/**
 * Runs once before the tests: finds a MongoDB or starts one, and says which. Without one the tests of the store on MongoDB are skipped and a box
 * says so before and after the run; where CI is set that fails the run, because a skipped test must not look like a passed one there.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startMongo(process.env);
  project.provide('mongoUri', server?.uri ?? '');
  if (server) {
    console.log(`The store on MongoDB is tested on ${server.description}`);
    return () => server.stop();
  }
  if (process.env.CI) throw new Error(missingServer.join(' '));
  console.warn(box(missingServer));
  return async () => console.warn(box(missingServer));
}

const missingServer = [
  'THE TESTS OF THE STORE ON MONGODB ARE SKIPPED.',
  'There is no mongod here, and no Python with pip that could install a stand-in.',
  'Set MONGODB_TEST_URI to a replica set, put mongod on the PATH, or set',
  'MONGODB_TEST_DOWNLOAD=1 to download one, and run the tests again.',
];
