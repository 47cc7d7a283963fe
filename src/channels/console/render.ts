import type { OutboundMessage } from '../channel.ts';

/**
 * A message as lines of text: the sentence, then the choices with their numbers. Choices that are numbers themselves are not numbered,
 * or "2" would mean two things: of a scale the two ends are named instead, and points with names carry their digits.
 */
export function renderForConsole({ text, layout, choices = [], low, high }: OutboundMessage): string {
  const labels = choices.map(({ label }) => label);
  if (labels.length > 0 && labels.every((label) => number.test(label))) {
    const ends = [low && `${labels[0]} – ${low}`, high && `${labels.at(-1)} – ${high}`]
      .filter(Boolean)
      .join(', ');
    return ends ? `${text}\n${ends}` : text;
  }
  const lines = layout === 'scale' ? labels : labels.map((label, index) => `${index + 1}. ${label}`);
  return [text, ...lines].join('\n');
}

const number = /^-?[0-9]+$/;
