import type { OutboundMessage } from '../channel.ts';

/**
 * A message as lines of text: the sentence, then the choices with their numbers. A scale needs no list, because its numbers are the
 * answers; its two ends are named instead.
 */
export function renderForConsole({ text, layout, choices = [], low, high }: OutboundMessage): string {
  if (layout === 'scale') {
    const first = choices[0]?.label;
    const last = choices.at(-1)?.label;
    const ends = [low && `${first} – ${low}`, high && `${last} – ${high}`].filter(Boolean).join(', ');
    return ends ? `${text}\n${ends}` : text;
  }
  return [text, ...choices.map(({ label }, index) => `${index + 1}. ${label}`)].join('\n');
}
