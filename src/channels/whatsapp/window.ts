import type { Language } from '../../dialogs/language.ts';
import type { Dispatch } from '../channel.ts';
import { encodeChoice } from '../choice.ts';
import { DeliveryError } from '../errors.ts';

/** The names of a template that WhatsApp has approved, one in each language that it exists in. */
export type Templates = Partial<Readonly<Record<Language, string>>>;

/** Our own code: WhatsApp would not deliver the message, so it was not sent. */
export const outsideWindow = 'outside_window';

/** WhatsApp counts 24 hours from the last message of a person; a message that sets out in their last minutes may come too late. */
const windowMilliseconds = (24 * 60 - 5) * 60_000;

/** What the button of a template sends back: it has the waiting question asked again. */
export const continuePayload = encodeChoice({ kind: 'command', command: 'start' });

/**
 * How a message may go out now. To people who wrote within the last 24 hours it goes as it is; to others only words go that WhatsApp has
 * approved, so that a template takes the place of a question. `undefined` is the message itself. Where nothing is known of the person, and there is no template, it is
 * left to WhatsApp to refuse: they may have written before this server was there.
 *
 * Rejects with a {@link DeliveryError} that is final when the message cannot go out.
 */
export async function templateFor(
  { lastHeardAt, message }: Dispatch,
  templates: Templates,
  now: string,
): Promise<string | undefined> {
  const heardAt = await lastHeardAt();
  if (heardAt !== undefined && Date.parse(heardAt) >= Date.parse(now) - windowMilliseconds) return undefined;
  const template = message.questionId === undefined ? undefined : templates[message.language];
  if (template === undefined && heardAt !== undefined) throw new DeliveryError('never', outsideWindow);
  return template;
}
