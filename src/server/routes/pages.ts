import { join } from 'node:path';
import express, { type Response, Router } from 'express';
import type { ServerDependencies } from '../dependencies.ts';

/** Files whose names carry a hash of their content never change. */
const hashedFilesSeconds = 365 * 24 * 3600;

/** The built pages. The chat may be embedded where the operator allows it, staff pages nowhere. */
export function pageRoutes({ pagesDirectory, settings }: ServerDependencies): Router {
  const router = Router();
  const frameAncestors = settings.widgetOrigins.join(' ');

  const page = (file: string) => (_request: unknown, response: Response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(join(pagesDirectory, file));
  };
  const embeddable = (_request: unknown, response: Response, next: () => void) => {
    const policy = String(response.getHeader('Content-Security-Policy') ?? '');
    response.setHeader(
      'Content-Security-Policy',
      policy.replace("frame-ancestors 'none'", `frame-ancestors ${frameAncestors}`),
    );
    next();
  };

  router.get(['/', '/s/:code'], embeddable, page('chat/index.html'));
  router.get('/widget-demo', page('widget/demo.html'));
  router.get(['/results', '/results/*path'], page('results/index.html'));
  router.use(
    '/assets',
    express.static(join(pagesDirectory, 'assets'), {
      immutable: true,
      maxAge: hashedFilesSeconds * 1000,
      index: false,
    }),
  );
  router.use(express.static(pagesDirectory, { index: false, maxAge: 300_000 }));
  return router;
}
