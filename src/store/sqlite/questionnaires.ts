import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { QuestionnaireDocument } from '../../dialogs/questionnaire.ts';
import { StoreError } from '../errors.ts';
import type { Pause, PublishedQuestionnaire } from '../store.ts';
import { integer, optionalText, prepare, type Row, text } from './statement.ts';

/** How many parsed documents are kept. */
const keptDocumentsMax = 200;

/** Published questionnaires: revisions are added and never changed. */
export function questionnaireTable(database: DatabaseSync) {
  const columns = `
    SELECT published.row, published.revision, published_at, paused_at, reason FROM questionnaires AS published
    LEFT JOIN pauses ON pauses.questionnaire = published.id AND pauses.revision = published.revision`;
  const selectLatest = prepare(database, `${columns} WHERE id = ? ORDER BY published.revision DESC LIMIT 1`);
  const selectRevision = prepare(database, `${columns} WHERE id = ? AND published.revision = ?`);
  const selectAllLatest = prepare(
    database,
    // With max() alone, the other columns are those of its row: https://sqlite.org/lang_select.html#bareagg
    `${columns.replace('published.revision,', 'max(published.revision),')} GROUP BY id ORDER BY id`,
  );
  const selectDocument = prepare(database, 'SELECT document FROM questionnaires WHERE row = ?');
  const insertPause = prepare(
    database,
    `INSERT INTO pauses (questionnaire, revision, paused_at, reason)
    SELECT id, revision, ?, ? FROM questionnaires WHERE id = ? AND revision = ? ON CONFLICT DO NOTHING`,
  );
  const deletePause = prepare(database, 'DELETE FROM pauses WHERE questionnaire = ? AND revision = ?');
  const insert = prepare(
    database,
    'INSERT INTO questionnaires (id, revision, published_at, document) VALUES (?, ?, ?, ?)',
  );

  // A revision never changes, so it is parsed once.
  const documents = new Map<number, QuestionnaireDocument>();

  function documentOf(row: number): QuestionnaireDocument {
    const known = documents.get(row);
    if (known) return known;
    const document: QuestionnaireDocument = JSON.parse(text(selectDocument.get(row)?.[0]));
    documents.set(row, document);
    const oldest = documents.size > keptDocumentsMax ? documents.keys().next().value : undefined;
    if (oldest !== undefined) documents.delete(oldest);
    return document;
  }

  function publishedOf([row, revision, publishedAt, pausedAt, reason]: Row): PublishedQuestionnaire {
    const at = optionalText(pausedAt ?? null);
    return {
      revision: integer(revision),
      publishedAt: text(publishedAt),
      document: documentOf(integer(row)),
      ...(at !== undefined && { paused: { at, reason: text(reason) } }),
    };
  }

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

    pause({ id, revision, pause }: { id: string; revision: number; pause: Pause }): boolean {
      if (insertPause.run(pause.at, pause.reason, id, revision).changes === 1) return true;
      if (!selectRevision.get(id, revision))
        throw new StoreError('not_found', `There is no revision ${revision} of ${id}`);
      return false;
    },

    resume({ id, revision }: { id: string; revision: number }): boolean {
      return deletePause.run(id, revision).changes === 1;
    },

    list(): PublishedQuestionnaire[] {
      return selectAllLatest.all().map(publishedOf);
    },
  };
}
