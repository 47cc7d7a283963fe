import type { Capabilities } from '../channels/channel.ts';
import type { Effect } from '../dialogs/effect.ts';
import type { Questionnaire } from '../dialogs/index.ts';
import type { Language } from '../dialogs/language.ts';
import type { OpenSession, StoredEvent } from '../store/records.ts';
import type { Projection } from '../store/store.ts';
import type { Texts } from '../texts/index.ts';

/** What a turn needs beside the contact and the event; nothing in it changes while a turn is computed. */
export interface TurnEnvironment {
  readonly texts: Texts;
  readonly project: Project;
  readonly newId: () => string;
  readonly brand: Readonly<Record<Language, string>>;
  readonly timeZone: string;
  readonly region: string;
  capabilitiesOf(channel: string): Capabilities;
  /** A link that opens a session on the web, and the hash by which it is found; always the same of one session. */
  linkTo(sessionId: string): { readonly url: string; readonly hash: string };
}

/** One step of a session, with everything that a projection says about it. */
export interface SessionStep {
  readonly questionnaire: Questionnaire;
  /** The session before the step; its `askedAt` is when the waiting question was asked. */
  readonly session: OpenSession;
  readonly stored: StoredEvent;
  readonly effects: readonly Effect[];
}

/** Says what a step changes in the tables that people read. It must depend on the step alone, so that a rebuild gives the same. */
export type Project = (step: SessionStep) => Pick<Projection, 'answers' | 'retracted' | 'responses'>;
