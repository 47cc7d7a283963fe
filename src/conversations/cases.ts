import type { Address, Case } from '../store/records.ts';
import type { Draft } from './draft.ts';
import { without } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';

/**
 * A case belongs to the contact's aggregate only by its id, and its record is written by the turns that change it. While a contact has a
 * case the bot is silent.
 */
export function openCase(environment: TurnEnvironment, draft: Draft, address: Address): void {
  const { contact } = draft;
  if (contact.caseId === undefined) {
    const { session } = contact;
    const opened: Case = {
      id: environment.newId(),
      contactId: contact.id,
      language: contact.language,
      channel: address.channel,
      addressId: address.id,
      status: 'open',
      openedAt: draft.at,
      updatedAt: draft.at,
      ...(session && {
        sessionId: session.id,
        questionnaireId: session.questionnaireId,
        touchpointId: session.touchpointId,
      }),
    };
    draft.contact = { ...contact, caseId: opened.id };
    draft.openCase = opened;
    draft.saveCase(opened);
  }
  draft.say(environment, address.id, 'human_requested');
}

/** The contact wrote while staff have the conversation: the case waits for staff again. */
export function waitForStaff(draft: Draft, address: Address): void {
  if (draft.openCase) {
    saveOpenCase(draft, {
      ...draft.openCase,
      status: 'open',
      channel: address.channel,
      addressId: address.id,
    });
  }
}

/** How many replies a case remembers: more than anybody sends before a lost one is given again. */
const replyIdsMax = 20;

export function answeredByStaff(draft: Draft, replyId: string | undefined): void {
  if (!draft.openCase) return;
  const { replyIds = [] } = draft.openCase;
  saveOpenCase(draft, {
    ...draft.openCase,
    status: 'answered',
    ...(replyId !== undefined && { replyIds: [...replyIds, replyId].slice(-replyIdsMax) }),
  });
}

/** Ends the talk with staff, if there is one; the bot may speak again. */
export function finishCase(draft: Draft, status: 'returned' | 'closed'): void {
  if (!draft.openCase) return;
  draft.saveCase({ ...draft.openCase, status, updatedAt: draft.at, closedAt: draft.at });
  draft.openCase = undefined;
  draft.contact = without(draft.contact, 'caseId');
}

function saveOpenCase(draft: Draft, record: Case): void {
  const changed = { ...record, updatedAt: draft.at };
  draft.openCase = changed;
  draft.saveCase(changed);
}
