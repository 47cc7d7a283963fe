import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { LoadedView } from '../loaded-view.tsx';
import { PlaceLink } from '../place.tsx';
import { useQuestionnaires } from '../questionnaires/questionnaires.tsx';
import { useSentences } from '../sentences.tsx';
import type { CaseDetail } from '../wire.ts';
import { CaseStatusBadge } from './case-status.tsx';
import { useLiveCase } from './live-case.ts';
import { Messages } from './messages.tsx';
import { ReplyBox } from './reply-box.tsx';

/** One talk with staff: the whole conversation, and what staff can do. */
export function CaseConversation({ caseId, heading }: { caseId: string; heading: 'h1' | 'h2' }) {
  const { say } = useSentences();
  const { loaded, connected } = useLiveCase(caseId);
  return (
    <LoadedView loaded={loaded}>
      {(detail) => (
        <article className="card conversation" aria-labelledby="case-title">
          <CaseHead detail={detail} heading={heading} />
          <Messages messages={detail.messages} name={nameOf(detail) ?? say('from_contact')} />
          {!connected && (
            <Alert role="status" icon={<IconPlugConnectedX aria-hidden />}>
              {say('reconnecting')}
            </Alert>
          )}
          {detail.case.closedAt === undefined ? (
            <ReplyBox key={detail.case.id} detail={detail} />
          ) : (
            <p className="muted case-over">
              {say(`case_over_${detail.case.status === 'closed' ? 'closed' : 'returned'}`)}
            </p>
          )}
        </article>
      )}
    </LoadedView>
  );
}

function CaseHead({ detail, heading: Heading }: { detail: CaseDetail; heading: 'h1' | 'h2' }) {
  const { say, sayCode, moment } = useSentences();
  const { title } = useQuestionnaires();
  const { case: talk, contact } = detail;
  const name = nameOf(detail);
  return (
    <header className="case-head">
      <div className="row spread">
        <Heading id="case-title" className="case-title">
          {name === undefined ? say('customer') : <bdi>{name}</bdi>}
        </Heading>
        <CaseStatusBadge status={talk.status} />
      </div>
      <p className="muted">
        {title(talk.questionnaireId) || say('no_survey_open')} · {sayCode('channel', talk.channel)} ·{' '}
        {say('speaks', { language: sayCode('language', contact.language) })} ·{' '}
        {say('asked_for_person', { moment: moment(talk.openedAt) })}
      </p>
      {talk.sessionId !== undefined && (
        <PlaceLink to={{ view: 'response', sessionId: talk.sessionId }}>{say('see_answers')}</PlaceLink>
      )}
      {contact.optedOut && <p className="badge">{sayCode('status', 'opted_out')}</p>}
    </header>
  );
}

function nameOf({ contact }: CaseDetail): string | undefined {
  const { name } = contact.attributes;
  return name === undefined || name === '' ? undefined : String(name);
}
