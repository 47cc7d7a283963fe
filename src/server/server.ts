import express, { type Express } from 'express';
import helmet from 'helmet';
import { admitInbound, refuseWhileDraining } from './admission.ts';
import type { ServerDependencies } from './dependencies.ts';
import { problemHandler, unknownRoute } from './problem.ts';
import { noteRequests } from './request-notes.ts';
import { apiRoutes } from './routes/api.ts';
import { channelRoutes } from './routes/channels.ts';
import { healthRoutes } from './routes/health.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { pageRoutes } from './routes/pages.ts';
import { webChatRoutes } from './routes/web-chat.ts';

/** Bodies beyond this are refused: four bytes for each of the 20,000 characters that a message may have, and its wrapping. */
const bodyBytesMax = 100_000;

/** Puts the HTTP side together: health, the web chat, the staff API, the pages, and one place for errors. */
export function createServer(dependencies: ServerDependencies): Express {
  const { settings, problemTitles, observe, log } = dependencies;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('etag', false);

  app.use(noteRequests(dependencies));
  // What customers write comes first: every router before it would cost each of their messages its matching.
  app.use('/channels', admitInbound(dependencies));
  app.use('/channels/web', express.json({ limit: bodyBytesMax }), webChatRoutes(dependencies));
  app.use(healthRoutes(dependencies), metricsRoutes(dependencies));
  app.use(refuseWhileDraining(dependencies));
  app.use(channelRoutes(dependencies));
  app.use(securityHeaders());
  app.use('/api/v1', apiRoutes(dependencies));
  app.use(pageRoutes(dependencies));
  app.use(unknownRoute);
  app.use(problemHandler({ titles: problemTitles, defaultLanguage: settings.defaultLanguage, observe, log }));
  return app;
}

/** What pages may load: their own files only, no inline scripts. Who may embed a page is said by the page's route. */
function securityHeaders() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    frameguard: false,
    crossOriginResourcePolicy: false,
    crossOriginOpenerPolicy: false,
    // Whether to demand HTTPS is the business of whoever terminates it.
    strictTransportSecurity: false,
  });
}
