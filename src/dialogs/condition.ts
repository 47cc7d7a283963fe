import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** What a condition looks at: an earlier answer, an attribute of the contact, or where the conversation takes place. */
export const operandSchema = z.union([
  z.strictObject({ answer: name }),
  z.strictObject({ attribute: name }),
  z.strictObject({ context: z.enum(['channel', 'language']) }),
]);

export type Operand = z.infer<typeof operandSchema>;

const literal = z.union([z.number(), z.string().max(200), z.boolean()]);

/**
 * A closed, typed tree: no expression language and no evaluation of text. An operand without a value makes every
 * comparison false (`ne` too), so a missing score never counts as a low one.
 */
export const conditionSchema = z.discriminatedUnion('op', [
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
]);

export type Condition = z.infer<typeof conditionSchema>;

export type ConditionOperator = Condition['op'];
