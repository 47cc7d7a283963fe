import { mongo } from 'mongoose';
import { StoreError } from '../errors.ts';

// Codes of the server: https://www.mongodb.com/docs/manual/reference/error-codes/
const duplicateKey = 11_000;
const writeConflict = 112;
const noSuchTransaction = 251;

/** A document with this unique key is there already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === duplicateKey;
}

/** Two transactions, or a transaction and a write, met at one document: nothing of this one was written, and it may be tried again. */
export function isCollision(error: unknown): boolean {
  if (!(error instanceof mongo.MongoError)) return false;
  return error.code === writeConflict || error.hasErrorLabel('TransientTransactionError');
}

/** The server has refused the command, so that nothing of it happened or will happen. Losing a server is no refusal. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof mongo.MongoServerError &&
    !(error instanceof mongo.MongoWriteConcernError) &&
    !error.hasErrorLabel('RetryableWriteError') &&
    error.code !== noSuchTransaction
  );
}

/** A failed read as the contract names it; anything else, a broken invariant of ours, stays what it is. */
export function asReadError(error: unknown): unknown {
  return error instanceof mongo.MongoError ? storeError('unavailable', error) : error;
}

/** A failed command as the contract names it: whether it happened is open once it was on its way and nobody has refused it. */
export function asCommandError(error: unknown): unknown {
  if (!(error instanceof mongo.MongoError)) return error;
  return storeError(
    isRefusal(error) || isCollision(error) || neverSent(error) ? 'unavailable' : 'unknown_outcome',
    error,
  );
}

function neverSent(error: mongo.MongoError): boolean {
  return (
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoClientClosedError ||
    error.name === 'MongoWaitQueueTimeoutError' ||
    error.name === 'MongoPoolClearedError'
  );
}

function storeError(code: 'unavailable' | 'unknown_outcome', cause: mongo.MongoError): StoreError {
  return new StoreError(code, `The database cannot do this now: ${cause.message}`, { cause });
}
