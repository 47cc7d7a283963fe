import { IconChevronLeft } from '@tabler/icons-react';
import { useOpenCases } from '../cases/open-cases.tsx';
import { Empty, LoadedView } from '../loaded-view.tsx';
import { usePageTitle } from '../page-title.ts';
import { PlaceLink } from '../place.tsx';
import { useSentences } from '../sentences.tsx';
import type { QuestionnaireSummary } from '../wire.ts';
import { titleOf } from '../words.ts';
import { ImportQuestionnaire } from './import.tsx';
import { Paused } from './paused.tsx';
import { useQuestionnaires } from './questionnaires.tsx';

/** The published questionnaires, each leading to how it was answered, and the way to publish another. */
export function QuestionnaireList() {
  const { say } = useSentences();
  const { waiting } = useOpenCases();
  const { loaded, reload } = useQuestionnaires();
  usePageTitle(say('questionnaires'), waiting);
  return (
    <div className="view narrow">
      <div className="view-head">
        <h1>{say('questionnaires')}</h1>
      </div>
      <ImportQuestionnaire onPublished={reload} />
      <LoadedView loaded={loaded} reload={reload}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={say('no_questionnaires')}>
              <p>{say('no_questionnaires_next')}</p>
            </Empty>
          ) : (
            <ul className="cards">
              {items.map((item) => (
                <QuestionnaireCard key={item.id} item={item} onResumed={reload} />
              ))}
            </ul>
          )
        }
      </LoadedView>
    </div>
  );
}

interface CardProps {
  readonly item: QuestionnaireSummary;
  readonly onResumed: () => Promise<void>;
}

function QuestionnaireCard({ item, onResumed }: CardProps) {
  const { say, sayCode, language, list, moment } = useSentences();
  return (
    <li className="card linked">
      <div className="row spread">
        <div>
          <h2>
            <PlaceLink to={{ view: 'questionnaire', id: item.id }} className="row-link">
              {titleOf(item, language)}
            </PlaceLink>
          </h2>
          <p className="muted">
            {say('touchpoint')}: <bdi>{item.touchpoint}</bdi> ·{' '}
            {list(item.languages.map((code) => sayCode('language', code)))}
          </p>
          <p className="muted">
            {say('revision_published', { revision: item.revision, moment: moment(item.publishedAt) })}
          </p>
        </div>
        <IconChevronLeft size={24} aria-hidden className="mirrored-start" />
      </div>
      {item.paused && <Paused id={item.id} pause={item.paused} onResumed={onResumed} />}
    </li>
  );
}
