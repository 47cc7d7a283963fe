import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { QuestionnaireDocument } from '../../dialogs/questionnaire.ts';
import type { PublishedQuestionnaire } from '../store.ts';
import { integer, text } from './row.ts';

/** Published questionnaires: revisions are added and never changed. */
export function questionnaireTable(database: DatabaseSync) {
  const columns = 'SELECT revision, published_at, document FROM questionnaires';
  const selectLatest = database.prepare(`${columns} WHERE id = ? ORDER BY revision DESC LIMIT 1`);
  const selectRevision = database.prepare(`${columns} WHERE id = ? AND revision = ?`);
  const selectAllLatest = database.prepare(`${columns}
    WHERE (id, revision) IN (SELECT id, max(revision) FROM questionnaires GROUP BY id) ORDER BY id`);
  const insert = database.prepare(
    'INSERT INTO questionnaires (id, revision, published_at, document) VALUES (?, ?, ?, ?)',
  );

  return {
    publish(document: QuestionnaireDocument, at: string): { revision: number; created: boolean } {
      const latest = publishedOf(selectLatest.get(document.id));
      const body = JSON.stringify(document);
      if (latest && isDeepStrictEqual(latest.document, JSON.parse(body)))
        return { revision: latest.revision, created: false };
      const revision = (latest?.revision ?? 0) + 1;
      insert.run(document.id, revision, at, body);
      return { revision, created: true };
    },

    read(id: string, revision?: number): PublishedQuestionnaire | undefined {
      return publishedOf(revision === undefined ? selectLatest.get(id) : selectRevision.get(id, revision));
    },

    list(): PublishedQuestionnaire[] {
      return selectAllLatest
        .all()
        .map(publishedOf)
        .filter((one) => one !== undefined);
    },
  };
}

function publishedOf(row: Record<string, SQLOutputValue> | undefined): PublishedQuestionnaire | undefined {
  return (
    row && {
      revision: integer(row.revision),
      publishedAt: text(row.published_at),
      document: JSON.parse(text(row.document)),
    }
  );
}
