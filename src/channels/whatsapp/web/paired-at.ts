import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Since when the number belongs to this server, kept beside the session. What people wrote before was written to whoever holds the phone, and is
 * never answered.
 */
export interface PairedAt {
  /** The moment of the first call since `forget`, ISO 8601. */
  note(now: string): string;
  forget(): void;
}

export function createPairedAt(folder: string): PairedAt {
  const path = join(folder, 'paired-at');
  return {
    note(now) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      try {
        writeFileSync(path, now, { flag: 'wx', mode: 0o600 });
        return now;
      } catch {
        return readFileSync(path, 'utf8');
      }
    },
    forget() {
      rmSync(path, { force: true });
    },
  };
}
