import { IconArrowLeft } from '@tabler/icons-react';
import { useCallback } from 'react';
import type { QuestionnaireDocument } from '../../../src/dialogs/questionnaire.ts';
import { useApi } from '../api-context.tsx';
import { useOpenCases } from '../cases/open-cases.tsx';
import { Empty, LoadedView } from '../loaded-view.tsx';
import { useLoaded } from '../loading.ts';
import { usePageTitle } from '../page-title.ts';
import { PlaceLink } from '../place.tsx';
import { useSentences } from '../sentences.tsx';
import type { QuestionTotal } from '../wire.ts';
import { type QuestionnaireWords, wordsOf } from '../words.ts';
import { distributionOf, type ValueCount } from './distribution.ts';
import { useQuestionnaires } from './questionnaires.tsx';

/** Below this nothing but the number is shown: so few answers say nothing, and could give a person away. */
const answersMin = 5;

/** How often each answer was given, question by question. These are counts over all answers, no figures yet. */
export function QuestionnaireCounts({ id }: { id: string }) {
  const sentences = useSentences();
  const { say } = sentences;
  const { waiting } = useOpenCases();
  const { brand } = useQuestionnaires();
  const api = useApi();
  const read = useCallback(async () => {
    const [published, totals] = await Promise.all([api.questionnaire(id), api.totals(id)]);
    return { document: published.document, totals: totals.items };
  }, [api, id]);
  const { loaded, reload } = useLoaded(read);
  usePageTitle(say('questionnaire'), waiting);

  return (
    <div className="view narrow">
      <PlaceLink to={{ view: 'questionnaires' }} className="back">
        <IconArrowLeft size={20} aria-hidden className="mirrored" />
        {say('questionnaires')}
      </PlaceLink>
      <LoadedView loaded={loaded} reload={reload}>
        {({ document, totals }) => (
          <Counts document={document} totals={totals} words={wordsOf(document, brand, sentences)} />
        )}
      </LoadedView>
    </div>
  );
}

interface CountsProps {
  readonly document: QuestionnaireDocument;
  readonly totals: readonly QuestionTotal[];
  readonly words: QuestionnaireWords;
}

function Counts({ document, totals, words }: CountsProps) {
  const { say } = useSentences();
  const asked = document.questions.filter(({ kind }) => kind !== 'info');
  return (
    <>
      <div className="view-head">
        <h1>{words.title}</h1>
      </div>
      {totals.length === 0 ? (
        <Empty title={say('no_answers_yet')}>
          <p>{say('no_answers_yet_next')}</p>
          <PlaceLink to={{ view: 'links' }}>{say('make_survey_link')}</PlaceLink>
        </Empty>
      ) : (
        <ol className="cards">
          {asked.map((question) => (
            <QuestionCounts
              key={question.id}
              question={question}
              total={totals.find(({ questionId }) => questionId === question.id)}
              words={words}
            />
          ))}
        </ol>
      )}
    </>
  );
}

interface QuestionCountsProps {
  readonly question: QuestionnaireDocument['questions'][number];
  readonly total: QuestionTotal | undefined;
  readonly words: QuestionnaireWords;
}

function QuestionCounts({ question, total, words }: QuestionCountsProps) {
  const { say } = useSentences();
  const answers = total?.answers ?? 0;
  const rows = total ? distributionOf(question, total) : undefined;
  return (
    <li className="card">
      <h2 className="asked" dir="auto" lang={words.language}>
        {words.prompt(question.id)}
      </h2>
      <p className="figure">{say('answers_count', { count: answers })}</p>
      {answers < answersMin ? (
        <p className="muted">{say('too_few_yet', { count: answersMin })}</p>
      ) : rows ? (
        <Bars rows={rows} answers={answers} label={(value) => words.answer(question.id, value)} />
      ) : (
        <p className="muted">{say('read_in_responses')}</p>
      )}
    </li>
  );
}

interface BarsProps {
  readonly rows: readonly ValueCount[];
  readonly answers: number;
  readonly label: (value: ValueCount['value']) => string;
}

function Bars({ rows, answers, label }: BarsProps) {
  const { say } = useSentences();
  return (
    <table className="bars">
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{say('answer')}</th>
          <th scope="col">{say('how_many')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ value, count }) => (
          <tr key={String(value)}>
            <th scope="row" dir="auto">
              {label(value)}
            </th>
            <td>
              <span className="bar-track" aria-hidden>
                <span className="bar-fill" style={{ inlineSize: `${(100 * count) / answers}%` }} />
              </span>
              <span className="bar-count">{count}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
