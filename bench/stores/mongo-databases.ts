import { randomBytes } from 'node:crypto';
import { mongo } from 'mongoose';
import { z } from 'zod';
import { startMongo } from '../../tests/support/mongo-server.ts';

/** The MongoDB of this bench, or what stands for it. */
export interface BenchMongo {
  readonly description: string;
  /** The address of a database that nobody has used; all of them are dropped at the end. */
  newDatabase(): string;
  /** How many operations the server has been asked for since it started. */
  countOperations(): Promise<number>;
  stop(): Promise<void>;
}

const countersSchema = z.object({ opcounters: z.record(z.string(), z.coerce.number()) });

/** Undefined where this machine has none. */
export async function startBenchMongo(): Promise<BenchMongo | undefined> {
  const server = await startMongo(process.env);
  if (!server) return undefined;
  const client = await new mongo.MongoClient(server.uri).connect();
  const names: string[] = [];

  return {
    description: server.description,
    newDatabase() {
      const name = `kashuv-bench-${randomBytes(6).toString('hex')}`;
      names.push(name);
      const uri = new URL(server.uri);
      uri.pathname = `/${name}`;
      return uri.href;
    },
    async countOperations() {
      const { opcounters } = countersSchema.parse(await client.db().admin().command({ serverStatus: 1 }));
      return Object.values(opcounters).reduce((sum, count) => sum + count, 0);
    },
    async stop() {
      for (const name of names) await client.db(name).dropDatabase();
      await client.close();
      await server.stop();
    },
  };
}
