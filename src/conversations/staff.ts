import type { Event } from '../dialogs/event.ts';
import type { Questionnaire } from '../dialogs/index.ts';
import type { Address } from '../store/records.ts';
import { advance, contextOf } from './advance.ts';
import { answeredByStaff, finishCase } from './cases.ts';
import type { Draft } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';

/** What staff do in a talk that a contact asked for. */
export type StaffAct =
  /** With an id it is sent once, however often it is given. */
  | { readonly type: 'reply'; readonly text: string; readonly id?: string | undefined }
  | { readonly type: 'return' }
  | { readonly type: 'close' };

export interface StaffRequest {
  readonly environment: TurnEnvironment;
  readonly draft: Draft;
  readonly questionnaire: Questionnaire | undefined;
  readonly act: StaffAct;
}

/**
 * Decides what an act of staff causes. A return hands the conversation to the bot, which asks the waiting question again; closing ends the
 * session as well. The draft's case must be open.
 */
export function decideStaffAct({ environment, draft, questionnaire, act }: StaffRequest): void {
  const address = addressOfCase(draft);
  switch (act.type) {
    case 'reply':
      if (act.id !== undefined && draft.openCase?.replyIds?.includes(act.id)) return;
      draft.send(address.id, {
        text: act.text,
        language: draft.contact.language,
        from: 'staff',
        layout: 'statement',
      });
      answeredByStaff(draft, act.id);
      return;
    case 'return':
      finishCase(draft, 'returned');
      draft.say(environment, address.id, 'human_returned');
      moveSession(environment, draft, questionnaire, address, 'resumed');
      return;
    case 'close':
      finishCase(draft, 'closed');
      draft.say(environment, address.id, 'human_closed');
      moveSession(environment, draft, questionnaire, address, 'closed');
      return;
  }
}

function moveSession(
  environment: TurnEnvironment,
  draft: Draft,
  questionnaire: Questionnaire | undefined,
  address: Address,
  type: Extract<Event['type'], 'resumed' | 'closed'>,
): void {
  const { session } = draft.contact;
  if (!session || !questionnaire || session.expired) return;
  const context = contextOf(draft, questionnaire, address);
  advance({ environment, draft, questionnaire, session, address, event: { type, at: draft.at, context } });
}

function addressOfCase(draft: Draft): Address {
  const address = draft.contact.addresses.find((candidate) => candidate.id === draft.openCase?.addressId);
  if (!address) throw new Error(`Contact ${draft.contact.id} has no open case or lost its address`);
  return address;
}
