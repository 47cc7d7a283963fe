import { setTimeout } from 'node:timers/promises';
import { Router } from 'express';
import { z } from 'zod';
import { Refusal } from '../../conversations/refusal.ts';
import { StoreError } from '../../store/errors.ts';
import type { ServerDependencies } from '../dependencies.ts';
import type { DocumentedPaths } from '../documented-paths.ts';

/** Longer than a store that works takes to answer, and shorter than those who ask wait. */
const checkMilliseconds = 2000;

/** `/healthz`: the process runs, whatever the store does. `/readyz`: it can do its work now; not while the store is down, and not any more once it stops. */
export function healthRoutes({ store, closing }: Pick<ServerDependencies, 'store' | 'closing'>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    if (closing.aborted) throw new Refusal('draining');
    await Promise.race([store.check(), silence()]);
    response.json({ status: 'ready' });
  });
  return router;
}

/** A store that says nothing is as good as none. */
async function silence(): Promise<never> {
  await setTimeout(checkMilliseconds, undefined, { ref: false });
  throw new StoreError('unavailable', 'The store does not answer');
}

const statusSchema = (status: string) => ({
  'application/json': z.strictObject({ status: z.literal(status) }),
});

export const healthPaths = {
  '/healthz': {
    get: {
      summary: 'Tells that the process runs',
      answers: { 200: { description: 'It runs.', content: statusSchema('ok') } },
      problems: [],
    },
  },
  '/readyz': {
    get: {
      summary: 'Tells whether the server can do its work now',
      answers: { 200: { description: 'The store answers.', content: statusSchema('ready') } },
      problems: ['draining'],
    },
  },
} satisfies DocumentedPaths;
