import type { SessionStep } from '../conversations/environment.ts';
import type { Effect } from '../dialogs/effect.ts';
import type { Answer, Response } from '../store/records.ts';
import type { Projection } from '../store/store.ts';

type SessionProjection = Pick<Projection, 'answers' | 'retracted' | 'responses'>;

type Accepted = Extract<Effect, { type: 'answer_accepted' }>;

/**
 * What one step of a session changes in the tables that people read: answers with their channel context, answers withdrawn, and how the
 * response stands. It depends on the step alone, so a rebuild from the stored events gives the same rows.
 */
export function projectStep(step: SessionStep): SessionProjection {
  const { effects, session } = step;
  const answers: Answer[] = [];
  const retracted: { sessionId: string; questionId: string }[] = [];
  let status: Response['status'] | undefined;
  for (const effect of effects) {
    switch (effect.type) {
      case 'answer_accepted':
        answers.push(answerOf(step, effect));
        break;
      case 'answer_retracted':
        retracted.push({ sessionId: session.id, questionId: effect.questionId });
        break;
      case 'session_ended':
        status = effect.outcome;
        break;
      case 'opt_out_requested':
        status = 'opted_out';
        break;
      default:
    }
  }
  return { answers, retracted, responses: responsesOf(step, status) };
}

/** The response row changes when a session begins, is taken over to another revision, or ends; while it runs, its answers tell how far it is. */
function responsesOf(
  { stored, session, questionnaire }: SessionStep,
  status: Response['status'] | undefined,
): Response[] {
  const { event } = stored;
  if (event.type !== 'started' && event.type !== 'revised' && status === undefined) return [];
  return [
    {
      sessionId: session.id,
      contactId: stored.contactId,
      questionnaireId: questionnaire.id,
      revision: event.type === 'revised' ? event.revision : session.revision,
      touchpointId: session.touchpointId,
      channel: event.context.channel,
      language: event.context.language,
      status: status ?? 'in_progress',
      startedAt: session.startedAt,
      updatedAt: event.at,
      ...(status !== undefined && { endedAt: event.at }),
    },
  ];
}

function answerOf({ stored, session, questionnaire }: SessionStep, effect: Accepted): Answer {
  const { event, reply } = stored;
  const { questionId, value, comment, correctedFrom, source } = effect;
  const { question, metric } = questionnaire.byId.get(questionId) ?? {};
  const replied = event.type === 'replied' && source === 'reply' ? event : undefined;
  return {
    contactId: stored.contactId,
    sessionId: session.id,
    questionnaireId: questionnaire.id,
    revision: session.revision,
    questionId,
    touchpointId: session.touchpointId,
    ...(metric !== undefined && { metric }),
    kind: question?.kind ?? 'unknown',
    value,
    ...(comment !== undefined && { comment }),
    rawText: source === 'reply' ? (reply?.rawText ?? '') : '',
    ...(replied && { reading: replied.reading }),
    inputMode: replied?.inputMode ?? (source === 'default' ? 'default' : 'known'),
    language: event.context.language,
    channel: event.context.channel,
    addressId: stored.addressId ?? session.addressId,
    ...(replied && reply && { providerMessageId: reply.providerMessageId }),
    askedAt: session.askedAt,
    answeredAt: event.at,
    late: reply?.late ?? false,
    ...(correctedFrom !== undefined && { correctedFrom }),
  };
}
