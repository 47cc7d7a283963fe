import type { Content, Language, Opening, TouchpointList } from './wire.ts';

/**
 * How a request ended. `later`: nobody can say whether it arrived, or the server asked for patience, so the same request is repeated.
 * `refused`: repeating it changes nothing; `code` is the server's name for the reason.
 */
export type Outcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'later'; readonly isBusy: boolean; readonly seconds?: number }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string };

export interface Opened {
  readonly conversationId: string;
  readonly language: Language;
}

export interface Wanted {
  readonly opening: Opening;
  /** The language that the reader chose; undefined where the server knows better. */
  readonly language: Language | undefined;
  /** The page was loaded again: nothing new is begun. */
  readonly resume: boolean;
  readonly embed: boolean;
}

const root = '/channels/web';
const limitSeconds = 20;
const retryAfterSecondsMax = 300;
/** A request that outlives its page may hold 64 KiB (Fetch standard); a letter takes up to three bytes. */
const keepaliveUnitsMax = 20_000;

export function fetchTouchpoints(): Promise<Outcome<TouchpointList>> {
  return request<TouchpointList>('GET', `${root}/touchpoints`);
}

export function openConversation(wanted: Wanted): Promise<Outcome<Opened>> {
  const { opening, language, ...rest } = wanted;
  return request<Opened>('POST', `${root}/conversations`, {
    ...opening,
    ...(language && { language }),
    ...rest,
  });
}

export function postMessage(
  conversationId: string,
  message: { id: string } & Content,
): Promise<Outcome<unknown>> {
  return request('POST', `${root}/conversations/${encodeURIComponent(conversationId)}/messages`, message);
}

export function streamAddress(conversationId: string, after: number): string {
  const path = `${root}/conversations/${encodeURIComponent(conversationId)}/events`;
  return after > 0 ? `${path}?after=${after}` : path;
}

async function request<Value>(method: string, address: string, message?: object): Promise<Outcome<Value>> {
  const body = message && JSON.stringify(message);
  let response: Response;
  try {
    response = await fetch(address, {
      method,
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(limitSeconds * 1000),
      ...(body && { body, keepalive: body.length < keepaliveUnitsMax }),
    });
    if (response.ok) return { kind: 'done', value: await response.json() };
  } catch {
    return { kind: 'later', isBusy: false };
  }
  if (isPassing(response.status)) {
    const seconds = secondsOf(response.headers.get('retry-after'), Date.now());
    return { kind: 'later', isBusy: true, ...(seconds !== undefined && { seconds }) };
  }
  return { kind: 'refused', status: response.status, code: await codeOf(response) };
}

function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
export function secondsOf(retryAfter: string | null, now: number): number | undefined {
  if (!retryAfter) return undefined;
  const seconds = /^\d+$/.test(retryAfter.trim())
    ? Number(retryAfter)
    : (Date.parse(retryAfter) - now) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), retryAfterSecondsMax);
}

async function codeOf(response: Response): Promise<string> {
  try {
    const problem: { code?: unknown } = await response.json();
    return typeof problem.code === 'string' ? problem.code : '';
  } catch {
    return '';
  }
}
