import type { Channel, Dispatch, OutboundMessage } from '../channels/channel.ts';
import { DeliveryError } from '../channels/errors.ts';
import type { Contact, OutboundRecord } from '../store/records.ts';
import type { ClaimedMessage, ContactState, DeliveryResult, Store } from '../store/store.ts';
import type { Log } from '../telemetry/log.ts';
import type { Observe, SendOutcome } from '../telemetry/observation.ts';
import type { AddressBook } from './address-book.ts';
import { createSerial } from './serial.ts';

/** Sends what was committed: each contact's messages in their order, every result written down. */
export interface Relay {
  /** How long whoever claims a message has for sending it. */
  readonly leaseSeconds: number;
  /**
   * Sends what waits for a contact, first of all what its turn has claimed already. Resolves when nothing more can be sent for now, with the
   * address of which the provider says that the contact has opted out there.
   */
  deliver(contactId: string, claimed?: Claim): Promise<{ readonly optedOutAt?: string }>;
  /** Whether messages are sent to a channel; not while it is parked because its provider refused us altogether. */
  isUp(channel: string): boolean;
  /** Sends nothing more: what was claimed is handed back once the send under way has ended. */
  stop(): void;
  idle(): Promise<void>;
}

/** Messages that this process may send. */
export interface Claim {
  readonly messages: readonly ClaimedMessage[];
  /** When it asked for them by its own {@link RelayDependencies.uptime}. */
  readonly askedAt: number;
  /** The contact as read after the claim; absent where the turn that has just been written claimed its own messages. */
  readonly state?: ContactState;
}

/** The id under which a channel knows a message: one word, without which a receipt could not find it before it has the provider's. */
export function messageIdOf({
  contactId,
  seq,
}: {
  readonly contactId: string;
  readonly seq: number;
}): string {
  return `${contactId}.${seq}`;
}

/** The message of an id; undefined when it is not one of ours. */
export function readMessageId(messageId: string): { contactId: string; seq: number } | undefined {
  const [, contactId, seq] = /^([\w-]{1,64})\.([0-9]{1,15})$/.exec(messageId) ?? [];
  return contactId === undefined ? undefined : { contactId, seq: Number(seq) };
}

export interface RelayDependencies {
  readonly store: Pick<Store, 'claimOutbound' | 'recordDeliveries' | 'readContact' | 'readMessages'>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly addressBook: AddressBook;
  readonly now: () => string;
  /** Seconds by a clock that only ever goes forward, whatever is done to the time of day. */
  readonly uptime: () => number;
  /** A number from 0 up to 1, for spreading retries. */
  readonly random: () => number;
  /** Absent: nobody counts. */
  readonly observe?: Observe;
  readonly log: Pick<Log, 'warn'>;
  readonly timing?: RelayTiming;
}

/** How patient the relay is; tests of faults have less time than providers need. */
export interface RelayTiming {
  /** After so long without a result a message counts as sent perhaps, and any process may send it again. */
  readonly leaseSeconds: number;
  /** No send begins with less than this left of its lease: a process that was stopped in between must not send what another one may have taken. */
  readonly leaseMarginSeconds: number;
  /** The first retry waits up to twice as long, each further one up to twice as long as the one before. */
  readonly firstRetrySeconds: number;
  /** No retry waits longer, unless the provider asks for it. */
  readonly lastRetrySeconds: number;
}

const usualTiming: RelayTiming = {
  leaseSeconds: 60,
  leaseMarginSeconds: 30,
  firstRetrySeconds: 2,
  lastRetrySeconds: 600,
};

/** What is known after sending: the address at which the provider says that the contact has opted out. */
type Delivered = Awaited<ReturnType<Relay['deliver']>>;

interface Sent {
  readonly result: DeliveryResult['result'];
  readonly optedOut: boolean;
}

const claimLimit = 10;
/** How many messages are looked through for the last one that the contact wrote. */
const recentMessages = 100;

/** How long after its turn a message is still worth sending. */
const giveUpHours = 24;
/** How long a channel that refused us altogether is left alone. */
const parkSeconds = 60;

