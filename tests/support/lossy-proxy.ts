import { connect, createServer, type Socket } from 'node:net';

/** Stands between a store and its database and loses what it is told to lose. */
export interface LossyProxy {
  /** The same database, reached through the proxy. */
  readonly uri: string;
  /**
   * Cuts the connection at the next commands that hold all these words: before they reach the server, or after the server has carried them out and
   * before its reply comes back.
   */
  lose(part: 'request' | 'reply', words: readonly string[], times: number): void;
  /** Cuts every connection, and refuses new ones until `up`. */
  down(): void;
  up(): void;
  close(): Promise<void>;
}

export async function lossyProxy(uri: string): Promise<LossyProxy> {
  const target = new URL(uri);
  const sockets = new Set<Socket>();
  let isDown = false;
  let loss: { part: 'request' | 'reply'; words: readonly string[]; times: number } | undefined;

  const server = createServer((client) => {
    if (isDown) {
      client.destroy();
      return;
    }
    const upstream = connect({ host: target.hostname, port: Number(target.port) });
    let losesReply = false;
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once('error', cut).once('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.on('data', (chunk) => {
      const part = loss?.words.every((word) => chunk.includes(word)) ? loss.part : undefined;
      if (loss && part) loss = loss.times > 1 ? { ...loss, times: loss.times - 1 } : undefined;
      if (part === 'request') return cut();
      losesReply ||= part === 'reply';
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => (losesReply ? cut() : client.write(chunk)));
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
    });
  });

  const through = new URL(uri);
  through.hostname = '127.0.0.1';
  through.port = `${port}`;
  through.search = '?directConnection=true';
  return {
    uri: through.href,
    lose(part, words, times) {
      loss = { part, words, times };
    },
    down() {
      isDown = true;
      for (const socket of sockets) socket.destroy();
    },
    up() {
      isDown = false;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
