import type { Request } from 'express';
import { z } from 'zod';
import { StoreError } from '../../store/errors.ts';
import { itemsMax } from '../../store/page.ts';
import type { ListQuery, Page } from '../../store/store.ts';
import { Problem } from '../problem.ts';

/** A moment as clients write it: a date, which begins at midnight UTC, or a date and time with its offset. Read as UTC with milliseconds. */
export const momentSchema = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((text) => new Date(text).toISOString())
  .meta({ description: 'A date (midnight UTC) or a date and time with its offset.' });

/** What lists of responses and answers can be narrowed down by. */
export const filterFields = {
  questionnaire: z.string().max(100).optional().meta({ description: 'The id of a questionnaire.' }),
  touchpoint: z.string().max(100).optional(),
  from: momentSchema.optional().meta({ description: 'Inclusive.' }),
  until: momentSchema.optional().meta({ description: 'Exclusive.' }),
  format: z.enum(['json', 'csv']).optional().meta({ description: 'Wins over the Accept header.' }),
};

const afterSchema = z.string().max(1000).meta({ description: '`next` of the page before.' });

/** A page of a list: how many items, and where to go on. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(itemsMax).optional().meta({ description: 'Default 50.' }),
  after: afterSchema.optional(),
};

export const itemsUsual = 50;

/** A page as clients read it. `next` is absent on the last one. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    next: z.string().optional().meta({ description: 'Hand this back as `after` to go on.' }),
  });
}

/** A query as the store takes it. */
export function listQuery(query: {
  readonly questionnaire?: string | undefined;
  readonly touchpoint?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}): ListQuery {
  const { questionnaire, touchpoint, from, until, after, limit } = query;
  return {
    limit,
    ...(questionnaire !== undefined && { questionnaireId: questionnaire }),
    ...(touchpoint !== undefined && { touchpointId: touchpoint }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(after !== undefined && { after }),
  };
}

/** A page that was asked for by a cursor from outside, which may be none of ours. */
export async function knownPage<Item>(page: Promise<Page<Item>>): Promise<Page<Item>> {
  try {
    return await page;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'not_found')
      throw new Problem('unknown_page', { cause: error });
    throw error;
  }
}

/** Whether a list is wanted as CSV: by the parameter, otherwise by what the client accepts. */
export function wantsCsv(request: Request, format: 'json' | 'csv' | undefined): boolean {
  return format === undefined ? request.accepts(['json', 'text/csv']) === 'text/csv' : format === 'csv';
}
