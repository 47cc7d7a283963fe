import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** How commands on this machine reach the server that holds the data folder. The file is readable by its owner only. */
const runningSchema = z.strictObject({ url: z.string(), operatorToken: z.string() });

export type Running = z.infer<typeof runningSchema>;

export function noteRunning(dataDir: string, { url, operatorToken }: Running): void {
  const running: Running = { url, operatorToken };
  writeFileSync(pathIn(dataDir), JSON.stringify(running), { mode: 0o600 });
}

export function forgetRunning(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true });
}

/** The server that was started last on this data folder; it may have ended without forgetting to say so. */
export function findRunning(dataDir: string): Running | undefined {
  try {
    return runningSchema.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'running.json');
}
