import type { OutboundMessage } from '../channels/channel.ts';
import { decodeChoice } from '../channels/choice.ts';
import { fitMessage } from '../channels/fit.ts';
import type { Contact } from '../store/records.ts';
import type { Draft } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';

/**
 * Makes of what a turn says what each address can carry: fitted to its channel, with a link where a question cannot be asked there. Notes
 * which numbers the contact sees, so that "2" can be read as what stands beside it. Returns the sessions that a link was given to.
 */
export function fitOutbound(environment: TurnEnvironment, draft: Draft): ReadonlySet<string> {
  const linked = new Set<string>();
  const fitted = draft.outbound.flatMap(({ addressId, message }) => {
    const messages = fitOne(addressId, message);
    return messages.map((one) => ({ addressId, message: one }));
  });
  draft.outbound.splice(0, draft.outbound.length, ...fitted);
  return linked;

  function fitOne(addressId: string, message: OutboundMessage): readonly OutboundMessage[] {
    const address = draft.contact.addresses.find(({ id }) => id === addressId);
    if (!address) throw new Error(`Contact ${draft.contact.id} has no address ${addressId}`);
    const { language } = message;
    const { messages, arrangement } = fitMessage(message, environment.capabilitiesOf(address.channel), {
      range: (first, last) => environment.texts.system(language, 'labels.range', { first, last }),
    });
    const last = messages.at(-1);
    if (last) noteNumbers(draft, addressId, last, arrangement.kind === 'numbers');
    if (arrangement.kind !== 'link' || !last?.sessionId) return messages;
    linked.add(last.sessionId);
    return [...messages.slice(0, -1), linkInstead(environment, last, last.sessionId)];
  }
}

function linkInstead(
  environment: TurnEnvironment,
  message: OutboundMessage,
  sessionId: string,
): OutboundMessage {
  const { language, from, questionId, progress } = message;
  return {
    text: `${environment.texts.system(language, 'answer_by_link')}\n${environment.linkTo(sessionId).url}`,
    language,
    from,
    layout: 'statement',
    sessionId,
    ...(questionId !== undefined && { questionId }),
    ...(progress !== undefined && { progress }),
  };
}

/** What was seen before counts until something else is asked. */
function noteNumbers(draft: Draft, addressId: string, message: OutboundMessage, numbered: boolean): void {
  const { sessionId, questionId, layout, choices = [], ended } = message;
  if (questionId === undefined && choices.length === 0 && !ended) return;
  const { numbered: _, ...contact } = draft.contact;
  const chosen = choices.map(({ token }) => decodeChoice(token));
  const options = chosen.flatMap((choice) => (choice?.kind === 'options' ? [choice.optionIds] : []));
  const noted: Contact['numbered'] =
    numbered &&
    layout === 'options' &&
    sessionId !== undefined &&
    questionId !== undefined &&
    options.length === choices.length
      ? { addressId, sessionId, questionId, options: options.map((ids) => ids.join(',')) }
      : undefined;
  draft.contact = { ...contact, ...(noted && { numbered: noted }) };
}
