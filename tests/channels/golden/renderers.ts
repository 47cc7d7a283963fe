import type { Capabilities, OutboundMessage } from '../../../src/channels/channel.ts';
import { consoleCapabilities, renderForConsole } from '../../../src/channels/console/render.ts';
import { renderForSms, smsCapabilities } from '../../../src/channels/sms/render.ts';
import { costOf } from '../../../src/channels/sms/segments.ts';

/** What a channel makes of a message, as lines that a person can judge. */
export interface GoldenRenderer {
  readonly channel: string;
  readonly capabilities: Capabilities;
  readonly render: (message: OutboundMessage) => string;
}

/** One for each channel with a renderer of its own. */
export const goldenRenderers: readonly GoldenRenderer[] = [
  { channel: 'console', capabilities: consoleCapabilities, render: renderForConsole },
  { channel: 'sms', capabilities: smsCapabilities, render: smsWithCost },
];

function smsWithCost(message: OutboundMessage): string {
  const text = renderForSms(message);
  const { segments, encoding } = costOf(text);
  return `${text}\n(${segments === 1 ? '1 segment' : `${segments} segments`} of ${encoding})`;
}
