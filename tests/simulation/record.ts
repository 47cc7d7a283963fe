import type { InboundMessage, OutboundMessage, Receipt } from '../../src/channels/channel.ts';
import type { ClaimedMessage, DeliveryResult, Turn } from '../../src/store/store.ts';

/**
 * What the simulation itself saw, beside what the store says: what was acknowledged to providers, what providers took, and which commands the store really
 * carried out. `order` numbers everything in the order in which it happened, `at` is virtual time in milliseconds.
 */
export interface RunRecord {
  readonly inbound: Map<string, WrittenMessage>;
  /** What providers have told of messages that they took. */
  readonly receipts: Receipt[];
  readonly turns: CommittedTurn[];
  readonly claims: GrantedClaim[];
  readonly results: RecordedResult[];
  readonly accepted: AcceptedSend[];
  /** Everybody whom the store knew at some moment, and when they were erased. */
  readonly contactIds: Set<string>;
  readonly erased: Map<string, Happened>;
  /** Failures of the program that are none of its promised ones. */
  readonly surprises: string[];
  nextOrder(): number;
}

/** A message that somebody wrote, by its id at the provider. */
export interface WrittenMessage {
  readonly message: InboundMessage;
  /** When a process first said that it had it; absent as long as none has. */
  acknowledgedAt?: number;
  /** Whose message the store took it for. */
  contactId?: string;
}

/** When something happened. */
export interface Happened {
  readonly order: number;
  readonly at: number;
}

/** A turn that the store has written. */
export interface CommittedTurn extends Happened {
  readonly turn: Turn;
}

/** The right to send a message, given to one process for a time. */
export interface GrantedClaim extends Happened {
  readonly message: ClaimedMessage;
  readonly leaseUntil: number;
}

export interface RecordedResult extends Happened {
  readonly result: DeliveryResult;
}

/** A message that a provider took, once for each time. */
export interface AcceptedSend extends Happened {
  readonly process: string;
  readonly messageId: string;
  readonly contactId: string;
  readonly seq: number;
  readonly message: OutboundMessage;
  readonly providerMessageId: string;
}

export function createRecord(): RunRecord {
  let order = 0;
  return {
    inbound: new Map(),
    receipts: [],
    turns: [],
    claims: [],
    results: [],
    accepted: [],
    contactIds: new Set(),
    erased: new Map(),
    surprises: [],
    nextOrder() {
      order += 1;
      return order;
    },
  };
}
