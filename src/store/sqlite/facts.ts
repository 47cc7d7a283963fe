import type { DatabaseSync } from 'node:sqlite';
import { prepare, text } from './statement.ts';

const keyFingerprint = 'key_fingerprint';

/** What is true of the store as a whole and never changes. */
export function factTable(database: DatabaseSync) {
  const select = prepare(database, 'SELECT value FROM facts WHERE name = ?');
  const insert = prepare(database, 'INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING');

  function readKeyFingerprint(): string | undefined {
    const found = select.get(keyFingerprint);
    return found && text(found[0]);
  }

  return {
    readKeyFingerprint,
    rememberKeyFingerprint(fingerprint: string): string {
      insert.run(keyFingerprint, fingerprint);
      return readKeyFingerprint() ?? fingerprint;
    },
  };
}

export type FactTable = ReturnType<typeof factTable>;
