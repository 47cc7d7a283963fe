import { Button } from '@mantine/core';
import { useState } from 'react';
import { RequestFailure } from '../api.ts';
import { useApi } from '../api-context.tsx';
import { useSentences } from '../sentences.tsx';
import type { AppliedTexts } from '../wire.ts';

/** Takes open conversations over to the new wording of a questionnaire, and says how many could be. */
export function ApplyTexts({ id }: { id: string }) {
  const { say } = useSentences();
  const api = useApi();
  const [busy, setBusy] = useState(false);
  const [applied, setApplied] = useState<AppliedTexts>();
  const [failure, setFailure] = useState<string>();

  async function apply() {
    setBusy(true);
    setFailure(undefined);
    try {
      setApplied(await api.applyTexts(id));
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      setFailure(error.message);
    } finally {
      setBusy(false);
    }
  }

  if (!applied)
    return (
      <>
        <Button variant="light" loading={busy} onClick={() => void apply()}>
          {say('apply_texts')}
        </Button>
        {failure !== undefined && <p>{failure}</p>}
      </>
    );
  return (
    <>
      <p>{say('texts_applied', { count: applied.applied })}</p>
      {applied.left > 0 && <p>{say('texts_left', { count: applied.left })}</p>}
    </>
  );
}
