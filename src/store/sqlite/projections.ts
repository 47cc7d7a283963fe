import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import type { Answer, Case, Response } from '../records.ts';
import type { Projection } from '../store.ts';
import { type TotalKey, totalsOf } from '../totals.ts';
import type { ContactTable } from './contacts.ts';
import { integer, text } from './row.ts';
import type { SessionTable } from './sessions.ts';

/** Answers, responses, cases and totals. Applying the same projection again changes nothing. */
export function projectionTables(database: DatabaseSync, contacts: ContactTable, sessions: SessionTable) {
  const insertAnswer = database.prepare(`
    INSERT INTO answers (session, question, answered_at, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  const selectAnswer = database.prepare('SELECT row, body FROM answers WHERE session = ? AND question = ?');
  const selectAnswersOfSession = database.prepare('SELECT body FROM answers WHERE session = ?');
  const updateAnswer = database.prepare('UPDATE answers SET answered_at = ?, body = ? WHERE row = ?');
  const deleteAnswer = database.prepare('DELETE FROM answers WHERE row = ?');
  const addTotal = database.prepare(`
    INSERT INTO totals (questionnaire, question, touchpoint, channel, language, day, value, count)
    VALUES (?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1`);
  const totalAt = `
    questionnaire = ? AND question = ? AND touchpoint = ? AND channel = ? AND language = ? AND day = ? AND value = ?`;
  const subtractTotal = database.prepare(`UPDATE totals SET count = count - 1 WHERE ${totalAt}`);
  const deleteEmptyTotal = database.prepare(`DELETE FROM totals WHERE ${totalAt} AND count <= 0`);
  const selectSession = database.prepare(
    'SELECT row, questionnaire, touchpoint, started_at FROM sessions WHERE id = ?',
  );
  const updateResponse = database.prepare('UPDATE sessions SET response = ?, ended_at = ? WHERE row = ?');
  const updateSession = database.prepare(
    'UPDATE sessions SET questionnaire = ?, touchpoint = ?, started_at = ? WHERE row = ?',
  );
  const upsertCase = database.prepare(`
    INSERT INTO cases (id, contact, waits, over, updated_at, body) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
      waits = excluded.waits, over = excluded.over, updated_at = excluded.updated_at, body = excluded.body`);

  function saveAnswer(contact: number, answer: Answer): void {
    const session = sessions.ensure(contact, {
      id: answer.sessionId,
      questionnaireId: answer.questionnaireId,
      touchpointId: answer.touchpointId,
      startedAt: answer.askedAt,
    });
    const body = JSON.stringify(answer);
    if (insertAnswer.run(session, answer.questionId, answer.answeredAt, body).changes === 0) {
      const earlier = selectAnswer.get(session, answer.questionId);
      if (!earlier || earlier.body === body) return;
      subtract(text(earlier.body));
      updateAnswer.run(answer.answeredAt, body, integer(earlier.row));
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

  function retract({ sessionId, questionId }: Projection['retracted'][number]): void {
    const session = sessions.rowOf(sessionId);
    const answer = session !== undefined && selectAnswer.get(session, questionId);
    if (!answer) return;
    subtract(text(answer.body));
    deleteAnswer.run(integer(answer.row));
  }

  function saveResponse(contact: number, response: Response): void {
    const { sessionId, questionnaireId, touchpointId, startedAt, endedAt } = response;
    const row = sessions.ensure(contact, { id: sessionId, questionnaireId, touchpointId, startedAt });
    const known = selectSession.get(sessionId);
    const same =
      known?.questionnaire === questionnaireId &&
      known.touchpoint === touchpointId &&
      known.started_at === startedAt;
    if (!same) updateSession.run(questionnaireId, touchpointId, startedAt, row);
    updateResponse.run(JSON.stringify(response), endedAt ?? null, row);
  }

  function saveCase(contact: number, record: Case): void {
    const waits = record.status === 'open' ? 1 : 0;
    const over = record.status === 'returned' || record.status === 'closed' ? 1 : 0;
    upsertCase.run(record.id, contact, waits, over, record.updatedAt, JSON.stringify(record));
  }

  return {
    /** Applies what a turn of one contact has changed. */
    applyTo(contact: number, { answers, retracted, responses, cases }: Projection): void {
      for (const one of retracted) retract(one);
      for (const answer of answers) saveAnswer(contact, answer);
      for (const response of responses) saveResponse(contact, response);
      for (const record of cases) saveCase(contact, record);
    },

    apply(projection: Projection): void {
      const { answers, retracted, responses, cases } = projection;
      for (const one of retracted) retract(one);
      for (const answer of answers) saveAnswer(rowOf(answer.contactId), answer);
      for (const response of responses) saveResponse(rowOf(response.contactId), response);
      for (const record of cases) saveCase(rowOf(record.contactId), record);
    },

    /** Takes a session's answers out of the totals, before it is removed. */
    uncount(session: number): void {
      for (const { body } of selectAnswersOfSession.all(session)) subtract(text(body));
    },

    clear(): void {
      database.exec('DELETE FROM answers; DELETE FROM totals; UPDATE sessions SET response = NULL');
    },
  };

  function rowOf(contactId: string): number {
    const row = contacts.rowOf(contactId);
    if (row === undefined) throw new StoreError('not_found', `There is no contact ${contactId}`);
    return row;
  }
}

export type ProjectionTables = ReturnType<typeof projectionTables>;

function columnsOf(key: TotalKey): [string, string, string, string, string, string, string] {
  const { questionnaireId, questionId, touchpointId, channel, language, day, value } = key;
  return [questionnaireId, questionId, touchpointId, channel, language, day, value];
}
