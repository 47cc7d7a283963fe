import type { TextReference } from './effect.ts';

/** One thing that can be chosen. `id` is the option id, or the digits of a scale's value. */
export interface PresentedChoice {
  readonly id: string;
  /** The label's sentence, or the digits themselves, which need no translation. */
  readonly label: TextReference | string;
  /** Cannot be chosen together with others ("none of these"). */
  readonly exclusive?: boolean;
}

/**
 * How a question wants to be shown, without knowing any channel. A `scale` has its choices in rising order and may name its two
 * ends; `options` is one out of several; `multiple` is some of several; `open` waits for typing of the given kind; `statement`
 * waits for nothing.
 */
export type Presentation =
  | {
      readonly layout: 'scale';
      readonly choices: readonly PresentedChoice[];
      readonly low?: TextReference;
      readonly high?: TextReference;
    }
  | { readonly layout: 'options'; readonly choices: readonly PresentedChoice[] }
  | {
      readonly layout: 'multiple';
      readonly choices: readonly PresentedChoice[];
      readonly choicesMin: number;
      readonly choicesMax: number;
    }
  | {
      readonly layout: 'open';
      readonly input: 'text' | 'number' | 'date' | 'email' | 'phone';
      readonly textUnitsMax: number;
    }
  | { readonly layout: 'statement' };
