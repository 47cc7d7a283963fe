import { arrange } from '../arrange.ts';
import type { Capabilities, OutboundMessage } from '../channel.ts';
import { renderText } from '../render.ts';
import { costOf } from './segments.ts';

/**
 * The words that Twilio answers itself on every number: it opts people out and in by them, and sends its own help
 * (https://help.twilio.com/articles/223134027).
 */
export const optOutWords: ReadonlySet<string> = new Set([
  'stop',
  'stopall',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'revoke',
  'optout',
]);
export const optInWords: ReadonlySet<string> = new Set(['start', 'yes', 'unstop']);
const helpWords: ReadonlySet<string> = new Set(['help', 'info']);

/** A question that takes more is costly, and some phones take it apart; a link takes its place. */
const questionSegmentsMax = 3;

/** An SMS is text and nothing else: choices are numbered, and every unit is paid for. */
export const smsCapabilities: Capabilities = {
  multipleChoice: false,
  textUnitsMax: 1600,
  textUnit: 'utf16',
  segments: { count: (text) => costOf(smsText(text)).segments, questionMax: questionSegmentsMax },
  reservedWords: new Set([...optOutWords, ...optInWords, ...helpWords]),
  fetched: false,
  receipts: true,
  directionMarks: false,
};

/** A message as the text of an SMS. */
export function renderForSms(message: OutboundMessage): string {
  return smsText(renderText(message, arrange(message, smsCapabilities)));
}

/**
 * A text without what costs and is not seen: direction marks and their like go, exotic spaces become plain ones. Typographic signs are put
 * plainly where the whole text can then be sent in GSM-7, which takes more than twice as much of it into a segment.
 */
export function smsText(text: string): string {
  const visible = text
    .replace(invisible, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .trim();
  const plain = visible.replace(/[‘’‚‛“”„–—‑…]/g, (sign) => plainSigns[sign] ?? sign);
  return costOf(plain).encoding === 'GSM-7' ? plain : visible;
}

/** Direction marks, embeddings and isolates, zero-width space and joiner of words, soft hyphen. Joiners stay: emoji are made with them. */
const invisible = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

const plainSigns: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '‑': '-',
  '…': '...',
};
