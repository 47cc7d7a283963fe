import { isDeepStrictEqual } from 'node:util';
import type { QuestionnaireDocument } from '../../dialogs/questionnaire.ts';
import { StoreError } from '../errors.ts';
import type { Pause, PublishedQuestionnaire } from '../store.ts';
import type { QuestionnaireDocumentStored } from './collections.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './mongo-error.ts';
import { fromStored, toStored } from './stored-text.ts';

const racesMax = 20;

/** Published questionnaires: revisions are added and never changed. */
export function questionnaireCommands({ collections: { questionnaires } }: Database) {
  async function read(id: string, revision?: number): Promise<PublishedQuestionnaire | undefined> {
    const filter = { questionnaireId: toStored(id), ...(revision !== undefined && { revision }) };
    const found = await questionnaires.findOne(filter, { sort: { revision: -1 } });
    return found ? publishedOf(found) : undefined;
  }

  return {
    read,

    async publish(
      document: QuestionnaireDocument,
      at: string,
    ): Promise<{ revision: number; created: boolean }> {
      const comparable: unknown = JSON.parse(JSON.stringify(document));
      for (let race = 0; race < racesMax; race += 1) {
        const latest = await read(document.id);
        if (latest && isDeepStrictEqual(latest.document, comparable))
          return { revision: latest.revision, created: false };
        const revision = (latest?.revision ?? 0) + 1;
        const published = { questionnaireId: document.id, revision, publishedAt: new Date(at), document };
        try {
          await questionnaires.insertOne(toStored(published));
          return { revision, created: true };
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
      }
      throw new StoreError('unavailable', `Too many publish ${document.id} at the same time`);
    },

    async pause({ id, revision, pause }: { id: string; revision: number; pause: Pause }): Promise<boolean> {
      const filter = { questionnaireId: toStored(id), revision };
      const { matchedCount } = await questionnaires.updateOne(
        { ...filter, pausedAt: { $exists: false } },
        { $set: { pausedAt: new Date(pause.at), pauseReason: toStored(pause.reason) } },
      );
      if (matchedCount === 1) return true;
      if ((await questionnaires.countDocuments(filter, { limit: 1 })) === 0)
        throw new StoreError('not_found', `There is no revision ${revision} of ${id}`);
      return false;
    },

    async resume({ id, revision }: { id: string; revision: number }): Promise<boolean> {
      const { matchedCount } = await questionnaires.updateOne(
        { questionnaireId: toStored(id), revision, pausedAt: { $exists: true } },
        { $unset: { pausedAt: '', pauseReason: '' } },
      );
      return matchedCount === 1;
    },

    /** How many have a pause at their latest revision. */
    async countPaused(): Promise<number> {
      const paused = await questionnaires
        .find({ pausedAt: { $gte: new Date(0) } }, { projection: { questionnaireId: 1, revision: 1 } })
        .toArray();
      const newer = await Promise.all(
        paused.map(({ questionnaireId, revision }) =>
          questionnaires.countDocuments({ questionnaireId, revision: { $gt: revision } }, { limit: 1 }),
        ),
      );
      return newer.filter((count) => count === 0).length;
    },

    async list(): Promise<PublishedQuestionnaire[]> {
      const latest = await questionnaires
        .aggregate<QuestionnaireDocumentStored>([
          { $sort: { questionnaireId: 1, revision: -1 } },
          { $group: { _id: '$questionnaireId', latest: { $first: '$$ROOT' } } },
          { $replaceRoot: { newRoot: '$latest' } },
          { $sort: { questionnaireId: 1 } },
        ])
        .toArray();
      return latest.map(publishedOf);
    },
  };
}

function publishedOf(stored: QuestionnaireDocumentStored): PublishedQuestionnaire {
  const { revision, publishedAt, document, pausedAt, pauseReason = '' } = stored;
  return {
    revision,
    publishedAt: publishedAt.toISOString(),
    document: fromStored(document),
    ...(pausedAt && { paused: { at: pausedAt.toISOString(), reason: fromStored(pauseReason) } }),
  };
}
