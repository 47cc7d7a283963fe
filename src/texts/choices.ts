import type { Language, PresentedChoice, Questionnaire } from '../dialogs/index.ts';
import type { Texts } from './texts.ts';

/** A choice with its label in the language of the message. */
export interface ComposedChoice {
  readonly id: string;
  readonly label: string;
  readonly exclusive?: boolean;
}

/** Puts labels to choices. A named point of a scale keeps its digits, which people type: "3 – fair". */
export function composeChoices(
  texts: Pick<Texts, 'reference'>,
  questionnaire: Questionnaire,
  presented: readonly PresentedChoice[],
  layout: string,
  language: Language,
): readonly ComposedChoice[] {
  return presented.map(({ id, label, exclusive }) => {
    const words = typeof label === 'string' ? label : texts.reference(questionnaire, label, language);
    const named = layout === 'scale' && words !== id;
    return { id, label: named ? `${id} – ${words}` : words, ...(exclusive && { exclusive }) };
  });
}

/** The label of one choice of a question, as its button shows it; undefined when the question has no such choice. */
export function labelOf(
  texts: Texts,
  questionnaire: Questionnaire,
  questionId: string,
  choiceId: string,
  language: Language,
): string | undefined {
  const question = questionnaire.byId.get(questionId);
  if (!question) return undefined;
  return texts.choicesOf(questionnaire, question, language).find(({ id }) => id === choiceId)?.label;
}
