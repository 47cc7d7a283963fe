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

/** The longest piece of a contact's own words that is repeated in a sentence, in UTF-16 units. */
const valueUnitsMax = 200;

/** Control characters and direction marks: what could break a line or turn a sentence around. */
const unsafe = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]+/gu;

/** Makes a value fit to stand within a sentence: one line, no marks, and no longer than a sentence bears. */
export function cleanValue(value: string): string {
  const clean = value
    .slice(0, valueUnitsMax * 2)
    .replace(unsafe, ' ')
    .trim();
  if (clean.length <= valueUnitsMax) return clean.isWellFormed() ? clean : clean.toWellFormed();
  return `${clean.slice(0, valueUnitsMax).toWellFormed().trimEnd()}…`;
}

/**
 * Sets a value apart from the sentence around it, so that neither turns the other's direction (Unicode Bidirectional Algorithm, 2.4: FIRST
 * STRONG ISOLATE and POP DIRECTIONAL ISOLATE). Plain digits need none.
 */
export function isolate(value: string): string {
  return /^[0-9]*$/.test(value) ? value : `\u2068${value}\u2069`;
}
