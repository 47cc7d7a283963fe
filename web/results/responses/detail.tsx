import { IconArrowLeft } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useApi } from '../api-context.tsx';
import { useOpenCases } from '../cases/open-cases.tsx';
import { Empty, LoadedView } from '../loaded-view.tsx';
import { useLoaded } from '../loading.ts';
import { usePageTitle } from '../page-title.ts';
import { PlaceLink } from '../place.tsx';
import { useQuestionnaires } from '../questionnaires/questionnaires.tsx';
import { useSentences } from '../sentences.tsx';
import type { Response } from '../wire.ts';
import { wordsOf } from '../words.ts';
import { AnswerCard } from './answer-card.tsx';
import { Fact } from './fact.tsx';
import { StatusBadge } from './status.tsx';

/** One response: what was asked and answered, in the order of answering, and how each answer came. */
export function ResponseDetail({ sessionId }: { sessionId: string }) {
  const { say } = useSentences();
  const { waiting } = useOpenCases();
  const { revision } = useQuestionnaires();
  const api = useApi();
  const read = useCallback(async () => {
    const response = await api.response(sessionId);
    return { response, published: await revision(response.questionnaireId, response.revision) };
  }, [api, revision, sessionId]);
  const { loaded, reload } = useLoaded(read);
  usePageTitle(say('response'), waiting);

  return (
    <div className="view narrow">
      <PlaceLink to={{ view: 'responses' }} className="back">
        <IconArrowLeft size={20} aria-hidden className="mirrored" />
        {say('responses')}
      </PlaceLink>
      <LoadedView loaded={loaded} reload={reload}>
        {({ response, published }) => <Opened response={response} document={published.document} />}
      </LoadedView>
    </div>
  );
}

type Document = Parameters<typeof wordsOf>[0];

function Opened({ response, document }: { response: Response; document: Document }) {
  const sentences = useSentences();
  const { brand } = useQuestionnaires();
  const { say, sayCode, moment } = sentences;
  const words = wordsOf(document, brand, sentences);
  return (
    <>
      <div className="view-head">
        <h1>{words.title}</h1>
        <StatusBadge status={response.status} />
      </div>
      <dl className="facts">
        <Fact name={say('started')} value={moment(response.startedAt)} />
        {response.endedAt !== undefined && <Fact name={say('ended')} value={moment(response.endedAt)} />}
        <Fact name={say('channel')} value={sayCode('channel', response.channel)} />
        <Fact name={say('language')} value={sayCode('language', response.language)} />
        <Fact name={say('touchpoint')} value={response.touchpointId} code />
        <Fact name={say('revision')} value={String(response.revision)} />
      </dl>
      {response.answers.length === 0 ? (
        <Empty title={say('no_answers')}>
          <p>{say(response.endedAt === undefined ? 'no_answers_open' : 'no_answers_ended')}</p>
        </Empty>
      ) : (
        <ol className="cards">
          {response.answers.map((answer) => (
            <AnswerCard key={answer.questionId} answer={answer} document={document} words={words} />
          ))}
        </ol>
      )}
    </>
  );
}
