import type { OutboundMessage } from '../../../src/channels/channel.ts';

/** What the people of a test and their provider know, beside what the store says. `order` numbers everything in the order in which it happened. */
export interface Chronicle {
  readonly said: Said[];
  readonly accepted: Accepted[];
  /** What no server may ever answer. */
  readonly oddities: string[];
  /** How often a server asked to come again later. */
  refusals: number;
  nextOrder(): number;
}

/** A message of a contact. */
export interface Said {
  readonly channel: string;
  readonly account: string;
  /** The address in clear. */
  readonly address: string;
  readonly id: string;
  /** The question that it answers. */
  readonly questionId: string;
  readonly order: number;
  /** When a server first said that it has it; absent as long as none has. */
  acknowledgedAt?: number;
}

/** A message that the provider took, once for each time. */
export interface Accepted {
  readonly order: number;
  readonly messageId: string;
  readonly address: string;
  readonly message: OutboundMessage;
  readonly providerMessageId: string;
}

export function createChronicle(): Chronicle {
  let order = 0;
  return {
    said: [],
    accepted: [],
    oddities: [],
    refusals: 0,
    nextOrder() {
      order += 1;
      return order;
    },
  };
}
