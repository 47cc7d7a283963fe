import type { Questionnaire } from '../dialogs/index.ts';
import { startSession } from '../dialogs/index.ts';
import type { Address } from '../store/records.ts';
import { advance, contextOf } from './advance.ts';
import type { Draft } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';

/** Opens a session of the questionnaire's revision at an address. The contact must have none. */
export function open(
  environment: TurnEnvironment,
  draft: Draft,
  {
    questionnaire,
    address,
    sessionId,
  }: { questionnaire: Questionnaire; address: Address; sessionId?: string },
): void {
  const session = {
    id: sessionId ?? environment.newId(),
    questionnaireId: questionnaire.id,
    revision: questionnaire.revision,
    touchpointId: questionnaire.touchpoint,
    addressId: address.id,
    state: startSession(),
    startedAt: draft.at,
    askedAt: draft.at,
  };
  const context = contextOf(draft, questionnaire, address);
  advance({
    environment,
    draft,
    questionnaire,
    session,
    address,
    event: { type: 'started', at: draft.at, context },
  });
}
