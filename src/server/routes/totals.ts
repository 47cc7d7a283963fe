import { z } from 'zod';
import { answerValueSchema } from '../../dialogs/answer.ts';
import type { Total } from '../../store/records.ts';
import type { ServerDependencies } from '../dependencies.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { pageSchema } from './listing.ts';

export const questionTotalSchema = z
  .strictObject({
    questionnaireId: z.string(),
    questionId: z.string(),
    answers: z.number().int().meta({ description: 'How many people answered the question.' }),
    values: z
      .array(z.strictObject({ value: answerValueSchema, count: z.number().int() }))
      .meta({ description: 'How often each value was given. Empty for free text and addresses.' }),
  })
  .meta({ id: 'QuestionTotal', description: 'How a question was answered, over all answers that fit.' });

type QuestionTotal = z.output<typeof questionTotalSchema>;

export function totalEndpoints({ store }: Pick<ServerDependencies, 'store'>): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/totals',
      summary: 'Counts answers by question and value',
      input: {
        query: z.strictObject({
          questionnaire: z.string().max(100).optional(),
          touchpoint: z.string().max(100).optional(),
          channel: z.string().max(100).optional(),
          language: z.string().max(10).optional(),
          from: z.iso.date().optional().meta({ description: 'The first day (UTC).' }),
          until: z.iso.date().optional().meta({ description: 'The day after the last one.' }),
        }),
      },
      answers: {
        200: {
          description: 'The counts, in one page.',
          content: { 'application/json': pageSchema(questionTotalSchema) },
        },
      },
      async handle({ input: { query }, response }) {
        const { questionnaire, touchpoint, channel, language, from, until } = query;
        const totals = await store.readTotals(
          questionnaire === undefined ? {} : { questionnaireId: questionnaire },
        );
        const fitting = totals.filter(
          (total) =>
            (touchpoint === undefined || total.touchpointId === touchpoint) &&
            (channel === undefined || total.channel === channel) &&
            (language === undefined || total.language === language) &&
            (from === undefined || total.day >= from) &&
            (until === undefined || total.day < until),
        );
        response.json({ items: sumByQuestion(fitting) });
      },
    }),
  ];
}

/**
 * Adds the counts of all touchpoints, channels, languages and days up. A total without a value counts the people who answered a question
 * of which the values alone do not tell it: several options each, or what is not shown.
 */
function sumByQuestion(totals: readonly Total[]): QuestionTotal[] {
  const questions = new Map<string, { first: Total; values: Map<string, number> }>();
  for (const total of totals) {
    const key = JSON.stringify([total.questionnaireId, total.questionId]);
    const question = questions.get(key) ?? { first: total, values: new Map() };
    questions.set(key, question);
    question.values.set(total.value, (question.values.get(total.value) ?? 0) + total.count);
  }
  return [...questions.values()].map(({ first: { questionnaireId, questionId }, values }) => {
    const people = values.get('');
    const shown = [...values].filter(([value, count]) => value !== '' && count > 0);
    return {
      questionnaireId,
      questionId,
      answers: people ?? shown.reduce((sum, [, count]) => sum + count, 0),
      values: shown.map(([value, count]) => ({ value: answerValueSchema.parse(JSON.parse(value)), count })),
    };
  });
}
