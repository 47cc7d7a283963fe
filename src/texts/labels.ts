import type { AnswerValue, Language, PreparedQuestion, Questionnaire } from '../dialogs/index.ts';
import type { ComposedChoice } from './choices.ts';
import type { Texts } from './texts.ts';

/** How an answer reads in a sentence: the label of what was chosen, a date in words, a number as the language writes it. */
export function answerLabel(
  texts: Texts,
  questionnaire: Questionnaire,
  question: PreparedQuestion,
  value: AnswerValue,
  language: Language,
): string {
  if (typeof value === 'number') return texts.formats[language].number(value);
  const choices = texts.choicesOf(questionnaire, question, language);
  if (typeof value === 'boolean') return choiceLabel(choices, value ? 'yes' : 'no');
  if (typeof value === 'object') {
    return texts.formats[language].all(value.map((id) => choiceLabel(choices, id)));
  }
  if (choices.length > 0) return choiceLabel(choices, value);
  return question.kind.answerType === 'date' ? texts.formats[language].date(value) : value;
}

function choiceLabel(choices: readonly ComposedChoice[], id: string): string {
  return choices.find((choice) => choice.id === id)?.label ?? id;
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
