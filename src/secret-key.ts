import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAddressBook } from './conversations/address-book.ts';
import { StoreError } from './store/errors.ts';
import type { Store } from './store/store.ts';

interface KeyPlaces {
  /** The key of the settings, where they name one. */
  readonly secretKey: string | undefined;
  /** Where the key stands otherwise. */
  readonly dataDir: string;
}

/**
 * The secret key that addresses are sealed and hashed with: the one of the settings, or the one in the data folder, which is made for data
 * that nobody has served yet. Rejects with `wrong_key` when it is not the key that the data was written with: whoever went on with another
 * one would find nobody again and could write to nobody.
 */
export async function agreeOnSecretKey(
  store: Pick<Store, 'readKeyFingerprint' | 'rememberKeyFingerprint'>,
  { secretKey, dataDir }: KeyPlaces,
): Promise<string> {
  const known = await store.readKeyFingerprint();
  const path = secretKeyPath(dataDir);
  const own = readKey(path);
  const key = secretKey ?? own ?? (known === undefined ? makeKey(path) : undefined);
  if (key === undefined)
    throw new StoreError(
      'wrong_key',
      `The secret key of this data is gone: ${path} does not exist and SECRET_KEY is not set. Bring the file back, from a backup for example, or set SECRET_KEY to the key.`,
    );
  const fingerprint = fingerprintOf(key);
  if ((known ?? (await store.rememberKeyFingerprint(fingerprint))) === fingerprint) return key;
  const place = secretKey === undefined ? path : 'SECRET_KEY';
  const advice =
    own !== undefined && fingerprintOf(own) === known
      ? `The right key stands in ${path}: leave SECRET_KEY out.`
      : 'Set SECRET_KEY to the key of before; every process on this data needs the same one.';
  throw new StoreError('wrong_key', `${place} holds another key than this data was written with. ${advice}`);
}

/** Tells keys apart without telling anything about them. */
export function fingerprintOf(secretKey: string): string {
  return createAddressBook(secretKey).derive('the fingerprint of the secret key');
}

/** Where the key of the data in a folder stands, unless the settings hold it. */
export function secretKeyPath(dataDir: string): string {
  return join(dataDir, 'secret.key');
}

/** The key in a file, undefined when there is no such file. */
export function readKey(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of several processes that start at once, all get the key of the first. */
function makeKey(path: string): string | undefined {
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readKey(path);
}
