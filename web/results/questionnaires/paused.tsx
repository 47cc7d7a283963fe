import { Button } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import { RequestFailure } from '../api.ts';
import { useApi } from '../api-context.tsx';
import { useSentences } from '../sentences.tsx';
import type { Pause } from '../wire.ts';

interface PausedProps {
  /** Of the questionnaire. */
  readonly id: string;
  readonly pause: Pause;
  readonly onResumed: () => Promise<void>;
}

/** Says that nobody new begins a questionnaire, since when and why, and lets staff end that. */
export function Paused({ id, pause, onResumed }: PausedProps) {
  const { say, moment } = useSentences();
  const api = useApi();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();

  async function resume() {
    setBusy(true);
    setFailure(undefined);
    try {
      await api.resume(id);
      await onResumed();
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      setFailure(error.message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="paused">
      <span className="badge badge-waits">
        <IconPlayerPause size={16} aria-hidden />
        {say('paused')}
      </span>
      <p>{say('paused_why', { moment: moment(pause.at) })}</p>
      <p className="muted">
        <bdi>{pause.reason}</bdi>
      </p>
      <Button variant="light" loading={busy} onClick={() => void resume()}>
        {say('resume_questionnaire')}
      </Button>
      <div aria-live="polite">{failure !== undefined && <p>{failure}</p>}</div>
    </div>
  );
}
