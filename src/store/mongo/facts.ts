import type { Database } from './database.ts';
import { isDuplicateKey } from './mongo-error.ts';

const keyFingerprint = 'key_fingerprint';

/** What is true of the database as a whole and never changes. */
export function factCommands({ collections: { facts } }: Pick<Database, 'collections'>) {
  async function readKeyFingerprint(): Promise<string | undefined> {
    return (await facts.findOne({ _id: keyFingerprint }))?.value;
  }

  return {
    readKeyFingerprint,
    async rememberKeyFingerprint(fingerprint: string): Promise<string> {
      try {
        await facts.insertOne({ _id: keyFingerprint, value: fingerprint });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      return (await readKeyFingerprint()) ?? fingerprint;
    },
  };
}
