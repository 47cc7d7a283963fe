import { type ChildProcess, fork } from 'node:child_process';
import type { z } from 'zod';

/** A process of a bench that answers orders, one at a time. */
export interface Child {
  ask<Schema extends z.ZodType>(order: unknown, answer: Schema): Promise<z.infer<Schema>>;
  end(): Promise<void>;
}

const orderSecondsUsual = 120;

/** Starts a module of the bench in a process of its own. It must answer each message with one message. */
export function startChild(
  module: string,
  options: {
    readonly node?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    /** How long an order may take before the bench gives up. */
    readonly orderSeconds?: number;
  } = {},
): Child {
  const child = fork(module, {
    execArgv: [...(options.node ?? [])],
    env: { ...process.env, ...options.environment },
  });
  const exited = exitOf(child);
  return {
    async ask(order, answer) {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const limit = setTimeout(
        () => reject(new Error(`${module} did not answer`)),
        (options.orderSeconds ?? orderSecondsUsual) * 1000,
      );
      const onExit = () => reject(new Error(`${module} has ended`));
      child.once('exit', onExit);
      child.once('message', resolve);
      try {
        child.send(JSON.parse(JSON.stringify(order)));
        return answer.parse(await promise);
      } finally {
        clearTimeout(limit);
        child.off('exit', onExit);
        child.off('message', resolve);
      }
    },
    async end() {
      child.kill();
      await exited;
    },
  };
}

/** Answers each order of the process that started this one, and ends with it. */
export function answerOrders(answer: (order: unknown) => unknown): void {
  process.on('message', async (order) => {
    process.send?.(await answer(order));
  });
  process.on('disconnect', () => process.exit());
}

function exitOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
  });
}
