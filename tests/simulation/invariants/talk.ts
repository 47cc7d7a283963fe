import type { OutboundRecord } from '../../../src/store/records.ts';
import type { CommittedTurn, RunRecord } from '../record.ts';
import { idOf } from './outbound.ts';
import type { Standing } from './standing.ts';

/** A turn with the messages that the store made of what it says. */
interface Told extends CommittedTurn {
  readonly messages: readonly OutboundRecord[];
}

/** The turns of each contact in their order, each with its messages. */
function talks({ turns, erased }: RunRecord, { outbound }: Standing): Told[][] {
  const kept = turns.filter(({ turn }) => !erased.has(turn.contact.id));
  const waiting = Map.groupBy(outbound, ({ contactId }) => contactId);
  const told = kept.map((committed): Told => {
    const { contact, outbound: said } = committed.turn;
    return { ...committed, messages: (waiting.get(contact.id) ?? []).splice(0, said.length) };
  });
  return [...Map.groupBy(told, ({ turn }) => turn.contact.id).values()];
}

/** After an opt-out only its confirmation is sent, until the contact comes back. What was claimed before may still arrive before the confirmation. */
export function silentAfterOptOut(record: RunRecord, standing: Standing): string[] {
  return talks(record, standing).flatMap((told) =>
    told.flatMap((optOut, index) => {
      if (!optOut.turn.suppressQueued) return [];
      const after = told.slice(index + 1);
      const back = after.findIndex(({ turn }) => turn.contact.optedOutAt === undefined);
      const silent = back < 0 ? after : after.slice(0, back);
      const said = silent.flatMap(({ messages }) => messages.map((one) => `${idOf(one)} was said after it`));
      const confirmation = optOut.messages.at(-1);
      const earlier = told.slice(0, index).flatMap(({ messages }) => messages.map(idOf));
      const late = lateSends(record, optOut, confirmation, earlier);
      const silence = confirmation || isSettled(optOut, standing) ? [] : ['it was not confirmed'];
      return [...said, ...late, ...silence].map(
        (words) => `${optOut.turn.contact.id} opted out, and ${words}`,
      );
    }),
  );
}

function lateSends(
  { accepted, claims }: RunRecord,
  { order }: CommittedTurn,
  confirmation: OutboundRecord | undefined,
  earlier: readonly string[],
): string[] {
  const confirmed = confirmation && accepted.find(({ messageId }) => messageId === idOf(confirmation));
  const claimed = claims
    .filter((claim) => claim.order > order && earlier.includes(idOf(claim.message.record)))
    .map(({ message }) => `${idOf(message.record)} of before was claimed for sending`);
  const sent = accepted
    .filter((send) => confirmed && send.order > confirmed.order && earlier.includes(send.messageId))
    .map(({ messageId }) => `${messageId} of before was sent after the confirmation`);
  return [...claimed, ...sent];
}

/**
 * A question that has its answer is not sent any more, unless Back has opened it again, or it may have been sent before and that is recorded.
 */
export function asksWhatIsOpen(record: RunRecord, standing: Standing): string[] {
  return talks(record, standing).flatMap((told) =>
    told.flatMap(({ messages, order }) =>
      messages
        .filter((message) => isAskedInVain(record, told, message, order))
        .map((message) => {
          const { questionId, sessionId } = message.message;
          return `${idOf(message)} asked ${questionId} of ${sessionId} when that was answered already`;
        }),
    ),
  );
}

function isAskedInVain(
  { claims, accepted }: RunRecord,
  told: readonly Told[],
  message: OutboundRecord,
  committed: number,
): boolean {
  const { sessionId, questionId } = message.message;
  const id = idOf(message);
  const sent = accepted.find(({ messageId }) => messageId === id);
  const claim = claims.findLast((one) => idOf(one.message.record) === id);
  if (questionId === undefined || (message.ambiguous ?? 0) > 0 || !claim || !sent) return false;
  const before = told.filter(({ order }) => order > committed && order < claim.order);
  // Whoever sends looks at the contact between the claim and the send.
  const atSending = told.filter(({ order }) => order > claim.order && order < sent.order);
  const waits = [...before.slice(-1), ...atSending].some(({ turn }) => {
    const { session } = turn.contact;
    return session?.id === sessionId && session?.state.at === questionId;
  });
  const answered = before.some(({ turn }) =>
    turn.projection.answers.some(
      (answer) => answer.sessionId === sessionId && answer.questionId === questionId,
    ),
  );
  return answered && !waits;
}

/** The provider has confirmed it itself. */
function isSettled({ turn: { contact, handled } }: CommittedTurn, { inbound }: Standing): boolean {
  return handled.every((seq) => {
    const message = inbound.find((one) => one.contactId === contact.id && one.seq === seq);
    return message?.content.kind === 'text' && message.content.byProvider?.taken === 'opt_out';
  });
}

/** Where a session waits for a reply, its waiting question is the last that was asked. */
export function asksBeforeItWaits(record: RunRecord): string[] {
  const asked = new Map<string, string>();
  return record.turns.flatMap(({ turn: { contact, outbound } }) => {
    for (const { message } of outbound) {
      if (message.sessionId !== undefined && message.questionId !== undefined)
        asked.set(message.sessionId, message.questionId);
    }
    const { session } = contact;
    if (!session || session.expired || contact.optedOutAt !== undefined || contact.caseId !== undefined)
      return [];
    const { at } = session.state;
    if (at === undefined || asked.get(session.id) === at) return [];
    return [
      `${session.id} waits for ${at}, and the last question asked is ${asked.get(session.id) ?? 'none'}`,
    ];
  });
}
