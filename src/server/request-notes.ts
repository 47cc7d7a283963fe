import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Log } from '../telemetry/log.ts';
import type { Observe } from '../telemetry/observation.ts';

const idHeader = 'X-Request-Id';

/** What nginx writes when the client has gone before it was answered; HTTP has no status for it. */
const clientGone = 499;

export interface RequestNotesDependencies {
  readonly closing: AbortSignal;
  readonly observe: Observe;
  readonly log: Pick<Log, 'debug'>;
}

/**
 * Gives every request an id, which stands in its answer, in its problem document and in the log, and notes how it was answered. An id that a
 * client sends is not taken over: it would be a way to write into the log.
 */
export function noteRequests({ closing, observe, log }: RequestNotesDependencies): RequestHandler {
  return (request, response, next) => {
    const requestId = randomUUID();
    const from = performance.now();
    response.setHeader(idHeader, requestId);
    if (closing.aborted) response.setHeader('Connection', 'close');
    const area = areaOf(request.path);
    response.once('close', () => {
      const seconds = (performance.now() - from) / 1000;
      const { method } = request;
      const status = response.headersSent ? response.statusCode : clientGone;
      if (!isStream(response))
        observe({ kind: 'answered', area, method: knownMethod(method), status, seconds });
      const milliseconds = Math.round(seconds * 1000);
      log.debug(
        { requestId, area, method: knownMethod(method), status, milliseconds },
        'a request was answered',
      );
    });
    next();
  };
}

/** The id that {@link noteRequests} has given the request that is answered by this. */
export function requestIdOf(response: Response): string {
  return String(response.getHeader(idHeader) ?? '');
}

/** The part of the server that a path belongs to. The path itself is not noted: it may hold the id that opens a conversation. */
function areaOf(path: string): string {
  const [, first = ''] = path.split('/');
  if (first === 'api' || first === 'channels') return first;
  return ['healthz', 'readyz', 'metrics'].includes(first) ? 'operation' : 'pages';
}

function knownMethod(method: string): string {
  return ['GET', 'HEAD', 'POST', 'OPTIONS'].includes(method) ? method : 'other';
}

function isStream(response: Response): boolean {
  return String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
}
