import type { Response } from 'express';
import type { Case } from '../store/records.ts';
import { createConversationReader, readCaseState } from './case-view.ts';
import type { ServerDependencies } from './dependencies.ts';
import { type LiveEvent, streamEvents } from './live-events.ts';

export type CaseStreamDependencies = Pick<
  ServerDependencies,
  'store' | 'pageChannel' | 'closing' | 'observe' | 'log'
>;

/** A message is announced when it is stored; the turn that it causes comes after, and is not announced when it says nothing. */
const turnMilliseconds = 400;
/** What another process has written is announced to its own pages only. */
const lookMilliseconds = 3000;
/** Whoever signed out must not read on for ever, so the browser has to ask again from time to time. */
const streamMilliseconds = 10 * 60_000;

/**
 * Streams a case as server-sent events: `state` tells how it stands, `message` is one message of the conversation, numbered by `seq`, by which
 * the browser resumes. Everything is read from the store, so nothing is lost or repeated.
 */
export function streamCase(
  response: Response,
  { store, pageChannel, closing, observe, log }: CaseStreamDependencies,
  { id: caseId, contactId, addressId }: Pick<Case, 'id' | 'contactId' | 'addressId'>,
  afterSeq: number,
): void {
  const conversation = createConversationReader(store, contactId);
  const listening = new Map<string, () => void>();
  let announce = () => {};
  let lastState = '';

  streamEvents(response, {
    about: { caseId },
    closing,
    observe,
    log,
    listen(listener) {
      let turn: NodeJS.Timeout | undefined;
      announce = () => {
        listener();
        clearTimeout(turn);
        turn = setTimeout(listener, turnMilliseconds);
      };
      const look = setInterval(listener, lookMilliseconds);
      const expiry = setTimeout(() => response.end(), streamMilliseconds);
      listenAt(addressId);
      return () => {
        clearTimeout(turn);
        clearInterval(look);
        clearTimeout(expiry);
        for (const stop of listening.values()) stop();
      };
    },
    async writeNews(write) {
      const messages = await conversation.read();
      const state = await readCaseState(store, caseId);
      if (!state) {
        response.end();
        return false;
      }
      // The contact may go on at another address.
      listenAt(state.case.addressId);
      for (const message of messages) {
        if (message.seq > afterSeq) write({ name: 'message', id: message.seq, data: message });
      }
      writeChanged(write, state);
      return false;
    },
  });

  function listenAt(address: string): void {
    if (response.closed || listening.has(address)) return;
    listening.set(
      address,
      pageChannel.listen(address, () => announce()),
    );
  }

  function writeChanged(write: (event: LiveEvent) => void, state: unknown): void {
    const text = JSON.stringify(state);
    if (text === lastState) return;
    lastState = text;
    write({ name: 'state', data: state });
  }
}
