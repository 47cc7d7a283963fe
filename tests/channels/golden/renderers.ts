import { arrange } from '../../../src/channels/arrange.ts';
import type { Capabilities, OutboundMessage } from '../../../src/channels/channel.ts';
import { consoleCapabilities, renderForConsole } from '../../../src/channels/console/render.ts';
import { renderText } from '../../../src/channels/render.ts';
import { renderForSms, smsCapabilities } from '../../../src/channels/sms/render.ts';
import { costOf } from '../../../src/channels/sms/segments.ts';
import { webCapabilities } from '../../../src/channels/web/channel.ts';
import {
  cloudCapabilities,
  renderAsText,
  renderForCloud,
  twilioCapabilities,
  webCapabilities as whatsappWebCapabilities,
} from '../../../src/channels/whatsapp/render.ts';

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
  { channel: 'whatsapp', capabilities: cloudCapabilities, render: cloudWithControls },
  {
    channel: 'whatsapp-twilio',
    capabilities: twilioCapabilities,
    render: (message) => renderAsText(message, twilioCapabilities),
  },
  {
    channel: 'whatsapp-web',
    capabilities: whatsappWebCapabilities,
    render: (message) => renderAsText(message, whatsappWebCapabilities),
  },
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

/** What the Cloud API is given: the text, and below it what can be tapped. */
function cloudWithControls(message: OutboundMessage): string {
  const content = renderForCloud(message);
  if (content.type === 'text') return content.text.body;
  const { interactive } = content;
  if (interactive.type === 'button') {
    const titles = interactive.action.buttons.map(({ reply }) => `[${reply.title}]`);
    return `${interactive.body.text}\n(buttons) ${titles.join(' ')}`;
  }
  const { button, sections } = interactive.action;
  const rows = sections.flatMap((section) =>
    section.rows.map(({ title, description }) => [title, description].filter(Boolean).join(' | ')),
  );
  return [interactive.body.text, `(list) [${button}]`, ...rows.map((row) => `- ${row}`)].join('\n');
}

function smsWithCost(message: OutboundMessage): string {
  const text = renderForSms(message);
  const { segments, encoding } = costOf(text);
  return `${text}\n(${segments === 1 ? '1 segment' : `${segments} segments`} of ${encoding})`;
}
