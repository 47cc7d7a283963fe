import type { Total } from '../records.ts';
import type { TotalKey } from '../totals.ts';
import type { Database } from './database.ts';
import { fromStored, toStored } from './stored-text.ts';

const changesPerTransaction = 500;

/**
 * Adds to the totals what projections have changed and removes the notes of it in one transaction, so that each counts once, whoever
 * counts it and whenever a process dies. Resolves to whether there was anything.
 */
export async function countTotalChanges({ collections, transact }: Database): Promise<boolean> {
  const { totalChanges, totals } = collections;
  if (!(await totalChanges.findOne({}, { projection: { _id: 1 } }))) return false;
  return transact(async (session) => {
    const noted = await totalChanges.find({}, { session }).limit(changesPerTransaction).toArray();
    if (noted.length === 0) return false;
    const counts = new Map<string, { key: TotalKey; by: number }>();
    for (const { key, by } of noted.flatMap(({ changes }) => changes)) {
      const id = idOf(key);
      counts.set(id, { key, by: (counts.get(id)?.by ?? 0) + by });
    }
    const changed = [...counts].filter(([, { by }]) => by !== 0);
    if (changed.length > 0)
      await totals.bulkWrite(
        changed.map(([_id, { key, by }]) => ({
          updateOne: { filter: { _id }, update: { $inc: { count: by }, $setOnInsert: key }, upsert: true },
        })),
        { session },
      );
    const fallen = changed.flatMap(([id, { by }]) => (by < 0 ? [id] : []));
    if (fallen.length > 0) await totals.deleteMany({ _id: { $in: fallen }, count: 0 }, { session });
    await totalChanges.deleteMany({ _id: { $in: noted.map(({ _id }) => _id) } }, { session });
    return true;
  });
}

export async function readTotals(
  { collections }: Database,
  questionnaireId: string | undefined,
): Promise<Total[]> {
  const filter = questionnaireId === undefined ? {} : { questionnaireId: toStored(questionnaireId) };
  const found = await collections.totals.find(filter, { projection: { _id: 0 } }).toArray();
  return found.map(({ questionId, touchpointId, channel, language, day, value, count, ...rest }) =>
    fromStored({
      questionnaireId: rest.questionnaireId,
      questionId,
      touchpointId,
      channel,
      language,
      day,
      value,
      count,
    }),
  );
}

/** The id of a count; its parts as they are stored. */
function idOf(key: TotalKey): string {
  const { questionnaireId, questionId, touchpointId, channel, language, day, value } = key;
  return JSON.stringify([questionnaireId, questionId, touchpointId, channel, language, day, value]);
}
