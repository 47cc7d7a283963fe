import { z } from 'zod';
import type { AnswerValue } from './answer.ts';
import type { EventContext } from './event.ts';

const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** What a condition looks at: an earlier answer, an attribute of the contact, or where the conversation takes place. */
export const operandSchema = z
  .union([
    z.strictObject({ answer: name }),
    z.strictObject({ attribute: name }),
    z.strictObject({ context: z.enum(['channel', 'language']) }),
  ])
  .meta({ id: 'Operand' });

export type Operand = z.infer<typeof operandSchema>;

const literal = z.union([z.number(), z.string().max(200), z.boolean()]);

/**
 * A closed, typed tree: no expression language and no evaluation of text. An operand without a value makes every
 * comparison false (`ne` too), so a missing score never counts as a low one.
 */
export const conditionSchema = z
  .discriminatedUnion('op', [
    z.strictObject({ op: z.enum(['eq', 'ne', 'lt', 'lte', 'gt', 'gte']), of: operandSchema, value: literal }),
    z.strictObject({ op: z.literal('between'), of: operandSchema, from: z.number(), to: z.number() }),
    z.strictObject({ op: z.literal('in'), of: operandSchema, values: z.array(literal).min(1).max(50) }),
    z.strictObject({ op: z.literal('answered'), of: z.strictObject({ answer: name }) }),
    z.strictObject({
      op: z.enum(['all', 'any']),
      get conditions() {
        return z.array(conditionSchema).min(1).max(20);
      },
    }),
    z.strictObject({
      op: z.literal('not'),
      get condition() {
        return conditionSchema;
      },
    }),
  ])
  .meta({ id: 'Condition' });

export type Condition = z.infer<typeof conditionSchema>;

/** The word that a condition begins with. */
export type ConditionOperator = Condition['op'];

/** Answers by question id. */
export type Answers = Readonly<Record<string, AnswerValue>>;

/** What became of one comparison: `actual` is absent when the operand had no value, which makes the comparison false. */
export interface ConditionTraceEntry {
  readonly condition: Condition;
  readonly actual?: AnswerValue;
  readonly result: boolean;
}

/**
 * Says whether a condition holds. This is the only evaluator: preview, console, tests and server all come here. With `trace`, every
 * condition that was looked at is added to it, the inner ones first.
 */
export function evaluateCondition(
  condition: Condition,
  answers: Answers,
  context: EventContext,
  trace?: ConditionTraceEntry[],
): boolean {
  let result: boolean;
  let actual: AnswerValue | undefined;
  switch (condition.op) {
    case 'all':
      result = true;
      for (const inner of condition.conditions) {
        if (!evaluateCondition(inner, answers, context, trace)) {
          result = false;
          break;
        }
      }
      break;
    case 'any':
      result = false;
      for (const inner of condition.conditions) {
        if (evaluateCondition(inner, answers, context, trace)) {
          result = true;
          break;
        }
      }
      break;
    case 'not':
      result = !evaluateCondition(condition.condition, answers, context, trace);
      break;
    default:
      actual = operandValue(condition.of, answers, context);
      result = actual !== undefined && compare(condition, actual);
  }
  trace?.push({ condition, ...(actual !== undefined && { actual }), result });
  return result;
}

/** The value of an operand; undefined when the question was not answered or the contact has no such attribute. */
export function operandValue(
  operand: Operand,
  answers: Answers,
  context: EventContext,
): AnswerValue | undefined {
  if ('answer' in operand) {
    return Object.hasOwn(answers, operand.answer) ? answers[operand.answer] : undefined;
  }
  if ('attribute' in operand) {
    const { attributes } = context;
    return attributes && Object.hasOwn(attributes, operand.attribute)
      ? attributes[operand.attribute]
      : undefined;
  }
  return context[operand.context];
}

type Comparison = Exclude<Condition, { op: 'all' | 'any' | 'not' }>;

function compare(condition: Comparison, actual: AnswerValue): boolean {
  switch (condition.op) {
    case 'answered':
      return true;
    case 'between':
      return typeof actual === 'number' && actual >= condition.from && actual <= condition.to;
    case 'in':
      return typeof actual === 'object'
        ? actual.some((chosen) => condition.values.includes(chosen))
        : condition.values.includes(actual);
    default:
      return inOrder(condition.op, actual, condition.value);
  }
}

/** Values of different types are never compared, not even as unequal; dates are compared as YYYY-MM-DD texts. */
function inOrder(
  op: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte',
  actual: AnswerValue,
  value: number | string | boolean,
): boolean {
  if (typeof actual !== typeof value) return false;
  switch (op) {
    case 'eq':
      return actual === value;
    case 'ne':
      return actual !== value;
    case 'lt':
      return actual < value;
    case 'lte':
      return actual <= value;
    case 'gt':
      return actual > value;
    case 'gte':
      return actual >= value;
  }
}

/** Every operand in a condition, outer ones first. */
export function operandsOf(condition: Condition): Operand[] {
  switch (condition.op) {
    case 'all':
    case 'any':
      return condition.conditions.flatMap(operandsOf);
    case 'not':
      return operandsOf(condition.condition);
    default:
      return [condition.of];
  }
}
