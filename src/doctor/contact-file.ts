import type { Answer, Contact, MessageRecord, OpenSession, Response, StoredEvent } from '../store/records.ts';

/** Everything that a store keeps of one contact, as the checks need it. */
export interface ContactFile {
  readonly contact: Contact;
  /** The moment of reading by the store's clock. */
  readonly now: string;
  /** In both directions, by rising `seq`. */
  readonly messages: readonly MessageRecord[];
  readonly sessions: readonly SessionFile[];
  /** To whom the store finds the contact's addresses belong, by address id. */
  readonly owners: ReadonlyMap<string, string | undefined>;
}

/** What is stored of one session, beside what replaying its events gives. */
export interface SessionFile {
  readonly id: string;
  readonly events: readonly StoredEvent[];
  readonly answers: readonly Answer[];
  readonly response: Response | undefined;
  /** Undefined when the events cannot be replayed: the first of them, or a revision of the questionnaire, is gone. */
  readonly replayed: ReplayedSession | undefined;
}

/** What the events of a session come to. */
export interface ReplayedSession {
  /** Timers are no part of it. */
  readonly session: OpenSession;
  readonly answers: readonly Answer[];
  readonly response: Response | undefined;
}
