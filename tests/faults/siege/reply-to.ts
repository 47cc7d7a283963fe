import type { OutboundMessage } from '../../../src/channels/channel.ts';

export type Reply = { readonly choice: string } | { readonly text: string };

/** Something that answers the question of a message. */
export function replyTo({ choices = [], input }: OutboundMessage): Reply {
  const choice = choices[choices.length >> 1] ?? choices[0];
  if (choice) return { choice: choice.token };
  switch (input) {
    case 'number':
      return { text: '2' };
    case 'date':
      return { text: 'yesterday' };
    case 'email':
      return { text: 'dana@example.com' };
    case 'phone':
      return { text: '050-1234567' };
    default:
      return { text: 'The delivery note was missing' };
  }
}
