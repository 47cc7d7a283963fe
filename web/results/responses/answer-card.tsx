import {
  IconClockExclamation,
  IconHandClick,
  IconKeyboard,
  IconPencil,
  IconUserCheck,
} from '@tabler/icons-react';
import type { QuestionnaireDocument } from '../../../src/dialogs/questionnaire.ts';
import { metricOf, scaleOf } from '../scores.ts';
import { useSentences } from '../sentences.tsx';
import type { Answer } from '../wire.ts';
import { type QuestionnaireWords, questionOf } from '../words.ts';
import { Fact } from './fact.tsx';

export interface AnswerCardProps {
  readonly answer: Answer;
  readonly document: QuestionnaireDocument;
  readonly words: QuestionnaireWords;
}

const modeIcons = { tap: IconHandClick, typed: IconKeyboard, known: IconUserCheck, default: IconUserCheck };

/** An answer: the question, the value, the person's own words where they say more, and how it came about. */
export function AnswerCard({ answer, document, words }: AnswerCardProps) {
  const { say, time } = useSentences();
  const { questionId, value, rawText, reading, inputMode } = answer;
  const question = questionOf(document, questionId);
  const metric = question && metricOf(question);
  const scale = question && scaleOf(question);
  const label = words.answer(questionId, value);
  const comment = reading?.outcome === 'answer' ? reading.comment : undefined;
  const Mode = modeIcons[inputMode];
  return (
    <li className="card answer">
      <p className="asked" dir="auto" lang={words.language}>
        {words.prompt(questionId)}
      </p>
      <p className="given" dir="auto">
        {scale ? say('score_of', { value: label, max: scale.max }) : label}
        {metric && <span className="badge">{say(`metric_${metric}`)}</span>}
      </p>
      {inputMode === 'typed' && rawText !== label && (
        <blockquote dir="auto" lang={answer.language}>
          {rawText}
        </blockquote>
      )}
      {comment !== undefined && (
        <p>
          <span className="muted">{say('comment')}</span> <q dir="auto">{comment}</q>
        </p>
      )}
      <p className="marks">
        <span className="badge">
          <Mode size={16} aria-hidden />
          {say(`mode_${inputMode}`)}
        </span>
        {answer.correctedFrom !== undefined && (
          <span className="badge">
            <IconPencil size={16} aria-hidden />
            {say('corrected_from', { value: words.answer(questionId, answer.correctedFrom) })}
          </span>
        )}
        {answer.late && (
          <span className="badge">
            <IconClockExclamation size={16} aria-hidden />
            {say('late')}
          </span>
        )}
        <time className="muted" dateTime={answer.answeredAt}>
          {time(answer.answeredAt)}
        </time>
      </p>
      <HowItCame answer={answer} />
    </li>
  );
}

/** The channel context, for whoever wants to know exactly. */
function HowItCame({ answer }: { answer: Answer }) {
  const { say, sayCode, moment } = useSentences();
  const { reading, providerMessageId } = answer;
  return (
    <details>
      <summary>{say('how_it_came')}</summary>
      <dl className="facts">
        <Fact name={say('question')} value={answer.questionId} code />
        {reading && <Fact name={say('reading_rule')} value={reading.rule} code />}
        {reading?.outcome === 'answer' && (
          <Fact name={say('reading_confidence')} value={say(`confidence_${reading.confidence}`)} />
        )}
        <Fact name={say('asked_at')} value={moment(answer.askedAt)} />
        <Fact name={say('answered_at')} value={moment(answer.answeredAt)} />
        <Fact name={say('channel')} value={sayCode('channel', answer.channel)} />
        <Fact name={say('language')} value={sayCode('language', answer.language)} />
        <Fact name={say('address_id')} value={answer.addressId} code />
        {providerMessageId !== undefined && <Fact name={say('message_id')} value={providerMessageId} code />}
      </dl>
    </details>
  );
}
