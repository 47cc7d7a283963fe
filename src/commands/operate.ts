import { z } from 'zod';
import { createApp, listen } from '../app.ts';
import type { Config } from '../config.ts';
import { findRunning, type Running } from '../running.ts';
import { CommandError } from './command-error.ts';

export interface Request {
  readonly method: 'GET' | 'POST';
  /** Below /api/v1, with its query. */
  readonly path: string;
  readonly body?: unknown;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Whoever answers for the store: the server that runs on the data folder, or one that was started for this command only. */
export interface Operator {
  ask(request: Request): Promise<Reply>;
}

/** Lets a command ask the API as the operator. What the requests caused has been dealt with when it resolves. */
export async function operate<Result>(
  config: Config,
  act: (operator: Operator) => Promise<Result>,
): Promise<Result> {
  const running = await findServer(config.dataDir);
  if (running) return act({ ask: (request) => ask(running, request) });
  const app = await createApp({ config });
  try {
    const listening = await listen({ ...app, config: { ...config, host: '127.0.0.1', port: 0 } });
    try {
      return await act({ ask: (request) => ask(listening, request) });
    } finally {
      await listening.close();
    }
  } finally {
    await app.close();
  }
}

/** The server that runs on the data folder, if one answers: it may have ended without saying so. */
export async function findServer(dataDir: string): Promise<Running | undefined> {
  const running = findRunning(dataDir);
  const health = running && (await fetch(`${running.url}/healthz`).catch(() => undefined));
  return health?.ok ? running : undefined;
}

async function ask({ url, operatorToken }: Running, { method, path, body }: Request): Promise<Reply> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${operatorToken}`,
      // The other words of the terminal are English too, and few terminals turn lines of Hebrew around.
      'accept-language': 'en',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new CommandError('The server ended before it answered.', { cause });
  });
  return { status: response.status, body: response.status === 204 ? undefined : await response.json() };
}

const problemSchema = z.looseObject({
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.looseObject({ pointer: z.string(), detail: z.string() })).optional(),
});

/** What the API says is wrong, as lines for the terminal. */
export function describeProblem({ body }: Reply): string {
  const { title, detail, errors = [] } = problemSchema.parse(body);
  return [detail ?? title, ...errors.map((fault) => `  ${fault.pointer || '/'}: ${fault.detail}`)].join('\n');
}
