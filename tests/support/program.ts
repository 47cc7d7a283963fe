import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const source = join(import.meta.dirname, '../../src');

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface Served {
  readonly url: string;
  /** The sign-in link of a first start. */
  readonly link: string | undefined;
}

/** The program as people run it, as processes of their own, with one set of settings. */
export interface Program {
  /** Runs a command to its end. */
  command(...args: readonly string[]): Promise<Outcome>;
  /** Runs a file of ours to its end, with something to read and other settings. */
  run(
    file: string,
    args: readonly string[],
    input?: string,
    settings?: Readonly<Record<string, string>>,
  ): Promise<Outcome>;
  /** Starts the server; resolves once it is ready. */
  serve(settings?: Readonly<Record<string, string>>): Promise<Served>;
  /** Stops the server, if one runs, and resolves to its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null | undefined>;
}

export function programWith(settings: Readonly<Record<string, string>>): Program {
  const environment = {
    ...process.env,
    PORT: '0',
    LOG_LEVEL: 'error',
    NODE_COMPILE_CACHE: join(tmpdir(), 'kashuv-cli-compile-cache'),
    ...settings,
  };
  let server: ChildProcess | undefined;

  const program: Program = {
    command: (...args) => program.run('cli.ts', args),

    async run(file, args, input = '', more = {}) {
      const child = spawn(process.execPath, [join(source, file), ...args], {
        env: { ...environment, ...more },
      });
      let output = '';
      let errors = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
      });
      child.stderr.on('data', (chunk) => {
        errors += chunk;
      });
      child.stdin.end(input);
      const [code] = await once(child, 'close');
      return { code, output, errors };
    },

    async serve(more = {}) {
      const started = spawn(process.execPath, [join(source, 'main.ts')], {
        env: { ...environment, ...more },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      server = started;
      let output = '';
      const { stdout } = started;
      if (!stdout) throw new Error('The server has no output');
      for await (const chunk of stdout.iterator({ destroyOnReturn: false })) {
        output += chunk;
        if (output.includes('Ctrl-C stops it')) break;
      }
      const url = /ready: (\S+)/.exec(output)?.[1] ?? '';
      return { url, link: /once within a day: (\S+)/.exec(output)?.[1] };
    },

    async stop(signal = 'SIGTERM') {
      const stopping = server;
      server = undefined;
      if (!stopping || stopping.exitCode !== null) return stopping?.exitCode;
      const exited = once(stopping, 'exit');
      stopping.kill(signal);
      const [code] = await exited;
      return code;
    },
  };
  return program;
}
