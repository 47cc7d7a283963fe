import type { PresentedChoice, TextReference } from '../dialogs/index.ts';

/** A choice with its label in the language of the message. */
export interface ComposedChoice {
  readonly id: string;
  readonly label: string;
  readonly exclusive?: boolean;
}

/** Puts labels to choices. A named point of a scale keeps its digits, which people type: "3 – fair". */
export function composeChoices(
  presented: readonly PresentedChoice[],
  layout: string,
  wordsOf: (text: TextReference) => string,
): readonly ComposedChoice[] {
  return presented.map(({ id, label, exclusive }) => {
    const words = typeof label === 'string' ? label : wordsOf(label);
    const named = layout === 'scale' && words !== id;
    return { id, label: named ? `${id} – ${words}` : words, ...(exclusive && { exclusive }) };
  });
}
