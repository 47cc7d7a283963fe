import type { Capabilities, OutboundMessage } from '../../src/channels/channel.ts';
import { encodeChoice } from '../../src/channels/choice.ts';
import type { FittingWords } from '../../src/channels/fit.ts';

/** A channel that shows text and nothing else. */
export const textOnly: Capabilities = {
  multipleChoice: false,
  textUnitsMax: 1000,
  textUnit: 'utf16',
  fetched: false,
  receipts: false,
  directionMarks: false,
};

/** A channel with a few buttons and a list, as phone apps have them. */
export const withControls: Capabilities = {
  ...textOnly,
  buttons: { max: 3, labelUnitsMax: 20 },
  list: { rowsMax: 10, labelUnitsMax: 24, descriptionUnitsMax: 72 },
  choiceTextUnitsMax: 300,
  textUnit: 'code_point',
};

export const words: FittingWords = { range: (first, last) => `${first} to ${last}` };

/** A question with these labels under it. */
export function question(labels: readonly string[], changes: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    text: 'Which one?',
    language: 'en',
    from: 'bot',
    sessionId: 'session',
    questionId: 'question',
    layout: 'options',
    choices: labels.map((label, index) => ({
      token: encodeChoice({
        kind: 'options',
        sessionId: 'session',
        questionId: 'question',
        optionIds: [`o${index}`],
      }),
      label,
    })),
    ...changes,
  };
}

/** A scale from one digit to another. */
export function scale(from: number, to: number, changes: Partial<OutboundMessage> = {}): OutboundMessage {
  const labels = Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  return question(labels, { layout: 'scale', ...changes });
}