export function createRelay(dependencies: RelayDependencies): Relay {
  const { store, channels, addressBook, now, uptime, random, log } = dependencies;
  const timing = dependencies.timing ?? usualTiming;
  const { leaseSeconds } = timing;
  const serial = createSerial();
  const observe = dependencies.observe ?? (() => undefined);
  const parkedUntil = new Map<string, number>();
  let stopped = false;

  async function deliverAll(contactId: string, claimed: Claim | undefined): Promise<Delivered> {
    let batch = claimed ?? (await claim(contactId));
    while (batch && batch.messages.length > 0) {
      const { results, ...delivered } = await sendInOrder(batch);
      await store.recordDeliveries(results);
      const waits = results.some(({ result }) => result.state === 'queued');
      if (waits || delivered.optedOutAt !== undefined || batch.messages.length < claimLimit) return delivered;
      batch = await claim(contactId);
    }
    return {};
  }

  /** What has waited may have been overtaken by what the contact did meanwhile, so it is read how they stand after the claim. */
  async function claim(contactId: string): Promise<Claim | undefined> {
    if (stopped) return undefined;
    const askedAt = uptime();
    const messages = await store.claimOutbound({ contactId, leaseSeconds, limit: claimLimit });
    const state = messages.length > 0 ? await store.readContact(contactId) : undefined;
    return state && { messages, askedAt, state };
  }

  /**
   * Once a message has to wait, those behind it wait too; after an opt-out at the provider nothing is sent. That a message will never be sent is
   * recorded before anything behind it is sent: were that lost, it would be sent after what followed it. Resolves to the results that are not
   * recorded yet.
   */
  async function sendInOrder(claim: Claim): Promise<Delivered & { results: DeliveryResult[] }> {
    const results: DeliveryResult[] = [];
    let blocked: Exclude<DeliveryResult['result'], { state: 'sent' }> | undefined;
    let optedOutAt: string | undefined;
    for (const message of claim.messages) {
      const tooLate = isTooLate(claim);
      if (tooLate) blocked ??= waiting(0, 'lease_ended');
      if (stopped) blocked ??= waiting(0, 'stopping');
      if (message.afterUnknown) observe({ kind: 'send_ambiguous', channel: message.address.channel });
      if (!blocked && results.some(({ result }) => result.state === 'failed'))
        await store.recordDeliveries(results.splice(0));
      const { result, optedOut } = blocked
        ? { result: blocked, optedOut: false }
        : await send(message, claim);
      if (result.state === 'queued')
        blocked ??= { ...result, reason: tooLate ? 'lease_ended' : 'behind_another', ambiguous: false };
      if (optedOut) {
        optedOutAt = message.address.id;
        blocked = { state: 'failed', reason: 'opted_out' };
      }
      if (result.state === 'failed' && result !== answered)
        observe({ kind: 'dead_letter', direction: 'outbound' });
      results.push({
        contactId: message.record.contactId,
        seq: message.record.seq,
        claim: message.claim,
        at: now(),
        result,
      });
    }
    return { results, ...(optedOutAt !== undefined && { optedOutAt }) };
  }

  function isTooLate({ askedAt }: Claim): boolean {
    return uptime() - askedAt > leaseSeconds - timing.leaseMarginSeconds;
  }

  async function send(claimed: ClaimedMessage, claim: Claim): Promise<Sent> {
    const channel = channels.get(claimed.address.channel);
    if (!channel) return { result: { state: 'failed', reason: 'channel_off' }, optedOut: false };
    const { name } = channel;
    if (!isUp(name)) return { result: waiting(parkSeconds, 'channel_down'), optedOut: false };
    const from = uptime();
    const ended = (outcome: SendOutcome) =>
      observe({ kind: 'sent', channel: name, outcome, seconds: uptime() - from });
    try {
      const result = await sendThrough(channel, claimed, claim);
      if (result.state === 'sent') ended('accepted');
      return { result, optedOut: false };
    } catch (error) {
      const failure =
        error instanceof DeliveryError
          ? error
          : new DeliveryError('ambiguous', 'unexpected', { cause: error });
      ended(failure.outcome);
      if (failure.outcome === 'ambiguous') observe({ kind: 'send_ambiguous', channel: name });
      return { result: afterFailure(failure, name, claimed.record, claim), optedOut: failure.optedOut };
    }
  }

  async function sendThrough(
    channel: Channel,
    { record, address, afterUnknown }: ClaimedMessage,
    claim: Claim,
  ): Promise<DeliveryResult['result']> {
    const dispatch = {
      messageId: messageIdOf(record),
      addressId: address.id,
      // Opened for a channel that looks at it; a page is found by the id.
      get address() {
        return addressBook.open(address);
      },
      committedAt: record.at,
      lastHeardAt: () => lastHeardAt(record.contactId, address.channel),
      message: record.message,
    };
    const inDoubt = afterUnknown || (record.ambiguous ?? 0) > 0;
    if (inDoubt && (await wasTaken(channel, dispatch))) return { state: 'sent' };
    if (claim.state && !isStillAsked(record.message, claim.state.contact)) return answered;
    // The provider may have taken its time to say so.
    if (isTooLate(claim)) return waiting(0, 'lease_ended');
    const { providerMessageId } = await channel.send(dispatch);
    return { state: 'sent', ...(providerMessageId !== undefined && { providerMessageId }) };
  }

  /** Asking sends nothing: when it fails, the message waits, and is in no more doubt than before. */
  async function wasTaken(channel: Channel, dispatch: Dispatch): Promise<boolean> {
    try {
      return (await channel.reconcile?.(dispatch)) === 'accepted';
    } catch (error) {
      if (error instanceof DeliveryError && error.outcome !== 'ambiguous' && error.outcome !== 'never')
        throw error;
      throw new DeliveryError('not_taken', 'not_asked', { cause: error });
    }
  }

  async function lastHeardAt(contactId: string, channel: string): Promise<string | undefined> {
    const recent = await store.readMessages({ contactId, latest: true, limit: recentMessages });
    const heard = recent.flatMap((one) =>
      one.direction === 'in' && one.channel === channel ? [one.at] : [],
    );
    return heard.toSorted().at(-1);
  }

  function afterFailure(
    failure: DeliveryError,
    channel: string,
    record: OutboundRecord,
    claim: Claim,
  ): DeliveryResult['result'] {
    log.warn({ channel, outcome: failure.outcome, code: failure.code }, 'a message was not accepted');
    switch (failure.outcome) {
      case 'never':
        return { state: 'failed', reason: failure.code };
      case 'channel_down':
        parkedUntil.set(channel, uptime() + parkSeconds);
        return waiting(parkSeconds, failure.code);
      case 'not_taken':
      case 'ambiguous':
        return retry(record, failure, claim);
    }
  }

  /** Waits longer after every attempt, half of it by chance so that many messages do not come back at once. */
  function retry(
    { attempts = 1, at }: OutboundRecord,
    { code, outcome, retryAfterSeconds = 0 }: DeliveryError,
    claim: Claim,
  ): DeliveryResult['result'] {
    if (claim.state && later(at, giveUpHours * 3600) <= claim.state.now)
      return { state: 'failed', reason: code };
    const doubled = Math.min(timing.firstRetrySeconds * 2 ** attempts, timing.lastRetrySeconds);
    const seconds = Math.max(retryAfterSeconds, doubled * (0.5 + random() / 2));
    return waiting(seconds, code, outcome === 'ambiguous');
  }

  function waiting(
    seconds: number,
    reason: string,
    ambiguous = false,
  ): DeliveryResult['result'] & { state: 'queued' } {
    return { state: 'queued', retrySeconds: seconds, reason, ambiguous };
  }

  function isUp(channel: string): boolean {
    const parked = parkedUntil.get(channel);
    return parked === undefined || parked <= uptime();
  }

  return {
    leaseSeconds,
    isUp,
    stop() {
      stopped = true;
    },
    deliver: (contactId, claimed) => serial.run(contactId, () => deliverAll(contactId, claimed)),
    idle: () => serial.idle(),
  };
}

/** Not sent because what it asks was answered while it waited. */
const answered = { state: 'failed', reason: 'answered' } as const;

/** Whether what a message asks waits for an answer still; so does a message that asks nothing. */
function isStillAsked({ sessionId, questionId }: OutboundMessage, { session }: Contact): boolean {
  return questionId === undefined || (session?.id === sessionId && session?.state.at === questionId);
}

function later(moment: string, seconds: number): string {
  return new Date(Date.parse(moment) + seconds * 1000).toISOString();
}
