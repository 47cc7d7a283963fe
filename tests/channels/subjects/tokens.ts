import type { OutboundMessage } from '../../../src/channels/channel.ts';

/** The token of the button with this label, in the newest message that offered it. */
export function tokenOf(label: string, sent: readonly OutboundMessage[]): string {
  for (const { choices = [] } of sent.toReversed()) {
    const token = choices.find((choice) => choice.label === label)?.token;
    if (token !== undefined) return token;
  }
  throw new Error(`No message offers "${label}"`);
}
