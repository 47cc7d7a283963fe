import { useOpenCases } from '../cases/open-cases.tsx';
import { LoadedView } from '../loaded-view.tsx';
import { usePageTitle } from '../page-title.ts';
import { useQuestionnaires } from '../questionnaires/questionnaires.tsx';
import { useSentences } from '../sentences.tsx';
import { AdminLink } from './admin-link.tsx';
import { SurveyLink } from './survey-link.tsx';

/** Links that open something: a survey for one person, or these pages for another member of staff. */
export function MakeLinks() {
  const { say } = useSentences();
  const { waiting } = useOpenCases();
  const { loaded, reload } = useQuestionnaires();
  usePageTitle(say('links'), waiting);
  return (
    <div className="view narrow">
      <div className="view-head">
        <h1>{say('links')}</h1>
      </div>
      <LoadedView loaded={loaded} reload={reload}>
        {(questionnaires) => <SurveyLink questionnaires={questionnaires} />}
      </LoadedView>
      <AdminLink />
    </div>
  );
}
