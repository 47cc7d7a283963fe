import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import type { Config } from '../config.ts';
import { readKey, secretKeyPath } from '../secret-key.ts';
import { backUpSqliteStore } from '../store/sqlite/index.ts';
import { CommandError } from './command-error.ts';

const mongoAdvice = `The data is in MongoDB, which has tools of its own for this:
  mongodump --uri="$MONGODB_URI" --gzip --archive=kashuv.archive
Keep SECRET_KEY with it: without the key nobody in it can be found or written to. docs/running.md says how to get one moment of all of it.`;

/** Writes a copy of the embedded store into a file, or into a file of a folder that tells when it was made. */
export function backUp(config: Config, destination: string): void {
  if (config.mongodbUri !== undefined) throw new CommandError(mongoAdvice);
  const madeAt = new Date().toISOString();
  const file = fileFor(destination, madeAt);
  const secretKey = config.secretKey === undefined ? readKey(secretKeyPath(config.dataDir)) : undefined;
  const bytes = backUpSqliteStore({ directory: config.dataDir, file, madeAt, secretKey });
  console.log(`${file} holds everything as of ${madeAt} (${(bytes / 1_000_000).toFixed(1)} MB).`);
  console.log(
    secretKey === undefined
      ? 'Keep SECRET_KEY with it: without the key nobody in it can be found or written to.'
      : 'It holds the secret key as well: whoever can read the file can read every address in it.',
  );
}

function fileFor(destination: string, madeAt: string): string {
  const path = resolve(destination);
  const isFolder = destination.endsWith(sep) || (existsSync(path) && statSync(path).isDirectory());
  if (!isFolder) {
    if (!existsSync(dirname(path))) throw new CommandError(`There is no folder ${dirname(path)}.`);
    return path;
  }
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return join(path, `kashuv-${madeAt.replaceAll(':', '-')}.db`);
}
