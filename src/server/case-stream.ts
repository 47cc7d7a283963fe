import type { Response } from 'express';
import type { Case } from '../store/records.ts';
import { createConversationReader, readCaseState } from './case-view.ts';
import type { ServerDependencies } from './dependencies.ts';
import { streamEvents } from './live-events.ts';

export type CaseStreamDependencies = Pick<
  ServerDependencies,
  'store' | 'changes' | 'closing' | 'observe' | 'log'
>;

/** Whoever signed out must not read on for ever, so the browser has to ask again from time to time. */
const streamMilliseconds = 10 * 60_000;

/**
 * Streams a case as server-sent events: `state` tells how it stands, `message` is one message of the conversation, numbered by `seq`, by which
 * the browser resumes. Everything is read from the store, so nothing is lost or repeated.
 */
export function streamCase(
  response: Response,
  { store, changes, closing, observe, log }: CaseStreamDependencies,
  { id: caseId, contactId }: Pick<Case, 'id' | 'contactId'>,
  afterSeq: number,
): void {
  const conversation = createConversationReader(store, contactId);
  let lastState = '';

  streamEvents(response, {
    about: { caseId },
    closing,
    observe,
    log,
    listen(wake) {
      const stop = changes.listenToContact(contactId, wake);
      const expiry = setTimeout(() => response.end(), streamMilliseconds);
      return () => {
        clearTimeout(expiry);
        stop();
      };
    },
    async writeNews(write) {
      const messages = await conversation.read();
      const state = await readCaseState(store, caseId);
      if (!state) {
        response.end();
        return false;
      }
      for (const message of messages) {
        if (message.seq > afterSeq) write({ name: 'message', id: message.seq, data: message });
      }
      const text = JSON.stringify(state);
      if (text !== lastState) write({ name: 'state', data: state });
      lastState = text;
      return false;
    },
  });
}
