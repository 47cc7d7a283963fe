import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of a server, and how many requests are under way on each. */
export interface Connections {
  /** Requests under way. */
  readonly requests: number;
  /** Closes every connection as soon as no request is under way on it: those without one at once. */
  closeWhenIdle(): void;
}

/**
 * Keeps account of a server's connections. Node closes those between two requests, but not one on which none has come yet, as browsers and pools
 * open them in advance, nor one whose request ends after the server was closed.
 */
export function trackConnections(server: Server): Connections {
  const open = new Map<Socket, number>();
  let requests = 0;
  let closing = false;

  server.on('connection', (socket) => {
    open.set(socket, 0);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => {
      count(socket, -1);
      if (closing) closeIfIdle(socket);
    });
  });

  function count(socket: Socket, by: 1 | -1): void {
    requests += by;
    const before = open.get(socket);
    if (before !== undefined) open.set(socket, before + by);
  }

  function closeIfIdle(socket: Socket): void {
    if (open.get(socket) === 0) socket.destroySoon();
  }

  return {
    get requests() {
      return requests;
    },
    closeWhenIdle() {
      closing = true;
      for (const socket of open.keys()) closeIfIdle(socket);
    },
  };
}
