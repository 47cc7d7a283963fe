import type { Event } from '../dialogs/event.ts';
import type { Questionnaire, Reading } from '../dialogs/index.ts';
import { advance, contextOf } from './advance.ts';
import type { Draft } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';
import { optOut } from './opt-out.ts';

export interface ProviderOptOut {
  readonly environment: TurnEnvironment;
  readonly draft: Draft;
  /** The questionnaire of the contact's session, where there is one. */
  readonly questionnaire: Questionnaire | undefined;
  readonly addressId: string;
}

/** The provider says that the contact has opted out there: it counts here as well, and nothing can be said about it. */
export function decideProviderOptOut(request: ProviderOptOut): void {
  const { environment, draft, questionnaire, addressId } = request;
  const { session, addresses, optedOutAt, language } = draft.contact;
  const address = addresses.find(({ id }) => id === addressId);
  if (optedOutAt !== undefined || !address) return;
  if (session && questionnaire) {
    const reading: Reading = { outcome: 'command', command: 'stop', rule: 'provider', language };
    const context = contextOf(draft, questionnaire, address);
    const event: Event = {
      type: 'replied',
      at: draft.at,
      context,
      reading,
      subject: 'question',
      inputMode: 'typed',
    };
    advance({ environment, draft, questionnaire, session, address, event });
  } else optOut(environment, draft, address);
  draft.hush();
}
