import { Router } from 'express';
import { z } from 'zod';
import type { ServerDependencies } from '../dependencies.ts';
import type { DocumentedPaths } from '../documented-paths.ts';

/** `/healthz`: the process runs. `/readyz`: it can do its work now. */
export function healthRoutes({ store }: Pick<ServerDependencies, 'store'>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    await store.check();
    response.json({ status: 'ready' });
  });
  return router;
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
      problems: [],
    },
  },
} satisfies DocumentedPaths;
