import { join } from 'node:path';
import express, { type RequestHandler, type Response, Router } from 'express';
import { findStaff } from '../auth.ts';
import type { ServerDependencies } from '../dependencies.ts';

/** Files whose names carry a hash of their content never change. */
const hashedFilesSeconds = 365 * 24 * 3600;

/** The built pages. The chat may be embedded where the operator allows it, staff pages nowhere. */
export function pageRoutes(dependencies: ServerDependencies): Router {
  const { pagesDirectory, settings } = dependencies;
  const router = Router();
  const frameAncestors = settings.widgetOrigins.join(' ');

  const page =
    (file: string, cacheControl = 'no-cache') =>
    (_request: unknown, response: Response) => {
      response.setHeader('Cache-Control', cacheControl);
      response.sendFile(join(pagesDirectory, file));
    };
  const forStaff: RequestHandler = async (request, response, next) => {
    if (!(await findStaff(dependencies, request)))
      response.status(401).setHeader('WWW-Authenticate', 'Bearer');
    next();
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
  // The page is the same for everybody, and says how to sign in where that has not happened; programs see it by the status.
  router.get(['/results', '/results/*path'], forStaff, page('results/index.html', 'no-store'));
  // Opening an admin link uses up nothing, so that previews of links do no harm: the page sends the code on.
  router.get('/admin/:code', page('results/index.html', 'no-store'));
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
