import type { DatabaseSync } from 'node:sqlite';
import { decodeCursor, type Position, pageOf, within } from '../page.ts';
import { type Answer, type Case, type Response, type Total, totalSchema } from '../records.ts';
import type { ListQuery, Page } from '../store.ts';
import { laterBy } from './clock.ts';
import { integer, prepare, type Row, type Statement, text } from './statement.ts';

// Moments and ids are compared as texts; nothing sorts before the empty one, and no moment or id begins as late in Unicode as this.
const first = '';
const last = '\u{10ffff}';

/** So few answers in a span of time are found by their moments and then put in order; of more, the newest sessions have a page's worth. */
const fewAnswersMax = 5000;

/** A session's answers are not given before it began. The day is for a clock that was set back meanwhile. */
const clockSlackSeconds = 24 * 3600;

const ofPlace = '(?2 IS NULL OR touchpoint = ?2) AND (?5 IS NULL OR questionnaire = ?5)';

/** What people read: answers, responses, totals and cases, page by page. Every page is one column of JSON, then where it stands. */
export function listings(database: DatabaseSync) {
  const responses = listingBy((narrower) =>
    prepare(
      database,
      `SELECT response, started_at, id FROM sessions
      WHERE ${narrower} AND response IS NOT NULL AND started_at >= ?3 AND started_at < ?4 AND (started_at, id) < (?7, ?8)
      ORDER BY started_at DESC, id DESC LIMIT ?1`,
    ),
  );
  const selectAnswers = (narrower: string) =>
    prepare(
      database,
      `SELECT answers.body, started_at, id, answered_at, answers.row
      FROM sessions CROSS JOIN answers ON answers.session = sessions.row
      WHERE ${narrower} AND answered_at >= ?3 AND answered_at < ?4 AND started_at < ?11
        AND (started_at, id) <= (?7, ?8)
        AND ((started_at, id) < (?7, ?8) OR (answered_at, answers.row) > (?9, CAST(?10 AS INTEGER)))
      ORDER BY started_at DESC, id DESC, answered_at, answers.row LIMIT ?1`,
    );
  const answers = listingBy(selectAnswers);
  const answersAmongFew = selectAnswers(
    `sessions.row IN (SELECT session FROM answers WHERE answered_at >= ?3 AND answered_at < ?4)
      AND ${ofPlace}`,
  );
  const countAnswers = prepare(
    database,
    'SELECT count(*) FROM (SELECT 1 FROM answers WHERE answered_at >= ? AND answered_at < ? LIMIT ?)',
  );
  const cases = prepare(
    database,
    `SELECT body, waits, updated_at, id FROM cases
    WHERE (waits, updated_at, id) < (?1, ?2, ?3) AND (?4 IS NULL OR over = ?4)
    ORDER BY waits DESC, updated_at DESC, id DESC LIMIT ?5`,
  );
  const caseById = prepare(database, 'SELECT body FROM cases WHERE id = ?');
  const totals = prepare(
    database,
    `SELECT questionnaire, question, touchpoint, channel, language, day, value, count FROM totals
    WHERE ?1 IS NULL OR questionnaire = ?1`,
  );

  /** Whether walking the sessions from the newest on could go past most of them before it has met so many answers. */
  function areFew({ sessionId, from = first, until = last }: ListQuery): boolean {
    if (sessionId !== undefined || (from === first && until === last)) return false;
    return integer(countAnswers.get(from, until, fewAnswersMax)?.[0]) < fewAnswersMax;
  }

  return {
    responses(query: ListQuery): Page<Response> {
      const position = query.after ? decodeCursor(query.after, 2) : [last, last];
      return pageOfBodies(selectRows(statementFor(responses, query), query, position), query.limit);
    },

    answers(query: ListQuery): Page<Answer> {
      const position = query.after ? decodeCursor(query.after, 4) : [last, last, first, '0'];
      const statement = areFew(query) ? answersAmongFew : statementFor(answers, query);
      return pageOfBodies(selectRows(statement, query, [...position, startedBefore(query)]), query.limit);
    },

    totals(questionnaireId: string | undefined): Total[] {
      return totals.all(questionnaireId ?? null).map(totalOf);
    },

    cases({ after, limit, open }: { after?: string; limit: number; open?: boolean }): Page<Case> {
      const [waits = '2', updatedAt = last, id = last] = after ? decodeCursor(after, 3) : [];
      const over = open === undefined ? null : open ? 0 : 1;
      return pageOfBodies(cases.all(Number(waits), updatedAt, id, over, within(limit) + 1), limit);
    },

    readCase(caseId: string): Case | undefined {
      const found = caseById.get(caseId);
      return found && JSON.parse(text(found[0]));
    },
  };
}

/** One statement for each way to narrow a listing down that has an index of its own. */
interface Listing {
  readonly all: Statement;
  readonly ofQuestionnaire: Statement;
  readonly ofTouchpoint: Statement;
  readonly ofSession: Statement;
}

function listingBy(narrowedTo: (narrower: string) => Statement): Listing {
  return {
    all: narrowedTo('true'),
    ofQuestionnaire: narrowedTo('questionnaire = ?5 AND (?2 IS NULL OR touchpoint = ?2)'),
    ofTouchpoint: narrowedTo('touchpoint = ?2'),
    ofSession: narrowedTo(`id = ?6 AND ${ofPlace}`),
  };
}

function statementFor(listing: Listing, { sessionId, questionnaireId, touchpointId }: ListQuery): Statement {
  if (sessionId !== undefined) return listing.ofSession;
  if (questionnaireId !== undefined) return listing.ofQuestionnaire;
  return touchpointId === undefined ? listing.all : listing.ofTouchpoint;
}

/** No session that began later has answers before `until`. */
function startedBefore({ until = last }: ListQuery): string {
  if (until === last) return last;
  const bound = laterBy(until, clockSlackSeconds);
  // Beyond the year 9999 moments are written with a sign, which sorts first.
  return bound > until ? bound : last;
}

function selectRows(statement: Statement, query: ListQuery, position: Position): Row[] {
  const { limit, touchpointId = null, from = first, until = last } = query;
  const { questionnaireId = null, sessionId = null } = query;
  return statement.all(within(limit) + 1, touchpointId, from, until, questionnaireId, sessionId, ...position);
}

function pageOfBodies<Item>(rows: readonly Row[], limit: number): Page<Item> {
  return pageOf(
    rows,
    limit,
    ([body]): Item => JSON.parse(text(body)),
    (row) => row.slice(1).map(String),
  );
}

function totalOf(row: Row): Total {
  const [questionnaireId, questionId, touchpointId, channel, language, day, value, count] = row;
  return {
    questionnaireId: text(questionnaireId),
    questionId: text(questionId),
    touchpointId: text(touchpointId),
    channel: text(channel),
    language: totalSchema.shape.language.parse(language),
    day: text(day),
    value: text(value),
    count: integer(count),
  };
}
