import type { OutboundMessage } from '../channels/channel.ts';
import type { AnswerValue } from '../dialogs/answer.ts';
import type { Case, Contact, StoredEvent } from '../store/records.ts';
import type { Projection, Turn } from '../store/store.ts';
import type { TurnEnvironment } from './environment.ts';

/**
 * A turn while it is being computed: the contact as it will be, and what is to be written with it. Deciding functions fill it and touch
 * nothing else, so that a turn which lost a race is simply computed again.
 */
export class Draft {
  readonly at: string;
  contact: Contact;
  readonly events: StoredEvent[] = [];
  readonly outbound: { addressId: string; message: OutboundMessage }[] = [];
  readonly handled: number[] = [];
  suppressQueued = false;
  /** The contact's talk with staff, where there is one. */
  openCase: Case | undefined;
  readonly #answers: Projection['answers'][number][] = [];
  readonly #retracted: Projection['retracted'][number][] = [];
  readonly #responses: Projection['responses'][number][] = [];
  readonly #cases: Case[] = [];

  constructor(contact: Contact, at: string, openCase?: Case) {
    this.contact = contact;
    this.at = at;
    this.openCase = openCase;
  }

  /** Queues a sentence of the system's own, outside of any question. */
  say(
    environment: TurnEnvironment,
    addressId: string,
    key: string,
    parameters?: Readonly<Record<string, AnswerValue>>,
    choices?: OutboundMessage['choices'],
  ): void {
    const { language } = this.contact;
    this.send(addressId, {
      text: environment.texts.system(language, key, parameters),
      language,
      from: 'bot',
      layout: choices ? 'options' : 'statement',
      ...(choices && { choices }),
    });
  }

  /** Takes back all that was to be said: somebody else has said it. */
  hush(): void {
    this.outbound.length = 0;
  }

  send(addressId: string, message: OutboundMessage): void {
    this.outbound.push({ addressId, message });
  }

  project(projection: Pick<Projection, 'answers' | 'retracted' | 'responses'>): void {
    this.#answers.push(...projection.answers);
    this.#retracted.push(...projection.retracted);
    this.#responses.push(...projection.responses);
  }

  /** Notes the newest state of a case; an earlier note of the same turn is replaced. */
  saveCase(record: Case): void {
    const earlier = this.#cases.findIndex((other) => other.id === record.id);
    if (earlier >= 0) this.#cases.splice(earlier, 1);
    this.#cases.push(record);
  }

  /** Whether there is anything to write. */
  changes(before: Contact): boolean {
    return (
      this.contact !== before || this.handled.length > 0 || this.outbound.length > 0 || this.#cases.length > 0
    );
  }

  /** What is to be written, its messages claimed for so long by whoever writes it; without a time they wait to be claimed. */
  turn({ capabilitiesOf }: Pick<TurnEnvironment, 'capabilitiesOf'>, leaseSeconds: number | undefined): Turn {
    const fetchedIds = this.contact.addresses
      .filter(({ channel }) => capabilitiesOf(channel).fetched)
      .map(({ id }) => id);
    return {
      contact: withWakeAt(this.contact),
      handled: this.handled,
      events: this.events,
      outbound: this.outbound.map((one) =>
        fetchedIds.includes(one.addressId) ? { ...one, fetched: true } : one,
      ),
      ...(leaseSeconds !== undefined && { leaseSeconds }),
      ...(this.suppressQueued && { suppressQueued: true }),
      at: this.at,
      projection: {
        answers: this.#answers,
        retracted: this.#retracted,
        responses: this.#responses,
        cases: this.#cases,
      },
    };
  }
}

/** The earliest moment that concerns the contact: none while staff talk with them, for nobody is to be reminded of a bot then. */
function withWakeAt(contact: Contact): Contact {
  const { wakeAt: _, ...rest } = contact;
  const { session } = contact;
  if (!session || contact.caseId) return rest;
  const moments = session.expired ? [session.graceEndsAt] : [session.remindAt, session.expiresAt];
  const wakeAt = moments.filter((moment) => moment !== undefined).sort()[0];
  return wakeAt === undefined ? rest : { ...rest, wakeAt };
}

/** The contact without the named parts. */
export function without<Key extends 'session' | 'caseId' | 'offered' | 'numbered' | 'optedOutAt'>(
  contact: Contact,
  ...keys: readonly Key[]
): Contact {
  const rest = { ...contact };
  for (const key of keys) delete rest[key];
  return rest;
}
