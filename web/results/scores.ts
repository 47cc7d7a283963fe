import type { Question, QuestionnaireDocument } from '../../src/dialogs/questionnaire.ts';
import type { Metric } from '../../src/dialogs/questions/kind.ts';
import type { Answer } from './wire.ts';
import { questionOf } from './words.ts';

/** The answer to a question that feeds a figure, on its own scale. One answer is no figure yet. */
export interface Score {
  readonly questionId: string;
  readonly metric: Metric;
  readonly value: number;
  readonly max: number;
}

/** The scores of a response, in the order of its answers. */
export function scoresOf(document: QuestionnaireDocument, answers: readonly Answer[]): Score[] {
  return answers.flatMap(({ questionId, value }) => {
    const question = questionOf(document, questionId);
    const metric = question && metricOf(question);
    const scale = question && scaleOf(question);
    return metric && scale && typeof value === 'number'
      ? [{ questionId, metric, value, max: scale.max }]
      : [];
  });
}

export function metricOf(question: Question): Metric | undefined {
  switch (question.kind) {
    case 'nps':
    case 'csat':
    case 'ces':
      return question.metric ?? question.kind;
    case 'rating':
      return question.metric;
    default:
      return undefined;
  }
}

/** The ends of a question's scale; undefined when it has none. */
export function scaleOf(question: Question): { readonly min: number; readonly max: number } | undefined {
  switch (question.kind) {
    case 'nps':
      return { min: 0, max: 10 };
    case 'csat':
      return { min: 1, max: 5 };
    case 'ces':
      return { min: 1, max: 7 };
    case 'rating':
      return { min: question.min, max: question.max };
    default:
      return undefined;
  }
}
