/**
 * What a line of the log may say beside its sentence: ids, codes, patterns of paths and counts. Addresses, names and texts have no field, so that
 * they cannot be logged by mistake; a field that is missing here is left out of the line.
 */
export const loggedFields = [
  'area',
  'attempts',
  'caseId',
  'channel',
  'code',
  'contactId',
  'looked',
  'method',
  'milliseconds',
  'outcome',
  'path',
  'quarantine',
  'questionnaireId',
  'queued',
  'reason',
  'requestId',
  'requests',
  'revision',
  'sends',
  'seq',
  'sessionId',
  'signal',
  'status',
  'turns',
] as const;

export type LogDetails = {
  readonly [Field in (typeof loggedFields)[number]]?: string | number | boolean | undefined;
} & {
  /** Written as what kind of error it is and where it arose, without its message, which may quote what somebody wrote. */
  readonly error?: unknown;
};

/** Lines for the operator. The sentence is always the same for the same thing: what differs stands in the details. */
export interface Log {
  debug(details: LogDetails, sentence: string): void;
  info(details: LogDetails, sentence: string): void;
  warn(details: LogDetails, sentence: string): void;
  error(details: LogDetails, sentence: string): void;
  fatal(details: LogDetails, sentence: string): void;
}
