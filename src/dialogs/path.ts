import { type Answers, type Condition, evaluateCondition, operandsOf } from './condition.ts';
import type { EventContext } from './event.ts';
import type { PreparedQuestion, PreparedRule, Questionnaire, Target } from './prepared.ts';
import type { Question } from './questionnaire.ts';
import { kindOf } from './questions/index.ts';

/** Where the path goes after a question: the first rule that holds, otherwise the question that follows. */
export function targetAfter(from: PreparedQuestion, answers: Answers, context: EventContext): Target {
  for (const { when, to } of from.rules) {
    if (when === undefined || evaluateCondition(when, answers, context)) return to;
  }
  return from.index + 1;
}

/** Whether a question is passed over, because its condition does not hold. */
export function isPassedOver(question: PreparedQuestion, answers: Answers, context: EventContext): boolean {
  return question.when !== undefined && !evaluateCondition(question.when, answers, context);
}

/**
 * For each question, the most replies that can be wanted from there to the end, itself included. Conditions count as if they could
 * turn out either way, and targets lie only forward, so one pass from the end suffices.
 */
export function longestRemaining(
  questions: readonly Question[],
  rules: readonly (readonly PreparedRule[])[],
): number[] {
  const longest = new Array<number>(questions.length).fill(0);
  for (let index = questions.length - 1; index >= 0; index -= 1) {
    const question = questions[index];
    if (!question) continue;
    const own = kindOf(question).waits ? 1 : 0;
    let after = 0;
    let decided = false;
    for (const { when, to } of rules[index] ?? []) {
      if (typeof to === 'number') after = Math.max(after, longest[to] ?? 0);
      decided = when === undefined;
      if (decided) break;
    }
    const following = longest[index + 1] ?? 0;
    if (!decided) after = Math.max(after, following);
    longest[index] = question.when ? Math.max(own + after, following) : own + after;
  }
  return longest;
}

/** How many replies are wanted on the way to the end, and whether the answers given so far decide that number. */
export interface Outlook {
  readonly count: number;
  readonly certain: boolean;
}

/**
 * Looks along the path from a question on. Answers in `held` need no reply. Where a condition asks about an answer that is not there yet
 * it counts as false, and the number is not certain.
 */
export function outlook(
  { questions }: Questionnaire,
  start: number,
  answers: Answers,
  context: EventContext,
  held: Answers = {},
): Outlook {
  const known = { ...answers, ...held };
  const ahead = new Set<string>();
  let count = 0;
  let certain = true;
  const isOpen = (condition: Condition) =>
    operandsOf(condition).some((operand) => 'answer' in operand && ahead.has(operand.answer));
  let target: Target = start;
  while (typeof target === 'number') {
    const question: PreparedQuestion | undefined = questions[target];
    if (!question) break;
    if (question.when && isOpen(question.when)) certain = false;
    if (isPassedOver(question, known, context)) {
      target = question.index + 1;
      continue;
    }
    if (question.waits && !Object.hasOwn(known, question.id)) {
      count += 1;
      ahead.add(question.id);
    }
    if (question.rules.some(({ when }) => when && isOpen(when))) certain = false;
    target = targetAfter(question, known, context);
  }
  return { count, certain };
}
