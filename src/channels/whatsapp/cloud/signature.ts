import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Whether the app with this secret has signed these bytes: `sha256=` and the HMAC in hexadecimal digits. */
export function hasSigned(body: Uint8Array, signature: string, appSecret: string): boolean {
  const [, digits] = /^sha256=([0-9a-f]{64})$/.exec(signature) ?? [];
  if (digits === undefined) return false;
  return timingSafeEqual(createHmac('sha256', appSecret).update(body).digest(), Buffer.from(digits, 'hex'));
}

/** Compares in a time that tells nothing about how much was right. */
export function isSameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
