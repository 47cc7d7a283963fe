import type { Response } from 'express';
import type { Case } from '../store/records.ts';
import { createConversationReader, readCaseState } from './case-view.ts';
import type { ServerDependencies } from './dependencies.ts';
import { type LiveEventsRequest, streamEvents } from './live-events.ts';

export type CaseStreamDependencies = Pick<
  ServerDependencies,
  'store' | 'changes' | 'closing' | 'observe' | 'log'
>;

/** Whoever signed out must not read on for ever, so the browser has to ask again from time to time. */
const streamMilliseconds = 10 * 60_000;

/**
 * Streams a case as server-sent events: `state` tells how it stands, `message` is one message of the conversation, numbered by `seq`, by which
 * the browser resumes, or the new state of one that was sent meanwhile. Everything is read from the store, so nothing is lost.
 */
export function streamCase(
  response: Response,
  dependencies: CaseStreamDependencies,
  { id: caseId, contactId }: Pick<Case, 'id' | 'contactId'>,
  afterSeq: number,
): void {
  const { store, changes } = dependencies;
  const conversation = createConversationReader(store, contactId);
  let lastState = '';

  streamToStaff(response, dependencies, {
    about: { caseId },
    listen: (wake) => changes.listenToContact(contactId, wake),
    async writeNews(write) {
      const news = await conversation.read();
      const state = await readCaseState(store, caseId);
      if (!state) {
        response.end();
        return false;
      }
      for (const { message, isNew } of news) {
        if (!isNew) write({ name: 'message', data: message });
        else if (message.seq > afterSeq) write({ name: 'message', id: message.seq, data: message });
      }
      const text = JSON.stringify(state);
      if (text !== lastState) write({ name: 'state', data: state });
      lastState = text;
      return false;
    },
  });
}

/** Streams an event at first and whenever the list of cases has changed. */
export function streamCaseList(response: Response, dependencies: CaseStreamDependencies): void {
  streamToStaff(response, dependencies, {
    about: {},
    listen: (wake) => dependencies.changes.listenToCases(wake),
    async writeNews(write) {
      write({ name: 'cases', data: {} });
      return false;
    },
  });
}

function streamToStaff(
  response: Response,
  { closing, observe, log }: CaseStreamDependencies,
  { listen, ...request }: Pick<LiveEventsRequest, 'about' | 'listen' | 'writeNews'>,
): void {
  streamEvents(response, {
    ...request,
    closing,
    observe,
    log,
    listen(wake) {
      const stop = listen(wake);
      const expiry = setTimeout(() => response.end(), streamMilliseconds);
      return () => {
        clearTimeout(expiry);
        stop();
      };
    },
  });
}
