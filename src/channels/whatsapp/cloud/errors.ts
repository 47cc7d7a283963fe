import { DeliveryError, type DeliveryOutcome } from '../../errors.ts';
import { outcomeOfStatus } from '../../provider-failure.ts';

/** WhatsApp delivers only approved templates to whoever has not written within 24 hours. */
export const windowClosedCode = 131047;

/**
 * What a refusal by Meta's own code means for the message. Codes that are not here are decided by their hundred, then by the HTTP status. Source of the codes:
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
const outcomes: Readonly<Record<number, DeliveryOutcome>> = {
  // The app, its token, the account or the number: nothing goes out until somebody puts it right.
  0: 'channel_down', // authentication
  3: 'channel_down', // no permission for this method
  10: 'channel_down', // permission denied
  33: 'channel_down', // the number was deleted
  190: 'channel_down', // the token has expired
  368: 'channel_down', // blocked for a violation of policies
  131005: 'channel_down', // access denied
  131031: 'channel_down', // the account is locked
  131042: 'channel_down', // payment
  131045: 'channel_down', // the number is not registered rightly
  133010: 'channel_down', // the number is not registered
  // Too much at once, or a bad moment: later it will be taken.
  2: 'not_taken', // temporarily down
  4: 'not_taken', // too many calls of the app
  17: 'not_taken', // too many calls of the user
  613: 'not_taken', // too many calls
  80007: 'not_taken', // rate limit of the account
  130429: 'not_taken', // rate limit of the number
  131016: 'not_taken', // service unavailable
  131048: 'not_taken', // restricted because too many reported it
  131056: 'not_taken', // too many messages to this person
  131057: 'not_taken', // the account is being maintained
  133004: 'not_taken', // server temporarily unavailable
  // This message, or this person: trying again changes nothing.
  100: 'never', // a parameter is not valid
  130472: 'never', // the number is part of an experiment
  130497: 'never', // the country is restricted
  131008: 'never', // a parameter is missing
  131009: 'never', // a value is not valid
  131021: 'never', // to oneself
  131026: 'never', // undeliverable: no WhatsApp, or an old one
  131030: 'never', // not among those whom a test number may write to
  [windowClosedCode]: 'never',
  131049: 'never', // kept back for the good of the person
  131050: 'never', // the person has stopped messages of this business
  131051: 'never', // unknown type
  131052: 'never', // media
  131053: 'never', // media
};

/** Permissions, and templates. */
const hundreds: Readonly<Record<number, DeliveryOutcome>> = {
  2: 'channel_down',
  1320: 'never',
  1321: 'never',
};

/** The codes by which WhatsApp says that the person wants nothing more from this business. */
export const optedOutCodes: ReadonlySet<number> = new Set([131050]);

/** One message to one person in six seconds is what may go on for long; more is refused with this code. */
const pairRateCode = 131056;
const pairRateSeconds = 6;

/** What an answer that is no success means. `code` is Meta's, where the answer holds one. */
export function refusalOf({
  status,
  code,
  retryAfterSeconds = code === pairRateCode ? pairRateSeconds : undefined,
}: {
  readonly status: number;
  readonly code?: number | undefined;
  readonly retryAfterSeconds?: number | undefined;
}): DeliveryError {
  const outcome =
    code === undefined ? undefined : (outcomes[code] ?? hundreds[Math.floor(code / 100)] ?? undefined);
  return new DeliveryError(
    outcome ?? outcomeOfStatus(status),
    code === undefined ? `http_${status}` : String(code),
    {
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      optedOut: code !== undefined && optedOutCodes.has(code),
    },
  );
}
