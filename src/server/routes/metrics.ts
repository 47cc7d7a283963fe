import { Router } from 'express';
import { z } from 'zod';
import { bearerOf, requireStaff, sameSecret } from '../auth.ts';
import type { ServerDependencies } from '../dependencies.ts';
import type { DocumentedPaths } from '../documented-paths.ts';

/**
 * `/metrics`, for Prometheus: by its own token where one is set, and for staff. Where a request comes from opens nothing, because behind a proxy
 * on the same machine every request comes from this machine.
 */
export function metricsRoutes(dependencies: ServerDependencies): Router {
  const { settings, readMetrics } = dependencies;
  const router = Router();
  router.get('/metrics', async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const { metricsToken } = settings;
    const bearer = bearerOf(request);
    const isPrometheus =
      metricsToken !== undefined && bearer !== undefined && sameSecret(bearer, metricsToken);
    if (!isPrometheus) await requireStaff(dependencies, request, response);
    const { contentType, text } = await readMetrics();
    response.setHeader('Content-Type', contentType);
    response.send(text);
  });
  return router;
}

export const metricsPaths = {
  '/metrics': {
    get: {
      summary: 'Tells the figures of this process, for Prometheus',
      access: 'staff',
      answers: {
        200: { description: 'The text format of Prometheus.', content: { 'text/plain': z.string() } },
      },
      problems: ['not_signed_in'],
    },
  },
} satisfies DocumentedPaths;
