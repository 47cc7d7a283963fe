import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { RequestFailure } from '../api.ts';
import { useApi } from '../api-context.tsx';
import type { Loaded } from '../loading.ts';
import type { CaseDetail, CaseMessage, CaseState } from '../wire.ts';
import { listenToEvents } from './event-stream.ts';

export interface LiveCase {
  readonly loaded: Loaded<CaseDetail>;
  /** The stream of news is open; without it the browser is trying to connect again. */
  readonly connected: boolean;
}

/** A case as it is at every moment: read once, and from then on what the server streams. A tab that nobody sees gives its connection back. */
export function useLiveCase(caseId: string): LiveCase {
  const api = useApi();
  const [loaded, setLoaded] = useState<Loaded<CaseDetail>>({ state: 'loading' });
  const [connected, setConnected] = useState(true);
  const isSeen = useDocumentVisibility() === 'visible';

  useEffect(() => {
    if (!isSeen) return;
    let stop: (() => void) | undefined;
    let left = false;
    api.case(caseId).then(
      (detail) => {
        if (left) return;
        setLoaded({ state: 'ready', value: detail });
        stop = listen(caseId, detail.messages.at(-1)?.seq ?? 0);
      },
      (error: unknown) => {
        if (!left) setLoaded({ state: 'failed', reason: wordsOf(error) });
      },
    );
    return () => {
      left = true;
      stop?.();
    };

    function listen(id: string, lastSeq: number): () => void {
      let after = lastSeq;
      return listenToEvents({
        address: () => `/api/v1/cases/${encodeURIComponent(id)}/events?after=${after}`,
        connection: setConnected,
        // A request of the ordinary kind tells why, and the page says it.
        refused: () => void api.case(id).catch(() => undefined),
        events: {
          message(data) {
            const message: CaseMessage = JSON.parse(data);
            after = Math.max(after, message.seq);
            change((now) => ({ ...now, messages: withMessage(now.messages, message) }));
          },
          state(data) {
            const { case: talk, contact }: CaseState = JSON.parse(data);
            change((now) => ({ ...now, case: talk, contact }));
          },
        },
      });
    }

    function change(next: (now: CaseDetail) => CaseDetail) {
      setLoaded((before) =>
        before.state === 'ready' ? { state: 'ready', value: next(before.value) } : before,
      );
    }
  }, [api, caseId, isSeen]);

  return { loaded, connected };
}

/** A message that is known may come again, with what became of it; one that was withdrawn goes. */
function withMessage(messages: readonly CaseMessage[], message: CaseMessage): readonly CaseMessage[] {
  if (message.delivery === 'suppressed') return messages.filter(({ seq }) => seq !== message.seq);
  const place = messages.findIndex(({ seq }) => seq === message.seq);
  return place < 0 ? [...messages, message] : messages.with(place, message);
}

function wordsOf(error: unknown): string {
  return error instanceof RequestFailure ? error.message : String(error);
}
