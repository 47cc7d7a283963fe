import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { Address } from '../store/records.ts';

/** Turns clear addresses into the two forms in which they may be stored: a keyed hash to find them by, and a sealed copy to send to. */
export interface AddressBook {
  /** The keyed hash of an address; the same address always gives the same id, and the id tells nothing without the key. */
  identify(channel: string, account: string, address: string): string;
  /** The address as it is stored with its contact. */
  register(channel: string, account: string, address: string): Address;
  /** The clear address; throws when it was sealed with another key. */
  open(address: Address): string;
  /** An unguessable code that only this deployment can derive from the same words. */
  derive(...words: readonly string[]): string;
}

/**
 * Makes the address book of one secret key. Hashes are HMAC-SHA256, copies are sealed by AES-256-GCM with a random nonce; both keys are
 * derived from the secret by HKDF and kept as key objects, because importing a key costs more than using it.
 */
export function createAddressBook(secretKey: string): AddressBook {
  const hashKey = deriveKey(secretKey, 'address-id');
  const sealKey = deriveKey(secretKey, 'address-seal');
  const codeKey = deriveKey(secretKey, 'code');

  // Those who write, write again soon, and the hash of an address costs as much as finding its contact.
  const recentIds = new Map<string, string>();

  function identify(channel: string, account: string, address: string): string {
    const words = `${channel}\u0000${account}\u0000${address}`;
    const known = recentIds.get(words);
    if (known !== undefined) return known;
    const id = createHmac('sha256', hashKey).update(words).digest('base64url');
    if (recentIds.size >= recentIdsMax) recentIds.clear();
    recentIds.set(words, id);
    return id;
  }

  return {
    identify,
    register(channel, account, address) {
      let sealed: string | undefined;
      return {
        id: identify(channel, account, address),
        channel,
        account,
        // Only an address that is new is stored, so only then it is sealed.
        get sealed() {
          sealed ??= seal(sealKey, address);
          return sealed;
        },
      };
    },
    open(address) {
      return unseal(sealKey, address.sealed);
    },
    derive(...words) {
      return createHmac('sha256', codeKey).update(words.join('\u0000')).digest('base64url');
    },
  };
}

const recentIdsMax = 2000;

function deriveKey(secretKey: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secretKey, 'kashuv', purpose, 32)));
}

const nonceBytes = 12;
const tagBytes = 16;

function seal(key: KeyObject, clear: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

function unseal(key: KeyObject, text: string): string {
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
}
