import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Usage } from './report-usage.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
const readySecondsMax = 30;

const reportUsage = pathToFileURL(join(import.meta.dirname, 'report-usage.ts')).href;

/** From the start of the process to the first 200 of /readyz. */
export interface Start {
  readonly milliseconds: number;
  /** For how long it kept a processor busy until then; on a busy machine much less than it took. */
  readonly cpuMilliseconds: number;
}

/** A server that is ready. */
export interface Server extends Start {
  ask(usage: Usage): Promise<number>;
  /** Gracefully, because Node writes its compile cache when a program ends, or by `SIGKILL`. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts the server as `npm start` does, and stops it once it answers. */
export async function startOnce(
  environment: Readonly<Record<string, string>>,
  node: readonly string[] = [],
): Promise<Start> {
  const server = await startServer(environment, node);
  await server.end();
  return server;
}

/** Starts the server as `npm start` does, and waits until it answers. */
export async function startServer(
  environment: Readonly<Record<string, string>>,
  node: readonly string[] = [],
): Promise<Server> {
  const port = await freePort();
  const before = performance.now();
  const child = spawn(process.execPath, ['--import', reportUsage, ...node, main], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { LOG_LEVEL: 'warn', ...process.env, ...environment, PORT: String(port), HOST: '127.0.0.1' },
  });

  async function ask(usage: Usage): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const onExit = (code: number | null, signal: string | null) =>
      reject(new Error(`The server ended with ${code ?? signal}`));
    child.once('message', resolve).once('exit', onExit);
    child.send(usage);
    const answer = await promise;
    child.off('exit', onExit);
    return z.number().parse(answer);
  }

  try {
    await untilReady(`http://127.0.0.1:${port}/readyz`, child);
    const milliseconds = performance.now() - before;
    const cpuMilliseconds = await ask('cpuMilliseconds');
    return { milliseconds, cpuMilliseconds, ask, end: (signal = 'SIGTERM') => end(child, signal) };
  } catch (error) {
    await end(child, 'SIGKILL');
    throw error;
  }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const end = performance.now() + readySecondsMax * 1000;
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}`);
    const ready = await fetch(url).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status === 200;
      },
      () => false,
    );
    if (ready) return;
    await wait(5);
  }
  throw new Error(`The server was not ready within ${readySecondsMax} seconds`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
