import { useEffect, useState } from 'react';
import { RequestFailure } from '../api.ts';
import { useApi } from '../api-context.tsx';
import type { Loaded } from '../loading.ts';
import type { CaseDetail, CaseMessage, CaseState } from '../wire.ts';

export interface LiveCase {
  readonly loaded: Loaded<CaseDetail>;
  /** The stream of news is open; without it the browser is trying to connect again. */
  readonly connected: boolean;
}

/** A case as it is at every moment: read once, and from then on what the server streams. */
export function useLiveCase(caseId: string): LiveCase {
  const api = useApi();
  const [loaded, setLoaded] = useState<Loaded<CaseDetail>>({ state: 'loading' });
  const [connected, setConnected] = useState(true);

  useEffect(() => {
    let stream: EventSource | undefined;
    let left = false;
    api.case(caseId).then(
      (detail) => {
        if (left) return;
        setLoaded({ state: 'ready', value: detail });
        stream = listen(caseId, detail.messages.at(-1)?.seq ?? 0);
      },
      (error: unknown) => {
        if (!left) setLoaded({ state: 'failed', reason: wordsOf(error) });
      },
    );
    return () => {
      left = true;
      stream?.close();
    };

    function listen(id: string, after: number): EventSource {
      const source = new EventSource(`/api/v1/cases/${encodeURIComponent(id)}/events?after=${after}`);
      source.addEventListener('open', () => setConnected(true));
      source.addEventListener('error', () => {
        setConnected(false);
        // A stream that was refused stays closed; a request of the ordinary kind tells why, and the page says it.
        if (source.readyState === EventSource.CLOSED) void api.case(id).catch(() => undefined);
      });
      source.addEventListener('message', ({ data }) => change((now) => withMessage(now, JSON.parse(data))));
      source.addEventListener('state', ({ data }) =>
        change((now) => ({ ...now, ...stateOf(JSON.parse(data)) })),
      );
      return source;
    }

    function change(next: (now: CaseDetail) => CaseDetail) {
      setLoaded((before) =>
        before.state === 'ready' ? { state: 'ready', value: next(before.value) } : before,
      );
    }
  }, [api, caseId]);

  return { loaded, connected };
}

function withMessage(now: CaseDetail, message: CaseMessage): CaseDetail {
  const known = now.messages.some(({ seq }) => seq === message.seq);
  return known ? now : { ...now, messages: [...now.messages, message] };
}

function stateOf(state: CaseState): CaseState {
  return { case: state.case, contact: state.contact };
}

function wordsOf(error: unknown): string {
  return error instanceof RequestFailure ? error.message : String(error);
}
