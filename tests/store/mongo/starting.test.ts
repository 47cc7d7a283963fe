import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, mongo } from 'mongoose';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../../src/app.ts';
import { openMongoStore } from '../../../src/store/mongo/index.ts';
import { migrations } from '../../../src/store/mongo/migrations.ts';
import { meet } from '../../contracts/store/sample.ts';
import { testDatabase } from '../../support/mongo-database.ts';
import { testConfig } from '../../support/test-app.ts';

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
    const { port, commands } = await fakeServer();
    await expect(openMongoStore({ uri: `mongodb://127.0.0.1:${port}/kashuv` })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/standalone server.*--replSet/),
    });
    expect(commands.filter((command) => !['hello', 'endSessions', 'ping'].includes(command))).toEqual([]);
  });

  test('an account that is refused is told of, and nothing is written', async () => {
    const refused = { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.' };
    const { port, commands } = await fakeServer({ saslStart: refused });
    const error = await openMongoStore({
      uri: `mongodb://me:a-password@127.0.0.1:${port}/kashuv?serverSelectionTimeoutMS=2000`,
    }).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(String(error)).toMatch(/refuses the account in MONGODB_URI: Authentication failed/);
    expect(String(error)).not.toContain('a-password');
    expect(commands).not.toContain('insert');
  });

  test('a member of a replica set that takes no writes is refused, with what to write instead', async () => {
    const secondary = { setName: 'rs0', isWritablePrimary: false, secondary: true, hosts: ['127.0.0.1:1'] };
    const { port } = await fakeServer({ hello: secondary });
    const uri = `mongodb://127.0.0.1:${port}/kashuv?directConnection=true`;
    await expect(openMongoStore({ uri })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/takes no writes.*replicaSet=NAME/),
    });
  });

  test.each([4, 12])(
    'a server of wire version %i is told to be too old, and which is not',
    async (version) => {
      const { port } = await fakeServer({ hello: { maxWireVersion: version } });
      await expect(openMongoStore({ uri: `mongodb://127.0.0.1:${port}/kashuv` })).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringMatching(/MONGODB_URI.* (requires at least|needs) .*\d\.\d/),
      });
    },
  );

  test('[K4] a database is served with the key that it was written with, and with no other', async () => {
    const { uri } = testDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'kashuv-key-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const start = (secretKey: string) =>
      createApp({
        config: testConfig({ DATA_DIR: folder, MONGODB_URI: uri, SECRET_KEY: secretKey }),
        log: pino({ level: 'silent' }),
      });
    const one = 'the first secret key, which is long enough';
    await (await start(one)).close();
    await expect(start('the second secret key, which is long enough')).rejects.toMatchObject({
      code: 'wrong_key',
      message: expect.stringMatching(/^SECRET_KEY holds another key .*every process on this data/),
    });
    await (await start(one)).close();
  });

  test('[K4] of processes that start at once with different keys, those with one key serve', async () => {
    const { uri } = testDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'kashuv-key-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'a', 'b'].map((letter) =>
        createApp({
          config: testConfig({ DATA_DIR: folder, MONGODB_URI: uri, SECRET_KEY: letter.repeat(40) }),
          log: pino({ level: 'silent' }),
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.close();
  });
});

/** Speaks just enough of the protocol (OP_MSG and OP_QUERY) to be greeted, and notes what it is asked. */
async function fakeServer(
  answers: Readonly<Record<string, mongo.Document>> = {},
): Promise<{ port: number; commands: string[] }> {
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
        const command = commandOf(request);
        commands.push(command);
        socket.write(replyTo(request, { ...greeting, ...(answers[command] ?? answers.hello) }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return { port: address !== null && typeof address === 'object' ? address.port : 0, commands };
}

const opMessage = 2013;

function commandOf(request: Buffer): string {
  if (request.readInt32LE(12) !== opMessage) return 'hello';
  return Object.keys(mongo.BSON.deserialize(request.subarray(21)))[0] ?? '';
}

/** What a standalone server says of itself. */
const greeting = {
  ok: 1,
  isWritablePrimary: true,
  helloOk: true,
  maxWireVersion: 25,
  minWireVersion: 0,
  maxBsonObjectSize: 16_777_216,
};

function replyTo(request: Buffer, answer: mongo.Document): Buffer {
  const body = mongo.BSON.serialize(answer);
  const isMessage = request.readInt32LE(12) === opMessage;
  const between = isMessage ? Buffer.alloc(5) : Buffer.concat([Buffer.alloc(16), Buffer.from([1, 0, 0, 0])]);
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + between.length + body.length, 0);
  header.writeInt32LE(request.readInt32LE(4), 8);
  header.writeInt32LE(isMessage ? opMessage : 1, 12);
  return Buffer.concat([header, between, body]);
}
