import type { Credential } from '../records.ts';
import type { CredentialDocument } from './collections.ts';
import type { Database } from './database.ts';
import { toStored } from './stored-text.ts';

/** Codes that open something, by their hash. */
export function credentialCommands({ collections: { credentials } }: Database) {
  return {
    async save(credential: Credential): Promise<void> {
      const { createdAt, expiresAt, ...rest } = credential;
      await credentials.replaceOne(
        { _id: idOf(credential.kind, credential.hash) },
        { ...toStored(rest), createdAt: new Date(createdAt), expiresAt: new Date(expiresAt) },
        { upsert: true },
      );
    },

    async find(kind: Credential['kind'], hash: string, now: string): Promise<Credential | undefined> {
      return credentialOf(await credentials.findOne(validAt(kind, hash, now)));
    },

    async redeem(kind: Credential['kind'], hash: string, now: string): Promise<Credential | undefined> {
      return credentialOf(await credentials.findOneAndDelete(validAt(kind, hash, now)));
    },
  };
}

function validAt(kind: Credential['kind'], hash: string, now: string) {
  return { _id: idOf(kind, hash), expiresAt: { $gt: new Date(now) } };
}

function idOf(kind: Credential['kind'], hash: string): string {
  return `${kind}:${toStored(hash)}`;
}

function credentialOf(found: CredentialDocument | null): Credential | undefined {
  if (!found) return undefined;
  const { _id, createdAt, expiresAt, ...rest } = found;
  return { ...rest, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
