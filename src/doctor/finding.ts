/**
 * What the checks can find. A violation breaks a promise of the product; a note tells of something that went as it should and that an
 * operator wants to know of.
 */
export const findingCodes = {
  answer_twice: 'violation',
  answers_differ: 'violation',
  response_differs: 'violation',
  session_differs: 'violation',
  session_incomplete: 'violation',
  session_left_open: 'violation',
  reply_taken_twice: 'violation',
  inbound_without_effect: 'violation',
  inbound_waits: 'violation',
  outbound_waits: 'violation',
  sent_out_of_order: 'violation',
  sent_after_opt_out: 'violation',
  open_after_opt_out: 'violation',
  timer_overdue: 'violation',
  timer_missing: 'violation',
  address_misleads: 'violation',
  belongs_to_nobody: 'violation',
  total_differs: 'violation',
  unsettled: 'note',
  quarantined: 'note',
  ambiguous_sends: 'note',
  waits_for_server: 'note',
} as const;

export type FindingCode = keyof typeof findingCodes;

/** One thing that was found: where, by ids, and in words for the operator. Holds neither addresses nor what anybody wrote. */
export interface Finding {
  readonly code: FindingCode;
  readonly contactId?: string;
  readonly sessionId?: string;
  readonly questionId?: string;
  /** The number of a message. */
  readonly seq?: number;
  readonly words: string;
}

export function isViolation({ code }: Finding): boolean {
  return findingCodes[code] === 'violation';
}

/** The same for two findings of the same thing, however it is worded. */
export function identityOf({ code, contactId, sessionId, questionId, seq, words }: Finding): string {
  const named = contactId ?? sessionId ?? questionId ?? seq;
  return JSON.stringify([code, contactId, sessionId, questionId, seq, named === undefined ? words : '']);
}
