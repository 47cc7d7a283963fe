import type { AnswerValue } from './understanding/reading.ts';

export { type AnswerValue, answerValueSchema } from './understanding/reading.ts';

/** Tells whether two answers are the same value; lists are compared item by item. */
export function sameAnswer(left: AnswerValue, right: AnswerValue): boolean {
  if (typeof left === 'object' && typeof right === 'object') {
    return left.length === right.length && left.every((item, index) => item === right[index]);
  }
  return left === right;
}
