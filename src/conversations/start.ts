import type { Questionnaire } from '../dialogs/index.ts';
import type { Address } from '../store/records.ts';
import { advance, contextOf } from './advance.ts';
import { offerConflict } from './conflict.ts';
import { type Draft, without } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';
import { open } from './open.ts';

/** What came of asking for a survey. `waiting`: nothing had to be said, the conversation already stands where it should. */
export type StartOutcome =
  | 'started'
  | 'resumed'
  | 'offered'
  | 'waiting'
  | 'opted_out'
  | 'with_staff'
  | 'paused'
  | 'closed';

export interface StartRequest {
  readonly environment: TurnEnvironment;
  readonly draft: Draft;
  readonly address: Address;
  /** What is asked for. */
  readonly wanted: Questionnaire;
  /** The questionnaire of the contact's session, where there is one. */
  readonly current: Questionnaire | undefined;
  /** The only session that this start may open or resume: the one that a survey link stands for. */
  readonly sessionId?: string;
  /** That session, or the last one of a returning page, has ended: nothing new is opened. */
  readonly ended: boolean;
  /** Nothing new begins with what is asked for. */
  readonly paused: boolean;
  /** The contact has just chosen another language: the waiting question is asked again in it. */
  readonly switching: boolean;
}

/** Decides what asking for a touchpoint's survey causes, by the contact's own act: opening a page, a link, a keyword. */
export function decideStart(request: StartRequest): StartOutcome {
  const { environment, draft, address, wanted, current, sessionId } = request;
  if (draft.contact.optedOutAt !== undefined) return 'opted_out';
  if (draft.openCase) return 'with_staff';

  const { session } = draft.contact;
  if (session && current && !session.expired) {
    const same = sessionId === undefined ? session.questionnaireId === wanted.id : session.id === sessionId;
    if (!same) {
      if (request.ended) return closed(request);
      if (draft.contact.offered?.questionnaireId === wanted.id) return 'waiting';
      if (request.paused) return paused(request);
      offerConflict(environment, draft, { address, questionnaire: current, offered: wanted });
      return 'offered';
    }
    if (draft.contact.offered) draft.contact = without(draft.contact, 'offered');
    else if (session.addressId === address.id && !request.switching) return 'waiting';
    const context = contextOf(draft, current, address);
    advance({
      environment,
      draft,
      questionnaire: current,
      session,
      address,
      event: { type: 'resumed', at: draft.at, context },
    });
    return 'resumed';
  }
  if (request.ended) return closed(request);
  if (request.paused) return paused(request);
  open(environment, draft, { questionnaire: wanted, address, ...(sessionId !== undefined && { sessionId }) });
  return 'started';
}

/** The questionnaire keeps failing: whoever comes now is asked to come again. */
function paused({ environment, draft, address }: StartRequest): StartOutcome {
  draft.say(environment, address.id, 'survey_paused');
  return 'paused';
}

/** A link that was used up says so to whoever opens it; a page that is loaded again shows its history and says nothing new. */
function closed({ environment, draft, address, sessionId }: StartRequest): StartOutcome {
  if (sessionId === undefined) return 'waiting';
  draft.say(environment, address.id, 'survey_closed');
  return 'closed';
}
