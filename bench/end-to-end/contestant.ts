import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Child, startChild } from '../child.ts';
import { script } from '../engine/conversation.ts';
import { doneSchema, openedSchema, talkedSchema } from './load-orders.ts';
import { addressSchema, cpuSchema, memorySchema, settledSchema } from './server-orders.ts';

/** A server that takes part, in a process and on a data folder of its own. */
export interface Contestant {
  readonly name: string;
  /** Holds so many conversations to their end, with `pages` each of them open on a page that listens. */
  play(count: number, connections: number, options?: { readonly pages: boolean }): Promise<Played>;
  open(count: number): Promise<string[]>;
  listen(conversations: readonly string[]): Promise<void>;
  stopListening(): Promise<void>;
  memory(): Promise<z.infer<typeof memorySchema>>;
  leave(): Promise<void>;
}

export interface Played {
  readonly cpuMicrosecondsPerMessage: number;
  readonly messagesPerSecond: number;
}

/** Starts a server of this folder. Its conversations are opened and held by the load generator. */
export async function enter(name: string, module: string, load: Child): Promise<Contestant> {
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-bench-'));
  const server = startChild(join(import.meta.dirname, module), {
    node: ['--expose-gc'],
    environment: { DATA_DIR: folder },
  });
  const leave = async () => {
    await server.end();
    rmSync(folder, { recursive: true, force: true });
  };
  const { url } = await server.ask('address', addressSchema);
  let completeBefore = 0;

  async function open(count: number): Promise<string[]> {
    const { conversations } = await load.ask({ kind: 'open', url, count }, openedSchema);
    await server.ask('settle', settledSchema);
    return conversations;
  }

  async function listen(conversations: readonly string[]): Promise<void> {
    await load.ask({ kind: 'listen', url, conversations }, doneSchema);
  }

  async function stopListening(): Promise<void> {
    await load.ask({ kind: 'stop_listening' }, doneSchema);
  }

  return {
    name,
    open,
    listen,
    stopListening,
    async play(count, connections, { pages } = { pages: false }) {
      const conversations = await open(count);
      if (pages) await listen(conversations);
      const before = await server.ask('cpu', cpuSchema);
      const order = { kind: 'talk', url, conversations, replies: script.replies, connections };
      const { messages, seconds } = await load.ask(order, talkedSchema);
      const { complete } = await server.ask('settle', settledSchema);
      const after = await server.ask('cpu', cpuSchema);
      if (pages) await stopListening();
      if (complete - completeBefore !== count) {
        throw new Error(`${name} completed ${complete - completeBefore} of ${count} conversations`);
      }
      completeBefore = complete;
      return {
        cpuMicrosecondsPerMessage: (after.microseconds - before.microseconds) / messages,
        messagesPerSecond: messages / seconds,
      };
    },
    memory: () => server.ask('memory', memorySchema),
    leave,
  };
}
