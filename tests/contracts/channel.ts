import { afterEach, beforeEach, describe } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Channel, Receipt } from '../../src/channels/channel.ts';
import type { Language } from '../../src/dialogs/language.ts';
import type { TestClock } from '../support/test-app.ts';
import { answering } from './channel/answering.ts';
import type { Gate } from './channel/gate.ts';
import { hostility } from './channel/hostility.ts';
import { optingOut } from './channel/opting-out.ts';
import { outages } from './channel/outages.ts';
import { receipts } from './channel/receipts.ts';
import { receiving } from './channel/receiving.ts';
import { sending } from './channel/sending.ts';

/** How a provider can treat what it is given next. */
export type Refusal =
  /** Too much at once; to be tried again after so many seconds. */
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number }
  /** The connection breaks before the provider has taken the message. */
  | { readonly kind: 'lost_before' }
  /** The connection breaks, or nothing is answered, after the provider has taken the message. */
  | { readonly kind: 'lost_after' }
  /** The message is taken, and receipts of it come before its answer, which never comes. */
  | { readonly kind: 'receipts_only'; readonly states: readonly Receipt['state'][] }
  | { readonly kind: 'no_such_address' }
  | { readonly kind: 'opted_out' }
  | { readonly kind: 'bad_credentials' };

/** The provider that the channel under test sends through. */
export interface ProviderSubject {
  /** How many messages it has taken, and how often it was asked to. */
  readonly taken: number;
  readonly asked: number;
  /** What this provider never does. */
  readonly cannot?: readonly Refusal['kind'][];
  refuseNext(refusal: Refusal): void;
  /** Tells what became of a message that it took, by its place; resolves to the status of the answer. */
  report(place: number, state: Receipt['state']): Promise<number>;
  /** The states of which it tells. */
  readonly states: readonly Receipt['state'][];
  /** Words by which the provider opts somebody out itself, and answers. */
  readonly ownStopWord?: string;
  /** A message that it has kept since a moment, because nobody took it. */
  keep?(text: string): void;
}

/** An address that providers post to. */
export interface EndpointSubject {
  readonly path: string;
  readonly contentType: string;
  /** The largest body that is read; absent: less than a million bytes. */
  readonly bodyBytesMax?: number;
  /** A body that would be taken. */
  valid(): string;
  /** Bodies that are signed and are nothing to us: they are ignored with a success, or refused. */
  readonly foreign: readonly string[];
  /** The headers by which the provider shows that it sends this body to this path. */
  sign(body: string, path: string): Readonly<Record<string, string>>;
  /** How many lines of the log tell of a request that was not taken. */
  readonly lines: number;
  /** What it takes to sign is missing, is of somebody else, is mangled. Empty where the path itself is the secret. */
  readonly unsigned: readonly Readonly<Record<string, string>>[];
}

export interface WriteOptions {
  /** The provider's id; the same id is the same message. */
  readonly id?: string;
}

/** One person at a channel, and all that is really between them and the app. */
export interface ChannelSubject {
  readonly app: App;
  readonly channel: Channel;
  readonly clock: TestClock;
  /** Stands before the store: counts, and can be shut. */
  readonly gate: Gate;
  /** What was logged from `warn` up, since it was last asked for. */
  logged(): readonly string[];
  /** The server, where the channel is reached over one. */
  readonly url?: string;
  /** Has a survey begin at the person's address. */
  begin(questionnaireId: string, language?: Language): Promise<void>;
  /** The person writes; resolves to the status that the provider is answered. */
  write(text: string, options?: WriteOptions): Promise<number>;
  tap?(label: string, options?: WriteOptions): Promise<number>;
  sendPicture?(): Promise<number>;
  /** What the person was shown since they last looked, message by message. */
  seen(): Promise<readonly string[]>;
  readonly provider?: ProviderSubject;
  readonly endpoints?: readonly EndpointSubject[];
  close(): Promise<void>;
}

/** Parts that do not apply to a channel by its nature, each with the reason, which stands in the test report. */
export interface ChannelSkips {
  readonly taps?: string;
  readonly pictures?: string;
  readonly provider?: string;
  readonly endpoints?: string;
  readonly outages?: string;
}

export interface ChannelContract {
  /** The subject under test, made anew for each test. */
  subject(): ChannelSubject;
  readonly skips: ChannelSkips;
}

/** What every channel must do. Each test begins with an empty store and a person whom nobody knows. */
export function channelContract(
  name: string,
  open: () => Promise<ChannelSubject>,
  skips: ChannelSkips = {},
): void {
  describe(name, () => {
    let subject: ChannelSubject;
    beforeEach(async () => {
      subject = await open();
    });
    afterEach(() => subject.close());

    const contract: ChannelContract = { subject: () => subject, skips };
    describe('receiving', () => receiving(contract));
    describe('answering', () => answering(contract));
    describe('opting out', () => optingOut(contract));
    describe('sending', () => sending(contract));
    describe('receipts', () => receipts(contract));
    describe('outages', () => outages(contract));
    describe('hostile requests', () => hostility(contract));
  });
}
