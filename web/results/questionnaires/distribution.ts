import type { Question } from '../../../src/dialogs/questionnaire.ts';
import type { AnswerValue } from '../../../src/dialogs/understanding/reading.ts';
import { scaleOf } from '../scores.ts';
import type { QuestionTotal } from '../wire.ts';

export interface ValueCount {
  readonly value: AnswerValue;
  readonly count: number;
}

/** How many different numbers or dates are listed; of more, those that were given most often. */
const valuesMax = 20;

/**
 * How often each value was given. What can be chosen is listed in the question's order, with what nobody chose; numbers and dates as they
 * rise. Undefined for words of people's own.
 */
export function distributionOf(question: Question, { values }: QuestionTotal): ValueCount[] | undefined {
  const counted = (value: AnswerValue): ValueCount => ({
    value,
    count: values.find((given) => given.value === value)?.count ?? 0,
  });
  const scale = scaleOf(question);
  if (scale) {
    const points = Array.from({ length: scale.max - scale.min + 1 }, (_, index) => scale.min + index);
    return points.map(counted);
  }
  switch (question.kind) {
    case 'choice':
    case 'multi_choice':
      return question.options.map(({ id }) => counted(id));
    case 'yes_no':
    case 'consent':
      return [counted(true), counted(false)];
    case 'number':
    case 'date':
      return mostGiven(values).sort((one, other) => (one.value < other.value ? -1 : 1));
    default:
      return undefined;
  }
}

function mostGiven(values: readonly ValueCount[]): ValueCount[] {
  return [...values].sort((one, other) => other.count - one.count).slice(0, valuesMax);
}
