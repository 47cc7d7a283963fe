import type { InboundRecord } from '../../../src/store/records.ts';
import type { CommittedTurn, RunRecord } from '../record.ts';
import type { Standing } from './standing.ts';

/**
 * Every message that was acknowledged was handled in exactly one turn that did something, or its reason stands in the store, or its contact was
 * erased.
 */
export function takesEffectOnce(record: RunRecord, { inbound }: Standing): string[] {
  return [...record.inbound.values()].flatMap(({ message, acknowledgedAt, contactId }) => {
    const { providerMessageId: id } = message;
    if (contactId !== undefined && record.erased.has(contactId)) return [];
    const stored = inbound.filter((one) => one.providerMessageId === id && one.channel === message.channel);
    if (stored.length > 1) return [`${id} is stored ${stored.length} times`];
    const [one] = stored;
    if (!one) return acknowledgedAt === undefined ? [] : [`${id} was acknowledged and is not in the store`];
    const turns = record.turns.filter(
      ({ turn }) => turn.contact.id === one.contactId && turn.handled.includes(one.seq),
    );
    if (one.state === 'quarantined')
      return turns.length === 0 ? [] : [`${id} was put aside and handled, too`];
    if (turns.length !== 1) return [`${id} was handled in ${turns.length} turns`];
    return turns.some(hasEffect) || isAnsweredByProvider(one) ? [] : [`${id} was handled without any effect`];
  });
}

/** A turn that handles a message moves the session or answers it, unless silence is right: after an opt-out, and while staff talk. */
function hasEffect({ turn: { events, outbound, contact } }: CommittedTurn): boolean {
  return (
    events.length > 0 ||
    outbound.length > 0 ||
    contact.optedOutAt !== undefined ||
    contact.caseId !== undefined
  );
}

/** Words like START that the provider has confirmed itself. */
function isAnsweredByProvider({ content }: InboundRecord): boolean {
  return content.kind === 'text' && content.byProvider?.answered === true;
}

export function movesSessionsOnce(_: RunRecord, { sessions }: Standing): string[] {
  const seen = new Set<string>();
  return [...sessions].flatMap(([sessionId, events]) =>
    events.flatMap(({ reply, addressId }) => {
      if (!reply) return [];
      const message = `${addressId} ${reply.providerMessageId}`;
      if (seen.has(message)) return [`${reply.providerMessageId} moved the session ${sessionId} once more`];
      seen.add(message);
      return [];
    }),
  );
}

export function handledInOrder({ turns }: RunRecord): string[] {
  const last = new Map<string, number>();
  return turns.flatMap(({ turn: { contact, handled } }) =>
    handled.flatMap((seq) => {
      const before = last.get(contact.id) ?? 0;
      last.set(contact.id, Math.max(before, seq));
      return seq > before
        ? []
        : [`the message ${contact.id}.${seq} was handled after ${contact.id}.${before}`];
    }),
  );
}

export function nothingWaits(_: RunRecord, { inbound, outbound }: Standing): string[] {
  return [...inbound, ...outbound]
    .filter(({ state }) => state === 'pending' || state === 'queued' || state === 'claimed')
    .map(({ contactId, seq, direction, state }) => `${direction} ${contactId}.${seq} is still ${state}`);
}

export function nothingSurprises({ surprises }: RunRecord): string[] {
  return surprises;
}
