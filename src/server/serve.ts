import { once, setMaxListeners } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createChanges } from './changes.ts';
import { trackConnections } from './connections.ts';
import type { ServerDependencies } from './dependencies.ts';
import { createServer } from './server.ts';

export interface Serving {
  /** Where this machine reaches the server. */
  readonly url: string;
  /** Where people reach it. */
  readonly publicUrl: string;
  /** From now on the server is not ready and turns new requests away; those under way go on, streams end. */
  drain(): void;
  /** How many requests are under way. */
  underWay(): number;
  /** Drains, lets the requests under way finish, and takes no more connections. */
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly host: string;
  /** Zero takes any free port. */
  readonly port: number;
  /** Where people reach it; undefined: where it listens. */
  readonly publicBaseUrl: string | undefined;
  /** How long requests under way may take before their connections are closed. */
  readonly closeGraceSeconds: number;
}

/** Listens and answers. Rejects when the port is taken. */
export async function serve(
  dependencies: Omit<ServerDependencies, 'settings' | 'closing' | 'changes'> & {
    readonly settings: Omit<ServerDependencies['settings'], 'publicBaseUrl'>;
  },
  { host, port, publicBaseUrl, closeGraceSeconds }: ServeOptions,
): Promise<Serving> {
  const server = createHttpServer();
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  const url = `http://${nameOf(host)}:${boundPort}`;

  const closing = new AbortController();
  // One for every open stream.
  setMaxListeners(0, closing.signal);
  const publicUrl = publicBaseUrl ?? url;
  const settings = { ...dependencies.settings, publicBaseUrl: publicUrl };
  const connections = trackConnections(server);
  const changes = createChanges(dependencies.store);
  server.on('request', createServer({ ...dependencies, settings, changes, closing: closing.signal }));

  return {
    url,
    publicUrl,
    drain: () => closing.abort(),
    underWay: () => connections.requests,
    async close() {
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      connections.closeWhenIdle();
      const force = setTimeout(() => server.closeAllConnections(), closeGraceSeconds * 1000);
      await closed;
      clearTimeout(force);
    },
  };
}

/** The name under which a browser on this machine reaches a server that listens on `host`. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
