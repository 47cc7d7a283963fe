import express, { type Request, type Response, Router } from 'express';
import type { ChannelAnswer, ChannelHost, ChannelRequest, ChannelRoute } from '../../channels/channel.ts';
import type { ServerDependencies } from '../dependencies.ts';
import { Problem, problemOf, problemStatuses } from '../problem.ts';

/** How many requests of providers are handled at a time. Beyond these the store is behind, and whoever comes later is asked to come again. */
const requestsMax = 500;
const busyRetrySeconds = 2;

type Dependencies = Pick<ServerDependencies, 'channels' | 'log'> & {
  readonly settings: Pick<ServerDependencies['settings'], 'publicBaseUrl'>;
};

/** Mounts what the channels declare. Whatever is refused or ignored leaves one line in the log, without anything that was sent. */
export function channelRoutes({ channels, settings, log }: Dependencies): Router {
  const router = Router();
  let handling = 0;
  for (const { name, routes, host } of channels) {
    for (const route of routes) {
      router[lowerCase(route.method)](route.path, async (request, response) => {
        const note = (status: number, reason: string) =>
          log.warn(
            { channel: name, path: route.path, status, reason },
            'a request of a provider was not taken',
          );
        try {
          const answer = await answerTo(route, host, request, response);
          if (answer.reason !== undefined) note(answer.status, answer.reason);
          send(response, answer);
        } catch (error) {
          const { code } = problemOf(error);
          if (code !== 'internal_error') note(problemStatuses[code], code);
          throw error;
        }
      });
    }
    for (const path of new Set(routes.map((route) => route.path))) {
      const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
      router.all(path, (_request, response) => {
        response.setHeader('Allow', methods.join(', '));
        throw new Problem('method_not_allowed');
      });
    }
  }
  return router;

  async function answerTo(
    route: ChannelRoute,
    host: ChannelHost,
    request: Request,
    response: Response,
  ): Promise<ChannelAnswer> {
    // Not counted: whoever sends slowly must not keep others out.
    const arrived = await readRequest(route, request, response);
    if (handling >= requestsMax) throw new Problem('overloaded', { retryAfterSeconds: busyRetrySeconds });
    handling += 1;
    try {
      return await route.handle(arrived, host);
    } finally {
      handling -= 1;
    }
  }

  async function readRequest(
    { method, contentTypes, bodyBytesMax }: ChannelRoute,
    request: Request,
    response: Response,
  ): Promise<ChannelRequest> {
    if (method === 'POST' && !request.is([...contentTypes])) throw new Problem('unsupported_media_type');
    const body = method === 'POST' ? await readBody(request, response, bodyBytesMax) : new Uint8Array();
    const url = settings.publicBaseUrl + request.originalUrl;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    );
    return { headers, query: new URL(url).searchParams, body, url };
  }
}

/** The bytes as they came: a compressed body is refused, for the signature covers what was sent. */
async function readBody(request: Request, response: Response, bodyBytesMax: number): Promise<Uint8Array> {
  const read = express.raw({ type: () => true, limit: bodyBytesMax, inflate: false });
  await new Promise<void>((resolve, reject) =>
    read(request, response, (error: unknown) => (error ? reject(error) : resolve())),
  );
  return request.body instanceof Uint8Array ? request.body : new Uint8Array();
}

function send(response: Response, { status, headers = {}, body = '' }: ChannelAnswer): void {
  response.writeHead(status, { 'Content-Length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

function lowerCase(method: ChannelRoute['method']): 'get' | 'post' {
  return method === 'GET' ? 'get' : 'post';
}
