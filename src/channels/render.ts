import type { OfferedChoice, OutboundMessage } from './channel.ts';

/**
 * How a message's choices are shown. It is decided for every channel in one place (arrange.ts), by its capabilities alone; the channel
 * only makes the provider's payload of it, and a page can show it to whoever writes a questionnaire.
 */
export type Arrangement =
  /** The text says it all: nothing can be chosen, or what can be are digits that people type. */
  | { readonly kind: 'text' }
  /** Below the text every choice has a line with its number, and the number is what people type. */
  | { readonly kind: 'numbers' }
  | { readonly kind: 'buttons' }
  | { readonly kind: 'list' }
  /** Controls that let several choices be ticked and sent at once. */
  | { readonly kind: 'ticks' }
  /** First a range of a long scale is chosen, then the value within it. */
  | { readonly kind: 'steps'; readonly groups: readonly (readonly OfferedChoice[])[] }
  /** A link to the web chat takes the question's place: it is too long here, or offers what the provider keeps for itself. */
  | { readonly kind: 'link'; readonly because: 'length' | 'reserved_word' };

/**
 * A message as plain text: the sentence, and below it what its arrangement leaves to the text. Choices that are numbers themselves are
 * not numbered, or "2" would mean two things: of a scale the two ends are named instead, and points with names carry their digits.
 */
export function renderText(message: OutboundMessage, { kind }: Arrangement): string {
  return [message.text, ...linesBelow(message, kind)].join('\n');
}

function linesBelow(message: OutboundMessage, kind: Arrangement['kind']): readonly string[] {
  const { layout, choices = [] } = message;
  const labels = choices.map(({ label }) => label);
  if (labels.length > 0 && areDigits(choices)) return endsOf(message, labels);
  switch (kind) {
    case 'numbers':
      return labels.map((label, index) => `${index + 1}. ${label}`);
    case 'text':
      return layout === 'scale' ? labels : [];
    case 'buttons':
    case 'list':
    case 'ticks':
    case 'steps':
    case 'link':
      return [];
  }
}

function endsOf({ low, high }: OutboundMessage, labels: readonly string[]): string[] {
  const ends = [low && `${labels[0]} – ${low}`, high && `${labels.at(-1)} – ${high}`].filter(Boolean);
  return ends.length > 0 ? [ends.join(', ')] : [];
}

/** Whether all labels are numbers, which are typed as they are. */
export function areDigits(choices: readonly OfferedChoice[]): boolean {
  return choices.every(({ label }) => /^-?[0-9]+$/.test(label));
}
