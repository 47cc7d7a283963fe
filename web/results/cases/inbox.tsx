import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useApi } from '../api-context.tsx';
import { Empty, LoadedView } from '../loaded-view.tsx';
import { useLoaded } from '../loading.ts';
import { usePageTitle } from '../page-title.ts';
import { PlaceLink } from '../place.tsx';
import { useQuestionnaires } from '../questionnaires/questionnaires.tsx';
import { useSentences } from '../sentences.tsx';
import type { Case } from '../wire.ts';
import { CaseStatusBadge } from './case-status.tsx';
import { CaseConversation } from './conversation.tsx';
import { useOpenCases } from './open-cases.tsx';

/** The talks with staff: the list, and the one that is open beside it or, on a phone, in its place. */
export function CaseInbox({ caseId }: { caseId: string | undefined }) {
  const { say } = useSentences();
  const { loaded, waiting } = useOpenCases();
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  usePageTitle(say('cases'), waiting);

  const listShown = wide || caseId === undefined;
  return (
    <div className={`view inbox ${caseId === undefined ? '' : 'inbox-open'}`}>
      {listShown && <CaseList chosen={caseId} />}
      {caseId === undefined && loaded.state === 'ready' && loaded.value.length > 0 && (
        <p className="muted inbox-hint">{say('pick_case')}</p>
      )}
      {caseId !== undefined && (
        <div className="inbox-case">
          {!wide && (
            <PlaceLink to={{ view: 'cases' }} className="back">
              <IconArrowLeft size={20} aria-hidden className="mirrored" />
              {say('cases')}
            </PlaceLink>
          )}
          <CaseConversation key={caseId} caseId={caseId} heading={wide ? 'h2' : 'h1'} />
        </div>
      )}
    </div>
  );
}

type Shown = 'open' | 'ended';

function CaseList({ chosen }: { chosen: string | undefined }) {
  const { say } = useSentences();
  const open = useOpenCases();
  const [shown, setShown] = useState<Shown>('open');
  return (
    <div className="inbox-list">
      <div className="view-head">
        <h1>{say('cases')}</h1>
        <SegmentedControl<Shown>
          aria-label={say('cases_shown')}
          value={shown}
          onChange={setShown}
          transitionDuration={0}
          data={[
            { value: 'open', label: say('cases_open') },
            { value: 'ended', label: say('cases_ended') },
          ]}
        />
      </div>
      {shown === 'open' ? (
        <LoadedView loaded={open.loaded} reload={open.reload}>
          {(cases) =>
            cases.length === 0 ? (
              <Empty title={say('no_cases')}>
                <p>{say('no_cases_next')}</p>
              </Empty>
            ) : (
              <Cases cases={cases} chosen={chosen} />
            )
          }
        </LoadedView>
      ) : (
        <EndedCases chosen={chosen} />
      )}
    </div>
  );
}

function EndedCases({ chosen }: { chosen: string | undefined }) {
  const { say } = useSentences();
  const api = useApi();
  const { loaded, reload } = useLoaded(
    useCallback(async () => (await api.cases({ open: false })).items, [api]),
  );
  return (
    <LoadedView loaded={loaded} reload={reload}>
      {(cases) =>
        cases.length === 0 ? (
          <Empty title={say('no_ended_cases')}>
            <p>{say('no_ended_cases_next')}</p>
          </Empty>
        ) : (
          <Cases cases={cases} chosen={chosen} />
        )
      }
    </LoadedView>
  );
}

function Cases({ cases, chosen }: { cases: readonly Case[]; chosen: string | undefined }) {
  const { moment, sayCode, say } = useSentences();
  const { title } = useQuestionnaires();
  return (
    <ul className="cards">
      {cases.map((item) => (
        <li
          key={item.id}
          className={`card linked case-item ${item.id === chosen ? 'chosen' : ''} ${item.status === 'open' ? 'case-waits' : ''}`}
        >
          <div className="row spread">
            <PlaceLink
              to={{ view: 'cases', caseId: item.id }}
              className="row-link"
              current={item.id === chosen}
            >
              <strong>{title(item.questionnaireId) || say('no_survey_open')}</strong>
            </PlaceLink>
            <CaseStatusBadge status={item.status} />
          </div>
          <p className="muted">
            <time dateTime={item.updatedAt}>{moment(item.updatedAt)}</time> ·{' '}
            {sayCode('channel', item.channel)} · {sayCode('language', item.language)}
          </p>
        </li>
      ))}
    </ul>
  );
}
