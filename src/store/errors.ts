export type StoreErrorCode =
  | 'conflict'
  | 'not_found'
  | 'unavailable'
  | 'unknown_outcome'
  | 'locked'
  | 'schema_newer'
  | 'schema_older'
  | 'wrong_key';

/**
 * A command that the store did not carry out, or of which it cannot say whether it did.
 *
 * - `conflict`: somebody else changed the contact since it was read; read it again and run the turn again
 * - `not_found`: the contact, questionnaire or case does not exist (any more)
 * - `unavailable`: nothing was written; the same command may be tried later
 * - `unknown_outcome`: the commit may or may not have happened; read before doing anything
 * - `locked`: another process serves this store
 * - `schema_newer`: the store was written by a newer version of Kashuv
 * - `schema_older`: the store was written by an older version of Kashuv, and was opened only to be read
 * - `wrong_key`: the addresses in the store are sealed with another secret key than the one at hand
 */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
