import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { QuestionnaireDocument } from '../../dialogs/questionnaire.ts';
import type { PublishedQuestionnaire } from '../store.ts';
import { integer, prepare, type Row, text } from './statement.ts';

/** Published questionnaires: revisions are added and never changed. */
export function questionnaireTable(database: DatabaseSync) {
  const columns = 'SELECT revision, published_at, document FROM questionnaires';
  const selectLatest = prepare(database, `${columns} WHERE id = ? ORDER BY revision DESC LIMIT 1`);
  const selectRevision = prepare(database, `${columns} WHERE id = ? AND revision = ?`);
  const selectAllLatest = prepare(
    database,
    `${columns}
    WHERE (id, revision) IN (SELECT id, max(revision) FROM questionnaires GROUP BY id) ORDER BY id`,
  );
  const insert = prepare(
    database,
    'INSERT INTO questionnaires (id, revision, published_at, document) VALUES (?, ?, ?, ?)',
  );

  return {
    publish(document: QuestionnaireDocument, at: string): { revision: number; created: boolean } {
      const found = selectLatest.get(document.id);
      const latest = found && publishedOf(found);
      const body = JSON.stringify(document);
      if (latest && isDeepStrictEqual(latest.document, JSON.parse(body)))
        return { revision: latest.revision, created: false };
      const revision = (latest?.revision ?? 0) + 1;
      insert.run(document.id, revision, at, body);
      return { revision, created: true };
    },

    read(id: string, revision?: number): PublishedQuestionnaire | undefined {
      const found = revision === undefined ? selectLatest.get(id) : selectRevision.get(id, revision);
      return found && publishedOf(found);
    },

    list(): PublishedQuestionnaire[] {
      return selectAllLatest.all().map(publishedOf);
    },
  };
}

function publishedOf(row: Row): PublishedQuestionnaire {
  const [revision, publishedAt, document] = row;
  return {
    revision: integer(revision),
    publishedAt: text(publishedAt),
    document: JSON.parse(text(document)),
  };
}
