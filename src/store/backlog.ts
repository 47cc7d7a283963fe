/** What waits in the store, for all processes on it together. Ages are by the store's clock, and zero when nothing waits. */
export interface Backlog {
  /** Contacts with messages that nobody has handled, and how long the first of them has waited. */
  readonly inboxContacts: number;
  readonly inboxAgeSeconds: number;
  /** Contacts with messages that nobody has sent, and how old the oldest of these is. */
  readonly outboxContacts: number;
  readonly outboxAgeSeconds: number;
  /** Inbound messages that were put aside. */
  readonly quarantinedMessages: number;
  /** Questionnaires whose latest revision is paused. */
  readonly pausedQuestionnaires: number;
}
