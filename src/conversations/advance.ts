import type { Effect } from '../dialogs/effect.ts';
import type { Event, EventContext } from '../dialogs/event.ts';
import { type Questionnaire, step } from '../dialogs/index.ts';
import type { Address, OpenSession, StoredEvent } from '../store/records.ts';
import { openCase } from './cases.ts';
import { compose } from './compose.ts';
import { type Draft, without } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';
import { optOut } from './opt-out.ts';
import { withTimers } from './session-timers.ts';

export interface Advance {
  readonly environment: TurnEnvironment;
  readonly draft: Draft;
  readonly questionnaire: Questionnaire;
  readonly session: OpenSession;
  readonly address: Address;
  readonly event: Event;
  readonly reply?: StoredEvent['reply'];
}

/**
 * Takes a session one event further: one step of the engine, its event stored, its answers projected, and each effect carried out in its
 * order. Every way in which a session can move goes through here.
 */
export function advance({
  environment,
  draft,
  questionnaire,
  session,
  address,
  event,
  reply,
}: Advance): void {
  const { session: state, effects } = step(questionnaire, session.state, event);
  const stored: StoredEvent = {
    sessionId: session.id,
    contactId: draft.contact.id,
    event,
    addressId: address.id,
    ...(event.type === 'started' && {
      opened: {
        questionnaireId: session.questionnaireId,
        revision: session.revision,
        touchpointId: session.touchpointId,
      },
    }),
    ...(reply && { reply }),
  };
  draft.events.push(stored);
  draft.project(environment.project({ questionnaire, session, stored, effects }));

  const after: OpenSession = {
    ...withTimers(session, questionnaire, event),
    state,
    addressId: address.id,
    ...(event.type === 'revised' && { revision: event.revision }),
    askedAt: state.at === session.state.at ? session.askedAt : event.at,
  };
  draft.contact = { ...draft.contact, session: after };
  for (const effect of effects) carryOut(environment, draft, questionnaire, address, after, effect);
}

function carryOut(
  environment: TurnEnvironment,
  draft: Draft,
  questionnaire: Questionnaire,
  address: Address,
  session: OpenSession,
  effect: Effect,
): void {
  switch (effect.type) {
    case 'message':
      draft.send(address.id, compose(environment, draft.contact, questionnaire, address, session, effect));
      return;
    case 'language_chosen':
      draft.contact = { ...draft.contact, language: effect.language };
      return;
    case 'paused':
      draft.contact = { ...draft.contact, session: withoutReminder(draft.contact.session ?? session) };
      return;
    case 'session_ended':
      if (!session.expired) draft.contact = without(draft.contact, 'session');
      return;
    case 'human_requested':
      openCase(environment, draft, address);
      return;
    case 'opt_out_requested':
      optOut(environment, draft, address);
      return;
    case 'opt_in_requested':
    case 'question_asked':
    case 'question_skipped':
    case 'answer_accepted':
    case 'answer_rejected':
    case 'answer_retracted':
      return;
  }
}

function withoutReminder(session: OpenSession): OpenSession {
  const { remindAt: _, ...rest } = session;
  return rest;
}

/** What the questionnaire's conditions may look at, at this moment. */
export function contextOf(draft: Draft, questionnaire: Questionnaire, address: Address): EventContext {
  const { attributes, language } = draft.contact;
  const named = questionnaire.conditionAttributes.filter((name) => Object.hasOwn(attributes, name));
  return {
    channel: address.channel,
    language,
    ...(named.length > 0 && {
      attributes: Object.fromEntries(named.map((name) => [name, attributes[name] ?? ''])),
    }),
  };
}
