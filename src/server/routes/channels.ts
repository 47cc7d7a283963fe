import express, { type Request, type Response, Router } from 'express';
import type { ChannelAnswer, ChannelRequest, ChannelRoute } from '../../channels/channel.ts';
import type { ServerDependencies } from '../dependencies.ts';
import { Problem, problemOf, problemStatuses } from '../problem.ts';

type Dependencies = Pick<ServerDependencies, 'channels' | 'log'> & {
  readonly settings: Pick<ServerDependencies['settings'], 'publicBaseUrl'>;
};

/** Mounts what the channels declare. Whatever is refused or ignored leaves one line in the log, without anything that was sent. */
export function channelRoutes({ channels, settings, log }: Dependencies): Router {
  const router = Router();
  for (const { name, routes, host } of channels) {
    const note = (path: string, status: number, reason: string) =>
      log.warn({ channel: name, path, status, reason }, 'a request of a provider was not taken');
    for (const route of routes) {
      const { path } = route;
      router[lowerCase(route.method)](path, async (request, response) => {
        try {
          const answer = await route.handle(await readRequest(route, request, response), host);
          if (answer.reason !== undefined) note(path, answer.status, answer.reason);
          send(response, answer);
        } catch (error) {
          // What is wrong on our side is logged where it becomes an answer.
          const { code } = problemOf(error);
          if (problemStatuses[code] < 500) note(path, problemStatuses[code], code);
          throw error;
        }
      });
    }
    for (const path of new Set(routes.map((route) => route.path))) {
      const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
      router.all(path, (_request, response) => {
        note(path, problemStatuses.method_not_allowed, 'method_not_allowed');
        response.setHeader('Allow', methods.join(', '));
        throw new Problem('method_not_allowed');
      });
    }
  }
  return router;

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

function send(response: Response, { status, headers, body }: ChannelAnswer): void {
  response.writeHead(status, headers).end(body);
}

function lowerCase(method: ChannelRoute['method']): 'get' | 'post' {
  return method === 'GET' ? 'get' : 'post';
}
