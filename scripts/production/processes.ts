import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Starts a program in a process group of its own, so that nothing of it can be left behind. */
export function start(words: readonly string[], options: SpawnOptions): ChildProcess {
  const [program = '', ...parameters] = words;
  return spawn(program, parameters, { stdio: ['ignore', 'inherit', 'inherit'], ...options, detached: true });
}

/** Runs a program to its end and answers its exit code; undefined when it had to be killed because it took too long, or could not be started. */
export async function run(
  words: readonly string[],
  options: SpawnOptions,
  limitSeconds: number,
): Promise<number | undefined> {
  return await exitCode(start(words, options), limitSeconds);
}

export async function exitCode(child: ChildProcess, limitSeconds: number): Promise<number | undefined> {
  try {
    if (child.exitCode === null && child.signalCode === null) {
      await once(child, 'exit', { signal: AbortSignal.timeout(limitSeconds * 1000) });
    }
    return child.exitCode ?? undefined;
  } catch {
    return undefined;
  } finally {
    killGroup(child);
  }
}

/** Kills what is left of a program's process group. */
export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left of it, which is what we want.
  }
}
