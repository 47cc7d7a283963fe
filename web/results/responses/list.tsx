import { Button, NativeSelect } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { csvAddress } from '../api.ts';
import { useApi } from '../api-context.tsx';
import { useOpenCases } from '../cases/open-cases.tsx';
import { Empty, Failure, LoadedView } from '../loaded-view.tsx';
import { useLoaded } from '../loading.ts';
import { usePageTitle } from '../page-title.ts';
import { PlaceLink } from '../place.tsx';
import { useQuestionnaires } from '../questionnaires/questionnaires.tsx';
import { useSentences } from '../sentences.tsx';
import type { Page, Response } from '../wire.ts';
import { titleOf } from '../words.ts';
import { ResponseTable } from './table.tsx';

/** What people answered, newest first. */
export function ResponseList() {
  const { say, language } = useSentences();
  const { waiting } = useOpenCases();
  const questionnaires = useQuestionnaires();
  const api = useApi();
  const [questionnaire, setQuestionnaire] = useState('');
  const read = useCallback(() => api.responses(questionnaire ? { questionnaire } : {}), [api, questionnaire]);
  const { loaded, reload } = useLoaded(read);
  usePageTitle(say('responses'), waiting);

  const known = questionnaires.loaded.state === 'ready' ? questionnaires.loaded.value : [];
  const filters = questionnaire ? { questionnaire } : {};
  return (
    <div className="view">
      <div className="view-head">
        <h1>{say('responses')}</h1>
        <div className="view-tools">
          <NativeSelect
            aria-label={say('questionnaire')}
            value={questionnaire}
            onChange={(event) => setQuestionnaire(event.currentTarget.value)}
            data={[
              { value: '', label: say('all_questionnaires') },
              ...known.map((item) => ({ value: item.id, label: titleOf(item, language) })),
            ]}
          />
          <Button
            component="a"
            href={csvAddress(filters)}
            download
            variant="default"
            leftSection={<IconDownload size={20} aria-hidden />}
          >
            {say('download_csv')}
          </Button>
        </div>
      </div>
      <LoadedView loaded={loaded} reload={reload}>
        {(page) =>
          page.items.length === 0 ? (
            <NothingYet filtered={questionnaire !== ''} />
          ) : (
            <Responses key={questionnaire} first={page} questionnaire={questionnaire} />
          )
        }
      </LoadedView>
    </div>
  );
}

function NothingYet({ filtered }: { filtered: boolean }) {
  const { say } = useSentences();
  return (
    <Empty title={say(filtered ? 'no_responses_here' : 'no_responses')}>
      <p>{say('no_responses_next')}</p>
      <div className="row">
        <Button component="a" href="/" target="_blank">
          {say('open_chat')}
        </Button>
        <PlaceLink to={{ view: 'links' }}>{say('make_survey_link')}</PlaceLink>
      </div>
    </Empty>
  );
}

function Responses({ first, questionnaire }: { first: Page<Response>; questionnaire: string }) {
  const { say } = useSentences();
  const api = useApi();
  const [more, setMore] = useState<readonly Response[]>([]);
  const [next, setNext] = useState(first.next);
  const [failure, setFailure] = useState('');

  useEffect(() => {
    setMore([]);
    setNext(first.next);
  }, [first]);

  async function readOn() {
    try {
      const page = await api.responses(questionnaire ? { questionnaire } : {}, next);
      setMore((before) => [...before, ...page.items]);
      setNext(page.next);
      setFailure('');
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <>
      <ResponseTable responses={[...first.items, ...more]} />
      {failure && <Failure reason={failure} />}
      {next !== undefined && (
        <Button variant="default" className="more" onClick={() => void readOn()}>
          {say('older_responses')}
        </Button>
      )}
    </>
  );
}
