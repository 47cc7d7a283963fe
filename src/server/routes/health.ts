import { Router } from 'express';
import type { ServerDependencies } from '../dependencies.ts';

/** `/healthz`: the process runs. `/readyz`: it can do its work now. */
export function healthRoutes({ store }: ServerDependencies): Router {
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
