import pino, { type DestinationStream, type LevelWithSilent } from 'pino';
import { describeError } from './describe-error.ts';
import { type Log, type LogDetails, loggedFields } from './log.ts';

const known = new Set<string>([...loggedFields, 'error']);

/**
 * The log of the program: a line of JSON for each, to the standard error output unless told otherwise. It writes at once, so that the last lines
 * before a crash are there.
 */
export function createLog({
  level,
  destination = pino.destination({ fd: 2, sync: true }),
}: {
  readonly level: LevelWithSilent;
  readonly destination?: DestinationStream;
}): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: (error: unknown) => describeError(error) },
      formatters: { level: (label) => ({ level: label }), log: knownFields },
    },
    destination,
  );
}

/** The details without fields that nobody has agreed to log, wherever they came from. */
function knownFields(details: object): LogDetails & Record<string, unknown> {
  const kept = Object.entries(details).filter(([field]) => known.has(field));
  return Object.fromEntries(kept.map(([field, value]) => [field, field === 'error' ? value : plain(value)]));
}

/** Ids, codes and paths are one word of plain letters; what looks like anything else is not shown. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return /^[\w./:{}-]{0,200}$/.test(value) ? value : '(not shown)';
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
