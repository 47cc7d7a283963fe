import type { OfferedChoice, OutboundMessage } from '../channels/channel.ts';
import { encodeChoice } from '../channels/choice.ts';
import type { MessageEffect } from '../dialogs/effect.ts';
import { canGoBack, canSkip, progress, type Questionnaire } from '../dialogs/index.ts';
import type { Address, Contact, OpenSession } from '../store/records.ts';
import { composeMessage } from '../texts/index.ts';
import type { TurnEnvironment } from './environment.ts';

/**
 * Makes the message that a channel sends from what the engine wants said: sentences in the contact's language, and buttons that carry
 * session, question and option.
 */
export function compose(
  environment: TurnEnvironment,
  contact: Contact,
  questionnaire: Questionnaire,
  address: Address,
  session: OpenSession,
  effect: MessageEffect,
): OutboundMessage {
  const { directionMarks, reservedWords } = environment.capabilitiesOf(address.channel);
  const composed = composeMessage(environment.texts, questionnaire, session.state, effect, {
    language: contact.language,
    brand: environment.brand[contact.language],
    channel: address.channel,
    attributes: contact.attributes,
    personal: address.impersonal !== true,
    directionMarks,
    ...(reservedWords && { reservedWords }),
  });
  const { choices, ...message } = composed;
  const questionId = effect.question;
  const { outcome } = session.state;
  return {
    ...message,
    from: 'bot',
    sessionId: session.id,
    progress: progress(questionnaire, session.state).fraction,
    ...(outcome !== undefined && { ended: true }),
    ...(questionId !== undefined && {
      questionId,
      canSkip: canSkip(questionnaire, session.state),
      canGoBack: canGoBack(questionnaire, session.state),
    }),
    ...(choices &&
      questionId !== undefined && {
        choices: choices.map((choice) => offer(session.id, questionId, choice, effect.confirm !== undefined)),
      }),
  };
}

function offer(
  sessionId: string,
  questionId: string,
  choice: { readonly id: string; readonly label: string; readonly exclusive?: boolean },
  confirming: boolean,
): OfferedChoice {
  const token = confirming
    ? encodeChoice({ kind: 'confirmation', sessionId, questionId, confirmed: choice.id === 'yes' })
    : encodeChoice({ kind: 'options', sessionId, questionId, optionIds: [choice.id] });
  return { token, label: choice.label, ...(choice.exclusive && { exclusive: true }) };
}
