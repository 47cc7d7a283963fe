export type DeliveryOutcome = 'not_taken' | 'never' | 'ambiguous' | 'channel_down';

/**
 * A send that was not accepted. `outcome` alone decides what happens next: `not_taken` is tried again after a while, `never` is final,
 * `ambiguous` may have been sent and is counted, `channel_down` parks the channel. `code` is the provider's own. `optedOut`: the provider
 * refuses because the contact has opted out there, which then counts here as well.
 */
export class DeliveryError extends Error {
  readonly outcome: DeliveryOutcome;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;
  readonly optedOut: boolean;

  constructor(
    outcome: DeliveryOutcome,
    code: string,
    details: { retryAfterSeconds?: number; optedOut?: boolean; cause?: unknown } = {},
  ) {
    super(`Delivery ${outcome}: ${code}`, { cause: details.cause });
    this.name = 'DeliveryError';
    this.outcome = outcome;
    this.code = code;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.optedOut = details.optedOut ?? false;
  }
}
