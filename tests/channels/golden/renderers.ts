import { arrange } from '../../../src/channels/arrange.ts';
import type { Capabilities, OutboundMessage } from '../../../src/channels/channel.ts';
import { consoleCapabilities, renderForConsole } from '../../../src/channels/console/render.ts';
import { renderText } from '../../../src/channels/render.ts';
import { renderForSms, smsCapabilities } from '../../../src/channels/sms/render.ts';
import { costOf } from '../../../src/channels/sms/segments.ts';
import { webCapabilities } from '../../../src/channels/web/channel.ts';

/** What a channel makes of a message, as lines that a person can judge. */
export interface GoldenRenderer {
  readonly channel: string;
  readonly capabilities: Capabilities;
  readonly render: (message: OutboundMessage) => string;
}

/** One for each channel with a renderer of its own. */
export const goldenRenderers: readonly GoldenRenderer[] = [
  // A page fetches what is said; here it is handed over, to be looked at.
  { channel: 'web', capabilities: { ...webCapabilities, fetched: false }, render: pageWithControls },
  { channel: 'console', capabilities: consoleCapabilities, render: renderForConsole },
  { channel: 'sms', capabilities: smsCapabilities, render: smsWithCost },
];

/** The controls that the page draws below the text. */
function pageWithControls(message: OutboundMessage): string {
  const { choices = [], layout, low, high, input } = message;
  const { kind } = arrange(message, webCapabilities);
  const labels = choices.map(({ label }) => `[${label}]`).join(' ');
  const ends = layout === 'scale' && (low ?? high) !== undefined ? `(${low ?? ''} … ${high ?? ''})` : '';
  const below = [labels && `${kind}: ${labels}`, ends, input && `input: ${input}`].filter(Boolean);
  return [renderText({ ...message, choices: undefined }, { kind: 'text' }), ...below].join('\n');
}

function smsWithCost(message: OutboundMessage): string {
  const text = renderForSms(message);
  const { segments, encoding } = costOf(text);
  return `${text}\n(${segments === 1 ? '1 segment' : `${segments} segments`} of ${encoding})`;
}
