import { Alert, Button, FileButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { RequestFailure } from '../api.ts';
import { useApi } from '../api-context.tsx';
import { useSentences } from '../sentences.tsx';
import type { Fault, Publication } from '../wire.ts';
import { ApplyTexts } from './apply-texts.tsx';

type Outcome =
  | { readonly kind: 'published'; readonly created: boolean; readonly publication: Publication }
  | {
      readonly kind: 'refused';
      readonly fileName: string;
      readonly reason: string;
      readonly errors: readonly Fault[];
    };

/** Publishes a questionnaire from a file; what is wrong with it is listed place by place. */
export function ImportQuestionnaire({ onPublished }: { onPublished: () => Promise<void> }) {
  const { say } = useSentences();
  const api = useApi();
  const [outcome, setOutcome] = useState<Outcome>();
  const [busy, setBusy] = useState(false);
  const forget = useRef<() => void>(null);

  async function publish(file: File | null) {
    // The same file may be chosen again after it was corrected.
    forget.current?.();
    if (!file) return;
    setBusy(true);
    setOutcome(await outcomeOf(file));
    setBusy(false);
  }

  async function outcomeOf(file: File): Promise<Outcome> {
    const refused = (reason: string, errors: readonly Fault[] = []): Outcome => ({
      kind: 'refused',
      fileName: file.name,
      reason,
      errors,
    });
    let document: unknown;
    try {
      document = JSON.parse(await file.text());
    } catch {
      return refused(say('not_json'));
    }
    try {
      const { created, ...publication } = await api.publish(document);
      await onPublished();
      return { kind: 'published', created, publication };
    } catch (error) {
      if (error instanceof RequestFailure) return refused(error.message, error.errors);
      throw error;
    }
  }

  return (
    <section className="card import" aria-labelledby="import-title">
      <div className="row spread">
        <div>
          <h2 id="import-title">{say('import_title')}</h2>
          <p className="muted">{say('import_explained')}</p>
        </div>
        <FileButton
          onChange={(file) => void publish(file)}
          accept="application/json,.json"
          resetRef={forget}
          inputProps={{ 'aria-label': say('choose_file') }}
        >
          {(props) => (
            <Button {...props} loading={busy} leftSection={<IconUpload size={20} aria-hidden />}>
              {say('choose_file')}
            </Button>
          )}
        </FileButton>
      </div>
      <div aria-live="polite">{outcome && <ImportOutcome outcome={outcome} />}</div>
    </section>
  );
}

function ImportOutcome({ outcome }: { outcome: Outcome }) {
  const { say } = useSentences();
  if (outcome.kind === 'refused') {
    const { fileName, reason, errors } = outcome;
    return (
      <Alert className="wrong" icon={<IconAlertTriangle aria-hidden />} title={<bdi>{fileName}</bdi>}>
        <p>{reason}</p>
        <Faults faults={errors} />
      </Alert>
    );
  }
  const { created, publication } = outcome;
  const { id, revision, warnings } = publication;
  return (
    <Alert icon={<IconCircleCheck aria-hidden />}>
      <p>{say(created ? 'published_as' : 'published_already', { id, revision })}</p>
      {revision > 1 && <ApplyTexts key={`${id} ${revision}`} id={id} />}
      {warnings.length > 0 && (
        <>
          <p>{say('import_warnings', { count: warnings.length })}</p>
          <Faults faults={warnings} />
        </>
      )}
    </Alert>
  );
}

function Faults({ faults }: { faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  return (
    <ul className="faults">
      {faults.map(({ pointer, code, detail }) => (
        <li key={`${pointer} ${code} ${detail}`}>
          <code dir="ltr">{pointer || '/'}</code>
          <span dir="auto">{detail}</span>
        </li>
      ))}
    </ul>
  );
}
