import { ActionIcon, VisuallyHidden } from '@mantine/core';
import {
  IconHeadset,
  IconLink,
  IconListDetails,
  IconLogout,
  IconMessages,
  IconPlugConnected,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Language } from '../../src/dialogs/understanding/request.ts';
import { useApi } from './api-context.tsx';
import { Brand, LanguageButton } from './brand.tsx';
import { CaseInbox } from './cases/inbox.tsx';
import { OpenCasesProvider, useOpenCases } from './cases/open-cases.tsx';
import { useChannels } from './channels/channels.ts';
import { ChannelList } from './channels/list.tsx';
import { MakeLinks } from './links/make-links.tsx';
import { type Place, PlaceLink, useNavigation } from './place.tsx';
import { QuestionnaireCounts } from './questionnaires/counts.tsx';
import { QuestionnaireList } from './questionnaires/list.tsx';
import { QuestionnairesProvider } from './questionnaires/questionnaires.tsx';
import { ResponseDetail } from './responses/detail.tsx';
import { ResponseList } from './responses/list.tsx';
import { useSentences } from './sentences.tsx';

export interface ShellProps {
  readonly onLanguage: (language: Language) => void;
  readonly onSignedOut: () => void;
}

/** What stands around every view: where one can go, the language, the way out. */
export function Shell(props: ShellProps) {
  return (
    <OpenCasesProvider>
      <QuestionnairesProvider>
        <Frame {...props} />
      </QuestionnairesProvider>
    </OpenCasesProvider>
  );
}

function Frame({ onLanguage, onSignedOut }: ShellProps) {
  const { say } = useSentences();
  const { place } = useNavigation();
  const api = useApi();
  const main = useFocusOnMove(place);

  return (
    <>
      <a className="skip" href="#content">
        {say('skip_to_content')}
      </a>
      <header className="bar">
        <Brand />
        <Navigation />
        <div className="bar-end">
          <LanguageButton onLanguage={onLanguage} />
          <ActionIcon
            variant="subtle"
            size={44}
            aria-label={say('sign_out')}
            title={say('sign_out')}
            onClick={() => void api.signOut().finally(onSignedOut)}
          >
            <IconLogout size={22} aria-hidden className="mirrored" />
          </ActionIcon>
        </div>
      </header>
      <main id="content" ref={main} tabIndex={-1}>
        <View place={place} />
      </main>
    </>
  );
}

function View({ place }: { place: Place }) {
  switch (place.view) {
    case 'responses':
      return <ResponseList />;
    case 'response':
      return <ResponseDetail sessionId={place.sessionId} />;
    case 'cases':
      return <CaseInbox caseId={place.caseId} />;
    case 'questionnaires':
      return <QuestionnaireList />;
    case 'questionnaire':
      return <QuestionnaireCounts id={place.id} />;
    case 'links':
      return <MakeLinks />;
    case 'channels':
      return <ChannelList />;
  }
}

function Navigation() {
  const { say } = useSentences();
  const { waiting } = useOpenCases();
  const { loaded: channels } = useChannels();
  const hasConnections =
    channels.state === 'ready' && channels.value.some(({ connection }) => connection !== undefined);
  return (
    <nav className="sections" aria-label={say('sections')}>
      <Section to={{ view: 'responses' }} also="response" icon={<IconMessages aria-hidden />}>
        {say('nav_responses')}
      </Section>
      <Section to={{ view: 'cases' }} icon={<IconHeadset aria-hidden />}>
        {say('cases')}
        {waiting > 0 && (
          <span className="count">
            <span aria-hidden>{waiting}</span>
            <VisuallyHidden>{say('cases_waiting', { count: waiting })}</VisuallyHidden>
          </span>
        )}
      </Section>
      <Section to={{ view: 'questionnaires' }} also="questionnaire" icon={<IconListDetails aria-hidden />}>
        {say('questionnaires')}
      </Section>
      <Section to={{ view: 'links' }} icon={<IconLink aria-hidden />}>
        {say('links')}
      </Section>
      {hasConnections && (
        <Section to={{ view: 'channels' }} icon={<IconPlugConnected aria-hidden />}>
          {say('channels')}
        </Section>
      )}
    </nav>
  );
}

function Section(props: { to: Place; also?: Place['view']; icon: ReactNode; children: ReactNode }) {
  const { place } = useNavigation();
  const here = place.view === props.to.view || place.view === props.also;
  return (
    <PlaceLink to={props.to} className="section" current={here}>
      {props.icon}
      <span>{props.children}</span>
    </PlaceLink>
  );
}

/** After a move within the page the keyboard and the screen reader go on at the new view, as they would after a new page. */
function useFocusOnMove(place: Place) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    main.current?.focus({ preventScroll: true });
  }, [place]);
  return main;
}
