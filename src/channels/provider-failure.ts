import { DeliveryError, type DeliveryOutcome } from './errors.ts';

/** What an HTTP status means for a message, where the provider's own code says nothing. */
export function outcomeOfStatus(status: number): DeliveryOutcome {
  // 503 says that the request was not handled; of the other failures of a server nobody knows how far it came.
  if (status === 429 || status === 503) return 'not_taken';
  if (status >= 500 || status === 408) return 'ambiguous';
  // A redirection leads to no API.
  return status < 400 || status === 401 || status === 403 || status === 404 ? 'channel_down' : 'never';
}

/** What a failed connection means: before the request was written nothing can have been sent, afterwards it may have been. */
export function failureOf(error: unknown): DeliveryError {
  const code = codeOf(error) ?? 'unexpected';
  return new DeliveryError(beforeWriting.has(code) ? 'not_taken' : 'ambiguous', code.toLowerCase(), {
    cause: error,
  });
}

/** The code of an error, or of what caused it: fetch wraps the failure of its connection. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('name' in error && error.name === 'TimeoutError') return 'timeout';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}

const beforeWriting: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** An hour is the longest that a provider can make us wait by its word. */
const retryAfterSecondsMax = 3600;

/** The seconds of a Retry-After header; undefined where it says none. */
export function secondsToWait(retryAfter: unknown): number | undefined {
  const seconds = Number(retryAfter ?? Number.NaN);
  return seconds > 0 ? Math.min(seconds, retryAfterSecondsMax) : undefined;
}
