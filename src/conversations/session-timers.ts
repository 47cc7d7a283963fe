import type { Event } from '../dialogs/event.ts';
import type { Questionnaire } from '../dialogs/index.ts';
import type { OpenSession } from '../store/records.ts';

/**
 * The session with its timers after an event. A reminder comes once and is put off by every reply; a pause cancels it. The session expires
 * after a time without replies, and takes a late reply during the grace period after that. The questionnaire says how long each is.
 */
export function withTimers(session: OpenSession, questionnaire: Questionnaire, event: Event): OpenSession {
  const { reminderHours, expiryHours, graceHours } = questionnaire.timing;
  const { remindAt, ...rest } = session;
  switch (event.type) {
    case 'started':
      return {
        ...rest,
        ...untilExpiry(event.at),
        ...(reminderHours > 0 && { remindAt: later(event.at, reminderHours) }),
      };
    case 'replied':
    case 'resumed':
      if (session.expired) return session;
      return {
        ...rest,
        ...untilExpiry(event.at),
        ...(remindAt !== undefined && { remindAt: later(event.at, reminderHours) }),
      };
    case 'reminded':
      return rest;
    case 'expired':
      return { ...rest, expired: true };
    case 'media_received':
    case 'closed':
    case 'revised':
      return session;
  }

  function untilExpiry(at: string) {
    return { expiresAt: later(at, expiryHours), graceEndsAt: later(at, expiryHours + graceHours) };
  }
}

function later(moment: string, hours: number): string {
  return new Date(Date.parse(moment) + hours * 3_600_000).toISOString();
}
