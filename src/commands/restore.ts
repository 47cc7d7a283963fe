import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { fingerprintOf, secretKeyPath } from '../secret-key.ts';
import { restoreSqliteStore } from '../store/sqlite/index.ts';
import { CommandError } from './command-error.ts';

const mongoAdvice = `The data is in MongoDB, which has tools of its own for this. With every process stopped, into an empty database:
  mongorestore --uri="$MONGODB_URI" --gzip --archive=kashuv.archive
and set SECRET_KEY to the key that the data was written with.`;

/** Puts the data of a backup into the data folder. */
export function restore(config: Config, file: string, { force }: { readonly force: boolean }): void {
  if (config.mongodbUri !== undefined) throw new CommandError(mongoAdvice);
  const { dataDir } = config;
  const { madeAt, replaced } = restoreSqliteStore({
    file: resolve(file),
    directory: dataDir,
    keyPath: secretKeyPath(dataDir),
    force,
    at: new Date().toISOString(),
    acceptKey: (secretKey, fingerprint) => requireKey(config.secretKey, secretKey, fingerprint),
  });
  console.log(`${dataDir} holds the data as of ${madeAt}. "npm start" serves it.`);
  if (replaced !== undefined) console.log(`What was there before is in ${replaced}.`);
}

/** The key that the server will have must be the one that the data was written with. */
function requireKey(
  setting: string | undefined,
  inBackup: string | undefined,
  fingerprint: string | undefined,
): void {
  const key = setting ?? inBackup;
  if (key === undefined)
    throw new CommandError(
      'The backup was made where SECRET_KEY was set, so it does not hold the key. Set SECRET_KEY to the same key and restore again.',
    );
  if (fingerprint === undefined || fingerprintOf(key) === fingerprint) return;
  throw new CommandError(
    inBackup === undefined
      ? 'SECRET_KEY is not the key that the data in the backup was written with. Set it to that key and restore again.'
      : 'SECRET_KEY is not the key that the data in the backup was written with. The backup holds the right one: leave SECRET_KEY out.',
  );
}
