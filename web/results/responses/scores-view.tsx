import { useCallback } from 'react';
import { useLoaded } from '../loading.ts';
import { useQuestionnaires } from '../questionnaires/questionnaires.tsx';
import { scoresOf } from '../scores.ts';
import { useSentences } from '../sentences.tsx';
import type { Response } from '../wire.ts';

/** The scores that one person gave, each on its own scale. */
export function Scores({ response }: { response: Response }) {
  const { say } = useSentences();
  const { revision } = useQuestionnaires();
  const { questionnaireId, revision: wanted, answers } = response;
  const { loaded } = useLoaded(
    useCallback(() => revision(questionnaireId, wanted), [revision, questionnaireId, wanted]),
  );
  if (loaded.state !== 'ready') return null;
  const scores = scoresOf(loaded.value.document, answers);
  if (scores.length === 0) return null;
  return (
    <ul className="scores">
      {scores.map(({ questionId, metric, value, max }) => (
        <li key={questionId}>
          {say(`metric_${metric}`)} <strong>{say('score_of', { value, max })}</strong>
        </li>
      ))}
    </ul>
  );
}
