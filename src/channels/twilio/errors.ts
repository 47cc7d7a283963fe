import { DeliveryError, type DeliveryOutcome } from '../errors.ts';
import { outcomeOfStatus, secondsToWait } from '../provider-failure.ts';

/** An answer of the API, as far as it says why a message was refused. */
interface TwilioAnswer {
  readonly statusCode: number;
  readonly body: unknown;
  readonly headers: unknown;
}

/**
 * What a refusal by Twilio's own code means for the message. Codes that are not here are decided by the HTTP status. Source of the codes:
 * https://www.twilio.com/docs/api/errors
 */
const outcomes: Readonly<Record<number, DeliveryOutcome>> = {
  // The account, its token or its sender: nothing goes out until somebody puts it right.
  20003: 'channel_down', // authentication
  20005: 'channel_down', // account not active
  20006: 'channel_down', // access denied
  20404: 'channel_down', // no such account or service
  21212: 'channel_down', // From is not valid
  21603: 'channel_down', // From is missing
  21606: 'channel_down', // From cannot send here
  21659: 'channel_down', // From is not ours
  21660: 'channel_down', // From belongs to another account
  21701: 'channel_down', // no such messaging service
  21703: 'channel_down', // the messaging service has no numbers
  21705: 'channel_down', // the messaging service's sid is not valid
  30002: 'channel_down', // account suspended
  63007: 'channel_down', // no channel with this From
  // Too much at once: later it will be taken.
  14107: 'not_taken', // rate limit
  20429: 'not_taken', // too many requests
  21611: 'not_taken', // queue of the number is full
  30001: 'not_taken', // queue overflow
  63018: 'not_taken', // rate limit of the channel
  63038: 'not_taken', // daily limit of the account
  // This message, or this person: trying again changes nothing.
  21211: 'never', // To is not valid
  21408: 'never', // region not permitted
  21610: 'never', // opted out
  21612: 'never', // not routable
  21614: 'never', // not a mobile number
  21617: 'never', // body too long
  21635: 'never', // a landline
  63014: 'never', // blocked by the person
  63016: 'never', // outside of the 24 hours of WhatsApp
  63024: 'never', // no such recipient
};

/** Codes by which Twilio says that the contact has opted out there, in an answer or in a receipt. */
export const optedOutCodes: ReadonlySet<string> = new Set(['21610', '63014']);

/** What an answer of the API means that is no success; undefined for a success. */
export function refusalOf({ statusCode, body, headers }: TwilioAnswer): DeliveryError | undefined {
  if (statusCode < 300) return undefined;
  const code = codeOf(body);
  const retryAfterSeconds = secondsOf(headers);
  return new DeliveryError(
    outcomes[code ?? 0] ?? outcomeOfStatus(statusCode),
    code === undefined ? `http_${statusCode}` : String(code),
    {
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      optedOut: code !== undefined && optedOutCodes.has(String(code)),
    },
  );
}

/** Twilio's code of an error; the body is text when it is not what was asked for. */
function codeOf(body: unknown): number | undefined {
  const parsed = typeof body === 'string' ? parse(body) : body;
  if (typeof parsed !== 'object' || parsed === null || !('code' in parsed)) return undefined;
  const code = Number(parsed.code);
  return Number.isSafeInteger(code) && code > 0 ? code : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function secondsOf(headers: unknown): number | undefined {
  if (typeof headers !== 'object' || headers === null || !('retry-after' in headers)) return undefined;
  return secondsToWait(headers['retry-after']);
}
