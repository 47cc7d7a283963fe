import { isDeepStrictEqual } from 'node:util';
import type { Library } from '../../../src/conversations/library.ts';
import { type Session, startSession, step } from '../../../src/dialogs/index.ts';
import type { StoredEvent } from '../../../src/store/records.ts';
import type { RunRecord } from '../record.ts';
import type { Projections, Standing } from './standing.ts';

/** After every turn the contact's session is what replaying its events gives. */
export async function replaysToItsState({ turns }: RunRecord, library: Library): Promise<string[]> {
  const replayed = new Map<string, { state: Session; questionnaireId: string; revision: number }>();
  const found: string[] = [];
  for (const { turn } of turns) {
    for (const { sessionId, event, opened } of turn.events) {
      const before = replayed.get(sessionId) ?? (opened && { state: startSession(), ...opened });
      if (!before) {
        found.push(`${sessionId} was moved before it was opened`);
        continue;
      }
      const revision = event.type === 'revised' ? event.revision : before.revision;
      const questionnaire = await library.revision(before.questionnaireId, revision);
      if (!questionnaire) throw new Error(`Revision ${revision} of ${before.questionnaireId} is gone`);
      const { session: state } = step(questionnaire, before.state, event);
      replayed.set(sessionId, { ...before, state, revision });
    }
    const { session } = turn.contact;
    if (session && JSON.stringify(session.state) !== JSON.stringify(replayed.get(session.id)?.state))
      found.push(`${session.id} stands elsewhere than its events say, after version ${turn.contact.version}`);
  }
  return found;
}

/** One reminder at most, and neither it nor the expiry before the questionnaire's time without a reply. */
export async function firesTimersOnce({ sessions }: Standing, library: Library): Promise<string[]> {
  const found: string[] = [];
  for (const [id, events] of sessions) {
    const opened = events[0]?.opened;
    const questionnaire = opened && (await library.revision(opened.questionnaireId, opened.revision));
    if (questionnaire) found.push(...checkTimers(id, events, questionnaire.timing));
  }
  return found;
}

function checkTimers(
  id: string,
  events: readonly StoredEvent[],
  { reminderHours, expiryHours }: { reminderHours: number; expiryHours: number },
): string[] {
  const found: string[] = [];
  let since = 0;
  for (const type of ['reminded', 'expired']) {
    const times = events.filter(({ event }) => event.type === type).length;
    if (times > 1) found.push(`${id} was ${type} ${times} times`);
  }
  for (const { event } of events) {
    const hours = (Date.parse(event.at) - since) / 3_600_000;
    if (event.type === 'reminded' && hours < reminderHours)
      found.push(`${id} was reminded ${hours.toFixed(2)} hours after the last reply`);
    if (event.type === 'expired' && hours < expiryHours)
      found.push(`${id} expired ${hours.toFixed(2)} hours after the last reply`);
    if (event.type === 'started' || event.type === 'replied' || event.type === 'resumed')
      since = Date.parse(event.at);
  }
  return found;
}

export function rebuildsTheSame(before: Projections, after: Projections): string[] {
  const same = (['answers', 'responses', 'totals'] as const).filter(
    (part) => !isDeepStrictEqual(before[part], after[part]),
  );
  return same.map((part) => `the ${part} are others after a rebuild`);
}
