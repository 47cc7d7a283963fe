import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import type { Answer, Case, Response } from '../records.ts';
import type { Projection } from '../store.ts';
import { type TotalKey, totalsOf } from '../totals.ts';
import type { ContactTable } from './contacts.ts';
import type { SessionTable } from './sessions.ts';
import { integer, prepare, text } from './statement.ts';

/** Answers, responses, cases and totals. Applying the same projection again changes nothing. */
export function projectionTables(database: DatabaseSync, contacts: ContactTable, sessions: SessionTable) {
  const insertAnswer = prepare(
    database,
    'INSERT INTO answers (session, question, answered_at, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const selectAnswer = prepare(database, 'SELECT row, body FROM answers WHERE session = ? AND question = ?');
  const selectAnswersOfSession = prepare(database, 'SELECT body FROM answers WHERE session = ?');
  const updateAnswer = prepare(database, 'UPDATE answers SET answered_at = ?, body = ? WHERE row = ?');
  const deleteAnswer = prepare(database, 'DELETE FROM answers WHERE row = ?');
  const addTotal = prepare(
    database,
    `INSERT INTO totals (questionnaire, question, touchpoint, channel, language, day, value, count)
    VALUES (?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1`,
  );
  const totalAt = `
    questionnaire = ? AND question = ? AND touchpoint = ? AND channel = ? AND language = ? AND day = ? AND value = ?`;
  const subtractTotal = prepare(database, `UPDATE totals SET count = count - 1 WHERE ${totalAt}`);
  const deleteEmptyTotal = prepare(database, `DELETE FROM totals WHERE ${totalAt} AND count <= 0`);
  const upsertCase = prepare(
    database,
    `INSERT INTO cases (id, contact, waits, over, updated_at, body) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
      waits = excluded.waits, over = excluded.over, updated_at = excluded.updated_at, body = excluded.body`,
  );

  function saveAnswer(session: number, answer: Answer): void {
    const body = JSON.stringify(answer);
    if (insertAnswer.run(session, answer.questionId, answer.answeredAt, body).changes === 0) {
      const [row, earlier] = selectAnswer.get(session, answer.questionId) ?? [];
      if (earlier === body) return;
      subtract(text(earlier));
      updateAnswer.run(answer.answeredAt, body, integer(row));
    }
    for (const key of totalsOf(answer)) addTotal.run(...columnsOf(key));
  }

  function subtract(answer: string): void {
    for (const key of totalsOf(JSON.parse(answer))) {
      const columns = columnsOf(key);
      subtractTotal.run(...columns);
      deleteEmptyTotal.run(...columns);
    }
  }

  function retract(sessionId: string, questionId: string): void {
    const session = sessions.rowOf(sessionId);
    const answer = session === undefined ? undefined : selectAnswer.get(session, questionId);
    if (!answer) return;
    subtract(text(answer[1]));
    deleteAnswer.run(integer(answer[0]));
  }

  function saveCase(contact: number, record: Case): void {
    const { id, status, updatedAt } = record;
    const waits = status === 'open' ? 1 : 0;
    const over = status === 'returned' || status === 'closed' ? 1 : 0;
    upsertCase.run(id, contact, waits, over, updatedAt, JSON.stringify(record));
  }

  function contactRow(contactId: string): number {
    const row = contacts.rowOf(contactId);
    if (row === undefined) throw new StoreError('not_found', `There is no contact ${contactId}`);
    return row;
  }

  function sessionRow(record: Answer | Response, startedAt: string): number {
    const { sessionId: id, contactId, questionnaireId, touchpointId } = record;
    return (
      sessions.rowOf(id) ??
      sessions.create(contactRow(contactId), { id, questionnaireId, touchpointId, startedAt })
    );
  }

  return {
    /** A turn knows the rows of its sessions already. */
    apply(projection: Projection, rows: ReadonlyMap<string, number> = new Map()): void {
      const { answers, retracted, responses, cases } = projection;
      for (const { sessionId, questionId } of retracted) retract(sessionId, questionId);
      for (const answer of answers)
        saveAnswer(rows.get(answer.sessionId) ?? sessionRow(answer, answer.askedAt), answer);
      for (const response of responses)
        sessions.saveResponse(
          rows.get(response.sessionId) ?? sessionRow(response, response.startedAt),
          response,
        );
      for (const record of cases) saveCase(contactRow(record.contactId), record);
    },

    /** Takes a session's answers out of the totals, before it is removed. */
    uncount(session: number): void {
      for (const [body] of selectAnswersOfSession.all(session)) subtract(text(body));
    },

    clear(): void {
      database.exec('DELETE FROM answers; DELETE FROM totals; UPDATE sessions SET response = NULL');
    },
  };
}

export type ProjectionTables = ReturnType<typeof projectionTables>;

function columnsOf(key: TotalKey): [string, string, string, string, string, string, string] {
  const { questionnaireId, questionId, touchpointId, channel, language, day, value } = key;
  return [questionnaireId, questionId, touchpointId, channel, language, day, value];
}
