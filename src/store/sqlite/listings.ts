import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Answer, Case, Response, Total } from '../records.ts';
import { totalSchema } from '../records.ts';
import type { ListQuery, Page } from '../store.ts';
import { decodeCursor, encodeCursor, type Position } from './cursor.ts';
import { integer, text } from './row.ts';

// Moments and ids are compared as texts; nothing comes before the empty one, and no id or moment begins as late in Unicode as this.
const first = '';
const last = '\u{10ffff}';

const itemsMax = 500;

/** What people read: answers, responses, totals and cases, page by page. */
export function listings(database: DatabaseSync) {
  const responses = prepareListing(database, {
    select: 'SELECT response AS body, started_at, id FROM sessions',
    condition: `response IS NOT NULL AND started_at >= :from AND started_at < :until
      AND (started_at, id) < (:startedAt, :sessionId)`,
    order: 'started_at DESC, id DESC',
  });
  const answers = prepareListing(database, {
    select: `SELECT answers.body AS body, started_at, id, answered_at, question
      FROM sessions CROSS JOIN answers ON answers.session = sessions.row`,
    condition: `(started_at, id) <= (:startedAt, :sessionId)
      AND ((started_at, id) < (:startedAt, :sessionId) OR (answered_at, question) > (:answeredAt, :questionId))
      AND answered_at >= :from AND answered_at < :until`,
    order: 'started_at DESC, id DESC, answered_at, question',
  });
  const cases = database.prepare(`
    SELECT body, waits, updated_at, id FROM cases
    WHERE (waits, updated_at, id) < (?, ?, ?) AND (?4 IS NULL OR over = ?4)
    ORDER BY waits DESC, updated_at DESC, id DESC LIMIT ?5`);
  const caseById = database.prepare('SELECT body FROM cases WHERE id = ?');
  const totalColumns = `
    SELECT questionnaire AS questionnaireId, question AS questionId, touchpoint AS touchpointId, channel, language, day,
      value, count
    FROM totals`;
  const allTotals = database.prepare(totalColumns);
  const totalsOfQuestionnaire = database.prepare(`${totalColumns} WHERE questionnaire = ?`);

  return {
    responses(query: ListQuery): Page<Response> {
      const [startedAt = last, sessionId = last] = query.after ? decodeCursor(query.after, 2) : [];
      const rows = selectRows(responses, query, { ':startedAt': startedAt, ':sessionId': sessionId });
      return pageOf(rows, query.limit, (row) => [text(row.started_at), text(row.id)]);
    },

    answers(query: ListQuery): Page<Answer> {
      const [startedAt = last, sessionId = last, answeredAt = first, questionId = first] = query.after
        ? decodeCursor(query.after, 4)
        : [];
      const rows = selectRows(answers, query, {
        ':startedAt': startedAt,
        ':sessionId': sessionId,
        ':answeredAt': answeredAt,
        ':questionId': questionId,
      });
      return pageOf(rows, query.limit, (row) => [
        text(row.started_at),
        text(row.id),
        text(row.answered_at),
        text(row.question),
      ]);
    },

    totals(questionnaireId: string | undefined): Total[] {
      const rows =
        questionnaireId === undefined ? allTotals.all() : totalsOfQuestionnaire.all(questionnaireId);
      return rows.map((row) => totalSchema.parse({ ...row }));
    },

    cases({ after, limit, open }: { after?: string; limit: number; open?: boolean }): Page<Case> {
      const [waits = '2', updatedAt = last, id = last] = after ? decodeCursor(after, 3) : [];
      const over = open === undefined ? null : open ? 0 : 1;
      const rows = cases.all(Number(waits), updatedAt, id, over, within(limit) + 1);
      return pageOf(rows, limit, (row) => [String(integer(row.waits)), text(row.updated_at), text(row.id)]);
    },

    readCase(caseId: string): Case | undefined {
      const found = caseById.get(caseId);
      return found && JSON.parse(text(found.body));
    },
  };
}

type Row = ReturnType<StatementSync['all']>[number];

/** One statement for each way to narrow a listing down that has an index of its own. */
interface Listing {
  readonly all: StatementSync;
  readonly ofQuestionnaire: StatementSync;
  readonly ofSession: StatementSync;
}

function prepareListing(
  database: DatabaseSync,
  { select, condition, order }: { select: string; condition: string; order: string },
): Listing {
  const prepare = (narrowed: string) =>
    database.prepare(`${select} WHERE ${narrowed} (:touchpoint IS NULL OR touchpoint = :touchpoint)
      AND ${condition} ORDER BY ${order} LIMIT :limit`);
  return {
    all: prepare(''),
    ofQuestionnaire: prepare('questionnaire = :questionnaire AND'),
    ofSession: prepare('id = :session AND (:questionnaire IS NULL OR questionnaire = :questionnaire) AND'),
  };
}

function selectRows(listing: Listing, query: ListQuery, position: Record<string, string>): Row[] {
  const { questionnaireId, sessionId, touchpointId = null, from = first, until = last, limit } = query;
  const parameters = {
    ...position,
    ':touchpoint': touchpointId,
    ':from': from,
    ':until': until,
    ':limit': within(limit) + 1,
  };
  if (sessionId !== undefined)
    return listing.ofSession.all({
      ...parameters,
      ':session': sessionId,
      ':questionnaire': questionnaireId ?? null,
    });
  if (questionnaireId !== undefined)
    return listing.ofQuestionnaire.all({ ...parameters, ':questionnaire': questionnaireId });
  return listing.all.all(parameters);
}

/** One row more than asked for was read, and tells whether there is another page. */
function pageOf<Item>(rows: readonly Row[], limit: number, positionOf: (row: Row) => Position): Page<Item> {
  const shown = rows.slice(0, within(limit));
  const end = shown.at(-1);
  const items: Item[] = shown.map(({ body }) => JSON.parse(text(body)));
  return rows.length > shown.length && end ? { items, next: encodeCursor(positionOf(end)) } : { items };
}

function within(limit: number): number {
  return Math.min(Math.max(1, Math.trunc(limit)), itemsMax);
}
