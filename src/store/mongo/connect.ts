import { type Connection, type ConnectOptions, createConnection, mongo } from 'mongoose';
import { StoreError } from '../errors.ts';

/** Where nothing else is said; every command has an end. */
const options: ConnectOptions = {
  appName: 'kashuv',
  autoIndex: false,
  autoCreate: false,
  maxPoolSize: 20,
  minPoolSize: 0,
  serverSelectionTimeoutMS: 5000,
  connectTimeoutMS: 5000,
  socketTimeoutMS: 20_000,
  waitQueueTimeoutMS: 10_000,
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  retryWrites: true,
  retryReads: true,
};

const defaultDatabase = 'kashuv';

/** MongoDB 5.0, the first with `$dateAdd`, by which leases are prolonged. */
const wireVersionMin = 13;

export interface Connected {
  readonly connection: Connection;
  readonly database: mongo.Db;
}

/**
 * Connects to the primary of a replica set or to a sharded cluster. Rejects with `unavailable` and a sentence for the operator when there
 * is nobody, when the server refuses us, or when it is a standalone server, which knows no transactions.
 */
export async function connect(uri: string): Promise<Connected> {
  const connection = createConnection();
  try {
    await connection.openUri(uri, { ...options, dbName: databaseOf(uri) });
    const { db: database } = connection;
    if (!database) throw new StoreError('unavailable', 'MongoDB gave no database');
    const hello = await database.admin().command({ hello: 1 });
    if (Number(hello.maxWireVersion) < wireVersionMin)
      throw new StoreError(
        'unavailable',
        'MONGODB_URI leads to a MongoDB that is too old. Kashuv needs 5.0 or newer.',
      );
    const isReplicaSet = typeof hello.setName === 'string';
    const isSharded = hello.msg === 'isdbgrid';
    if (!isReplicaSet && !isSharded)
      throw new StoreError(
        'unavailable',
        'MONGODB_URI leads to a standalone server. Kashuv needs a replica set; one node is enough: start mongod with --replSet rs0 and run rs.initiate() once.',
      );
    if (isReplicaSet && hello.isWritablePrimary !== true)
      throw new StoreError(
        'unavailable',
        'MONGODB_URI leads to a member of the replica set that takes no writes. Name the set, with replicaSet=NAME after the question mark, and not a single member.',
      );
    return { connection, database };
  } catch (error) {
    await connection.close(true).catch(() => undefined);
    throw error instanceof StoreError ? error : notConnected(error);
  }
}

/** The database that the address names. */
function databaseOf(uri: string): string {
  const [, name] = /^mongodb(?:\+srv)?:\/\/[^/?]+\/([^?]+)/.exec(uri) ?? [];
  return name === undefined ? defaultDatabase : decodeURIComponent(name);
}

/** Unauthorized and AuthenticationFailed: https://www.mongodb.com/docs/manual/reference/error-codes/ */
const refusals: ReadonlySet<number> = new Set([13, 18]);

/** The address itself is not said: it may hold a password. */
function notConnected(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const reason = error.message.replaceAll(/\/\/[^@/\s]*@/g, '//');
  // The package that takes the address apart has an error class of its own, with the same name.
  if (error instanceof mongo.MongoDriverError || error.name === 'MongoParseError')
    return new StoreError('unavailable', `MONGODB_URI is not the address of a MongoDB: ${reason}`);
  if (error instanceof mongo.MongoServerError && refusals.has(Number(error.code)))
    return new StoreError(
      'unavailable',
      `MongoDB refuses the account in MONGODB_URI: ${reason} Are the name, the password and authSource right, and may the account read and write the database?`,
    );
  const advice =
    'Does it run, and does this machine get through to it? A new replica set takes one rs.initiate().';
  return new StoreError('unavailable', `MongoDB cannot be reached by MONGODB_URI: ${reason}. ${advice}`, {
    cause: error,
  });
}
