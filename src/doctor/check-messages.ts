import type { Contact, InboundRecord, OutboundRecord } from '../store/records.ts';
import type { ContactFile } from './contact-file.ts';
import type { Finding } from './finding.ts';

/** How long something may wait for a process that serves before it counts as forgotten. */
const patienceMilliseconds = 5 * 60_000;

/** Every message of the contact was handled once and sent in its order, or says why not. */
export function checkMessages(file: ContactFile): Finding[] {
  const inbound = file.messages.filter((message) => message.direction === 'in');
  const outbound = file.messages.filter((message) => message.direction === 'out');
  return [
    ...checkReplies(file),
    ...inbound.flatMap((message) => checkInbound(file, message, outbound)),
    ...checkOrder(outbound),
    ...checkWaiting(file, outbound),
    ...checkOptOut(file.contact, outbound),
    ...outbound.flatMap(noteAmbiguous),
  ];
}

/** A message moves a session at most once. */
function checkReplies({ contact, sessions }: ContactFile): Finding[] {
  const replies = sessions.flatMap(({ events }) => events).filter(({ reply }) => reply !== undefined);
  const byMessage = Map.groupBy(
    replies,
    (stored) => `${stored.addressId} ${stored.reply?.providerMessageId}`,
  );
  return [...byMessage.values()]
    .filter((events) => events.length > 1)
    .map(
      (events): Finding => ({
        code: 'reply_taken_twice',
        contactId: contact.id,
        ...(events[0] && { sessionId: events[0].sessionId }),
        words: `message ${events[0]?.reply?.providerMessageId} of the provider moved a session ${events.length} times`,
      }),
    );
}

function checkInbound(
  file: ContactFile,
  message: InboundRecord,
  outbound: readonly OutboundRecord[],
): Finding[] {
  const { id: contactId } = file.contact;
  const { seq, state, at, attempts = 0, reason = 'no reason was recorded' } = message;
  switch (state) {
    case 'quarantined':
      return [
        {
          code: 'quarantined',
          contactId,
          seq,
          words: `could not be handled in ${attempts} attempts and was put aside: ${reason}`,
        },
      ];
    case 'pending': {
      const waited = Date.parse(file.now) - Date.parse(at);
      if (waited < patienceMilliseconds) return [];
      return [{ code: 'inbound_waits', contactId, seq, words: `nobody has handled it ${ago(waited)}` }];
    }
    case 'handled':
      if (hasEffect(file, message, outbound)) return [];
      return [
        {
          code: 'inbound_without_effect',
          contactId,
          seq,
          words: 'was handled, and there is neither an effect of it nor a reason for silence',
        },
      ];
  }
}

/** It moved a session, or was answered, or the bot was rightly silent: after an opt-out, or while staff talk with the contact. */
function hasEffect(
  { contact, sessions }: ContactFile,
  { seq, addressId, providerMessageId, reason }: InboundRecord,
  outbound: readonly OutboundRecord[],
): boolean {
  if (reason !== undefined || contact.optedOutAt !== undefined || contact.caseId !== undefined) return true;
  if (outbound.some((sent) => sent.seq > seq)) return true;
  return sessions.some(({ events }) =>
    events.some(
      (stored) => stored.addressId === addressId && stored.reply?.providerMessageId === providerMessageId,
    ),
  );
}

/** What was never claimed was not sent by the relay: a page fetched it, or an opt-out withdrew it. */
function checkOrder(outbound: readonly OutboundRecord[]): Finding[] {
  const first = outbound.find(({ state }) => state === 'queued');
  if (!first) return [];
  return outbound
    .filter(({ seq, state, attempts = 0 }) => seq > first.seq && attempts > 0 && isSent(state))
    .map(
      ({ contactId, seq }): Finding => ({
        code: 'sent_out_of_order',
        contactId,
        seq,
        words: `was sent although message ${first.seq} before it still waits`,
      }),
    );
}

/** The first message that waits can be taken as soon as it is due; those behind it wait for it. */
function checkWaiting({ now }: ContactFile, outbound: readonly OutboundRecord[]): Finding[] {
  const first = outbound.find(({ state }) => state === 'queued' || state === 'claimed');
  if (first?.dueAt === undefined) return [];
  const waited = Date.parse(now) - Date.parse(first.dueAt);
  if (waited < patienceMilliseconds) return [];
  const { contactId, seq, state } = first;
  const words =
    state === 'claimed'
      ? `was claimed for sending, the claim ended ${duration(waited)} ago, and nobody has taken it up`
      : `could have been sent, and nobody has tried to ${ago(waited)}`;
  return [{ code: 'outbound_waits', contactId, seq, words }];
}

/** The confirmation is the last thing that was said at the moment of the opt-out. */
function checkOptOut({ id, optedOutAt, session }: Contact, outbound: readonly OutboundRecord[]): Finding[] {
  if (optedOutAt === undefined) return [];
  const later = outbound.filter(({ at, state }) => at > optedOutAt && state !== 'suppressed');
  const findings = later.map(
    ({ contactId, seq, state }): Finding => ({
      code: 'sent_after_opt_out',
      contactId,
      seq,
      words: `was said after the contact opted out (it is ${state})`,
    }),
  );
  return session ? [...findings, { ...openAfterOptOut, contactId: id, sessionId: session.id }] : findings;
}

const openAfterOptOut = {
  code: 'open_after_opt_out',
  words: 'the contact has opted out and still holds a session',
} as const;

function noteAmbiguous({ contactId, seq, ambiguous = 0 }: OutboundRecord): Finding[] {
  if (ambiguous === 0) return [];
  const times = ambiguous === 1 ? 'once' : `${ambiguous} times`;
  return [
    {
      code: 'ambiguous_sends',
      contactId,
      seq,
      words: `was sent ${times} without an answer of the provider, so it may have arrived more than once`,
    },
  ];
}

function isSent(state: OutboundRecord['state']): boolean {
  return state === 'sent' || state === 'delivered' || state === 'read' || state === 'failed';
}

function ago(milliseconds: number): string {
  return `for ${duration(milliseconds)}`;
}

function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
