import {
  type Channel,
  type ChannelHost,
  type ChannelLog,
  inboundMessageSchema,
} from '../channels/channel.ts';
import type { Conversations } from './conversations.ts';

/** What a channel works on: the conversations, under its own name. */
export function createChannelHost(
  { name, account }: Pick<Channel, 'name' | 'account'>,
  {
    conversations,
    now,
    log,
  }: {
    readonly conversations: Pick<Conversations, 'receive' | 'recordReceipt'>;
    readonly now: () => string;
    readonly log: ChannelLog;
  },
): ChannelHost {
  return {
    async receive({ aliases = [], ...message }) {
      const inbound = inboundMessageSchema.parse({ channel: name, account, ...message });
      const { outcome } = await conversations.receive(inbound, { aliases });
      return outcome === 'duplicate' ? 'duplicate' : 'stored';
    },
    recordReceipt: (receipt) => conversations.recordReceipt({ name, account }, receipt),
    now,
    log,
  };
}
