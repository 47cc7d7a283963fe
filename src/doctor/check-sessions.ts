import type { Answer } from '../store/records.ts';
import type { ContactFile, SessionFile } from './contact-file.ts';
import type { Finding } from './finding.ts';
import { differingFields, saysSame } from './same.ts';

/** Each session's answers, response and state against what its events come to, and the contact's open session against both. */
export function checkSessions({ contact, sessions }: ContactFile): Finding[] {
  const findings = sessions.flatMap((session) => [
    ...checkAnswers(contact.id, session),
    ...checkResponse(contact.id, session),
    ...checkOpenness(contact.session?.id, contact.id, session),
  ]);
  return [...findings, ...checkState({ contact, sessions })];
}

function checkAnswers(contactId: string, { id: sessionId, answers, replayed }: SessionFile): Finding[] {
  const place = { contactId, sessionId };
  const stored = Map.groupBy(answers, ({ questionId }) => questionId);
  const twice = [...stored]
    .filter(([, current]) => current.length > 1)
    .map(
      ([questionId, current]): Finding => ({
        code: 'answer_twice',
        ...place,
        questionId,
        words: `the question has ${current.length} current answers; it may have one`,
      }),
    );
  if (!replayed)
    return [
      ...twice,
      {
        code: 'session_incomplete',
        ...place,
        words:
          'its events cannot be replayed: the first of them, or a revision of its questionnaire, is missing',
      },
    ];
  const expected = new Map(replayed.answers.map((answer) => [answer.questionId, answer]));
  const questionIds = new Set([...stored.keys(), ...expected.keys()]);
  const differing = [...questionIds].flatMap((questionId): Finding[] => {
    const words = differenceOf(stored.get(questionId)?.[0], expected.get(questionId));
    return words === undefined ? [] : [{ code: 'answers_differ', ...place, questionId, words }];
  });
  return [...twice, ...differing];
}

function differenceOf(stored: Answer | undefined, expected: Answer | undefined): string | undefined {
  if (!stored) return 'the events of its session hold an answer that is not stored';
  if (!expected) return 'an answer is stored that the events of its session do not hold';
  const fields = differingFields(stored, expected);
  return fields.length === 0
    ? undefined
    : `the stored answer differs from what the events of its session give, in: ${fields.join(', ')}`;
}

function checkResponse(contactId: string, { id: sessionId, response, replayed }: SessionFile): Finding[] {
  if (!replayed || saysSame(response, replayed.response)) return [];
  const words =
    response && replayed.response
      ? `the stored response differs from what its events give, in: ${differingFields(response, replayed.response).join(', ')}`
      : response
        ? 'a response is stored that its events do not give'
        : 'its events give a response that is not stored';
  return [{ code: 'response_differs', contactId, sessionId, words }];
}

/** A response is in progress exactly while the contact holds its session. */
function checkOpenness(
  openId: string | undefined,
  contactId: string,
  { id: sessionId, response }: SessionFile,
): Finding[] {
  if (response?.status !== 'in_progress' || openId === sessionId) return [];
  return [
    {
      code: 'session_left_open',
      contactId,
      sessionId,
      words: 'its response is still in progress, but the contact has left the session: nothing can end it',
    },
  ];
}

function checkState({ contact, sessions }: Pick<ContactFile, 'contact' | 'sessions'>): Finding[] {
  const { id: contactId, session: open } = contact;
  if (!open) return [];
  const place = { contactId, sessionId: open.id };
  const file = sessions.find(({ id }) => id === open.id);
  if (!file)
    return [
      { code: 'session_incomplete', ...place, words: 'the contact holds a session that has no events' },
    ];
  if (!file.replayed) return [];
  const { state, revision } = file.replayed.session;
  const same = saysSame(open.state, state) && open.revision === revision;
  return same
    ? []
    : [
        {
          code: 'session_differs',
          ...place,
          words: 'where the contact stands in the session differs from what replaying its events gives',
        },
      ];
}
