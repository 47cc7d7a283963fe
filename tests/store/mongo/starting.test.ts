import { createServer, type Socket } from 'node:net';
import { createConnection, mongo } from 'mongoose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openMongoStore } from '../../../src/store/mongo/index.ts';
import { migrations } from '../../../src/store/mongo/migrations.ts';
import { meet } from '../../contracts/store/sample.ts';
import { testDatabase } from '../../support/mongo-database.ts';

async function onDatabase<Result>(
  uri: string,
  act: (database: mongo.Db) => Promise<Result>,
): Promise<Result> {
  const connection = await createConnection(uri, { maxPoolSize: 2 }).asPromise();
  try {
    if (!connection.db) throw new Error('Not connected');
    return await act(connection.db);
  } finally {
    await connection.close();
  }
}

const namesIn = (uri: string) =>
  onDatabase(uri, async (database) =>
    (await database.listCollections().toArray()).map(({ name }) => name).toSorted(),
  );

describe('starting', () => {
  test('many processes may start on a new database at once', async () => {
    const { uri } = testDatabase();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openMongoStore({ uri })));
    await Promise.all(stores.map((store, index) => meet(store, `person-${index}`)));
    await Promise.all(stores.map((store) => store.close()));
    await onDatabase(uri, async (database) => {
      expect(await database.collection('schema').find().toArray()).toEqual([
        { _id: 'kashuv', version: migrations.length },
      ]);
      expect(await database.collection('contacts').countDocuments()).toBe(4);
      const indexes = await database.collection('answers').indexes();
      expect(indexes.find(({ key }) => key.sessionId === 1)).toMatchObject({ unique: true });
    });
  });

  test('what an interrupted start has left is finished by the next', async () => {
    const { uri } = testDatabase();
    await onDatabase(uri, (database) =>
      database.collection('contacts').createIndex({ wakeAt: 1 }, { sparse: true }),
    );
    const store = await openMongoStore({ uri });
    await meet(store, 'ada');
    await store.close();
    expect(await namesIn(uri)).toContain('schema');
  });

  test('a database of a newer version is refused and left as it is', async () => {
    const { uri } = testDatabase();
    await onDatabase(uri, (database) =>
      database
        .collection<{ _id: string; version: number }>('schema')
        .insertOne({ _id: 'kashuv', version: 99 }),
    );
    await expect(openMongoStore({ uri })).rejects.toMatchObject({
      code: 'schema_newer',
      message: expect.stringContaining('newer version of Kashuv (schema 99'),
    });
    expect(await namesIn(uri)).toEqual(['schema']);
  });

  test('a server that is not there is told of, without the password of its address', async () => {
    const nobody = 'mongodb://me:a-password@127.0.0.1:1/kashuv?serverSelectionTimeoutMS=200';
    const error = await openMongoStore({ uri: nobody }).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ name: 'StoreError', code: 'unavailable' });
    expect(String(error)).toContain('MongoDB cannot be reached by MONGODB_URI');
    expect(String(error)).not.toContain('a-password');
  });

  test.each([
    'mongodb://host/?replicaSet=',
    'mongodb://host/?nonsense=1',
    'mongodb://host:99999/',
    'mongodb://%zz@host/',
  ])('an address such as %s is told of', async (uri) => {
    await expect(openMongoStore({ uri })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('MONGODB_URI is not the address of a MongoDB'),
    });
  });

  test('a standalone server is refused, with what to do about it', async () => {
    const { uri, commands } = await standaloneServer();
    await expect(openMongoStore({ uri })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/standalone server.*--replSet/),
    });
    expect(commands.filter((command) => !['hello', 'endSessions', 'ping'].includes(command))).toEqual([]);
  });
});

/** Speaks just enough of the protocol (OP_MSG and OP_QUERY) to be greeted, and notes what it is asked. */
async function standaloneServer(): Promise<{ uri: string; commands: string[] }> {
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 4 && received.length >= received.readInt32LE(0)) {
        const request = received.subarray(0, received.readInt32LE(0));
        received = received.subarray(request.length);
        commands.push(commandOf(request));
        socket.write(replyTo(request));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { uri: `mongodb://127.0.0.1:${port}/kashuv`, commands };
}

const opMessage = 2013;

function commandOf(request: Buffer): string {
  if (request.readInt32LE(12) !== opMessage) return 'hello';
  return Object.keys(mongo.BSON.deserialize(request.subarray(21)))[0] ?? '';
}

function replyTo(request: Buffer): Buffer {
  const hello = {
    ok: 1,
    isWritablePrimary: true,
    helloOk: true,
    maxWireVersion: 25,
    minWireVersion: 0,
    maxBsonObjectSize: 16_777_216,
  };
  const body = mongo.BSON.serialize(hello);
  const isMessage = request.readInt32LE(12) === opMessage;
  const between = isMessage ? Buffer.alloc(5) : Buffer.concat([Buffer.alloc(16), Buffer.from([1, 0, 0, 0])]);
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + between.length + body.length, 0);
  header.writeInt32LE(request.readInt32LE(4), 8);
  header.writeInt32LE(isMessage ? opMessage : 1, 12);
  return Buffer.concat([header, between, body]);
}
