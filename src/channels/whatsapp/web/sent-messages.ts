import type { WebMessage } from './messages.ts';

interface Sent {
  readonly messageId: string;
  readonly address: string;
}

/**
 * Which message of ours a message of the phone is: the phone tells of it, and of what became of it, before it says that it has sent it, and knows only its
 * own ids.
 */
export interface SentMessages {
  /** From now on a message with these words is this one, until the returned function is called. One is sent at a time. */
  expect(message: Sent & { readonly text: string }): () => void;
  /** The phone has a new message: if it is one that is expected, it is remembered. */
  notice(message: WebMessage | undefined): void;
  remember(message: WebMessage, sent: Sent): void;
  find(message: WebMessage): Sent | undefined;
}

const rememberedMax = 10_000;

export function createSentMessages(): SentMessages {
  const expected = new Set<Sent & { readonly text: string }>();
  const known = new Map<string, Sent>();

  function remember({ id }: WebMessage, { messageId, address }: Sent): void {
    const [oldest] = known.size >= rememberedMax ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
    known.set(id._serialized, { messageId, address });
  }

  function notice(message: WebMessage | undefined): void {
    if (!message?.fromMe || known.has(message.id._serialized)) return;
    const found = [...expected].find(({ text }) => text.trim() === message.body.trim());
    if (found) remember(message, found);
  }

  return {
    expect(message) {
      expected.add(message);
      return () => expected.delete(message);
    },
    notice,
    remember,
    find(message) {
      notice(message);
      return known.get(message.id._serialized);
    },
  };
}
