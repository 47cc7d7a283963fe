import type { Event } from '../dialogs/event.ts';
import type { Questionnaire } from '../dialogs/index.ts';
import { advance, contextOf } from './advance.ts';
import { type Draft, without } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';

const postponedMilliseconds = 3_600_000;

/**
 * Puts off timers whose turns fail, so that they do not come up again at once and keep others from theirs. There is no reminder any more; the
 * session expires an hour later, when the turn is tried again.
 */
export function postponeTimers(draft: Draft): void {
  const { session } = draft.contact;
  if (!session) return;
  const { remindAt: _, ...rest } = session;
  const later = new Date(Date.parse(draft.at) + postponedMilliseconds).toISOString();
  draft.contact = {
    ...draft.contact,
    session: { ...rest, ...(session.expired ? { graceEndsAt: later } : { expiresAt: later }) },
  };
}

/**
 * Decides what the passing of time causes. It looks only at the session's own timers as they stand now, so a timer that was set before
 * the last reply, or fires twice, does nothing.
 */
export function decideWake(
  environment: TurnEnvironment,
  draft: Draft,
  questionnaire: Questionnaire | undefined,
): void {
  const { session } = draft.contact;
  if (!session || !questionnaire || draft.openCase || draft.contact.optedOutAt !== undefined) return;

  if (session.expired) {
    if (isDue(session.graceEndsAt)) draft.contact = without(draft.contact, 'session');
    return;
  }
  if (isDue(session.expiresAt)) move('expired');
  else if (isDue(session.remindAt)) move('reminded');

  function isDue(moment: string | undefined): boolean {
    return moment !== undefined && moment <= draft.at;
  }

  function move(type: Extract<Event['type'], 'expired' | 'reminded'>): void {
    if (!session || !questionnaire) return;
    const address = draft.contact.addresses.find((candidate) => candidate.id === session.addressId);
    if (!address) return;
    const context = contextOf(draft, questionnaire, address);
    advance({ environment, draft, questionnaire, session, address, event: { type, at: draft.at, context } });
  }
}
