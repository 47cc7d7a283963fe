import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Faults } from './fault-server.ts';
import { type Moment, momentSchema, type Strike } from './strikes.ts';

/** A fault server that runs. */
export interface ServerProcess {
  /** Where it listens; empty when it ended before it did. */
  readonly url: string;
  readonly pid: number;
  /** Resolves when it has struck itself; never when it ends before. */
  arm(strike: Strike): Promise<Struck>;
  signal(name: NodeJS.Signals): void;
  /** Resolves to the signal that ended it, or to its exit code. */
  readonly ended: Promise<NodeJS.Signals | number>;
  readonly isRunning: boolean;
}

export interface Struck {
  readonly moment: Moment;
  /** The ids of the messages that were on their way to the provider. */
  readonly sending: readonly string[];
}

export interface ServerProcessOptions {
  /** The settings of the program. */
  readonly settings: Readonly<Record<string, string>>;
  readonly faults: Faults;
  /** Modules that Node loads first. */
  readonly preload?: readonly string[];
  /** No file that it writes grows longer. */
  readonly fileBytesMax?: number;
}

const program = join(import.meta.dirname, 'fault-server.ts');
const compileCache = join(tmpdir(), 'kashuv-faults-compile-cache');

/** Resolves when the server listens or has ended. It ends with this process at the latest. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { settings, faults, preload = [], fileBytesMax } = options;
  const limit = fileBytesMax === undefined ? [] : ['prlimit', `--fsize=${fileBytesMax}:unlimited`];
  const node = [process.execPath, ...preload.flatMap((module) => ['--import', module]), program];
  const [command = '', ...parameters] = [...limit, ...node];
  const child = spawn(command, parameters, {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: compileCache,
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      PORT: '0',
      FAULTS: JSON.stringify(faults),
      ...settings,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let struck = Promise.withResolvers<Struck>();
  const listening = Promise.withResolvers<string>();
  let isRunning = true;
  const ended = once(child, 'exit').then(([code, signal]): NodeJS.Signals | number => {
    isRunning = false;
    listening.resolve('');
    return signal ?? code;
  });
  // A server that was killed does not read what is written to it.
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [word, moment, ...sending] = line.split(' ');
    if (word === 'struck') struck.resolve({ moment: momentSchema.parse(moment), sending });
    else listening.resolve(line);
  });
  return {
    url: await listening.promise,
    pid: child.pid ?? 0,
    arm(strike) {
      struck = Promise.withResolvers();
      child.stdin.write(`${JSON.stringify(strike)}\n`);
      return struck.promise;
    },
    signal: (name) => child.kill(name),
    ended,
    get isRunning() {
      return isRunning;
    },
  };
}
