import { closeSync, mkdirSync, openSync } from 'node:fs';
import { StoreError } from '../errors.ts';

/** Makes a directory that only its owner may enter; one that exists is left as its owner has set it. */
export function createPrivateDirectory(path: string): void {
  inWords(path, () => mkdirSync(path, { recursive: true, mode: 0o700 }));
}

/** Makes an empty file that only its owner may read. SQLite gives the files that it puts beside a database the same rights. */
export function createPrivateFile(path: string): void {
  inWords(path, () => closeSync(openSync(path, 'a', 0o600)));
}

function inWords(path: string, act: () => void): void {
  try {
    act();
  } catch (cause) {
    throw new StoreError('unavailable', `Cannot write ${path}: is DATA_DIR a directory of yours?`, { cause });
  }
}
