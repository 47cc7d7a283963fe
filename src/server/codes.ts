import { createHash } from 'node:crypto';

/** How a code that opens something is stored: its SHA-256. The codes are random and long, so a plain hash cannot be guessed back. */
export function codeHash(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}
