import { Alert, Button, Loader } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Language } from '../../src/dialogs/understanding/request.ts';
import { type Api, RequestFailure } from './api.ts';
import { Brand, LanguageButton } from './brand.tsx';
import { usePageTitle } from './page-title.ts';
import { useSentences } from './sentences.tsx';

type Stage =
  | { readonly at: 'checking' }
  | { readonly at: 'outside' }
  | { readonly at: 'refused'; readonly reason: string };

export interface SignInProps {
  readonly api: Api;
  readonly onLanguage: (language: Language) => void;
  readonly onSignedIn: () => void;
}

/**
 * Finds out whether the browser is signed in, or signs it in when the page was opened by an admin link. The code is sent only once the page is
 * really looked at: browsers open pages ahead of time, and the link works once.
 */
export function SignIn({ api, onLanguage, onSignedIn }: SignInProps) {
  const { say } = useSentences();
  const [stage, setStage] = useState<Stage>({ at: 'checking' });
  const begun = useRef(false);
  usePageTitle(say('sign_in'));

  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    enter().then(
      (entered) => (entered ? onSignedIn() : setStage({ at: 'outside' })),
      (error: unknown) =>
        setStage({ at: 'refused', reason: error instanceof Error ? error.message : String(error) }),
    );

    async function enter(): Promise<boolean> {
      const code = /^\/admin\/([\w-]+)$/.exec(location.pathname)?.[1];
      if (code === undefined) return isSignedIn(api);
      await pageIsSeen();
      try {
        await api.signIn(code);
      } catch (error) {
        // Whoever opens an old link and is signed in already is where they wanted to be.
        if (!(await isSignedIn(api))) throw error;
      }
      history.replaceState(null, '', '/results');
      return true;
    }
  }, [api, onSignedIn]);

  return (
    <div className="outside">
      <header className="bar">
        <Brand />
        <LanguageButton onLanguage={onLanguage} />
      </header>
      <main className="card outside-card">
        {stage.at === 'checking' ? (
          <p className="waiting" role="status">
            <Loader size="sm" aria-hidden /> {say('one_moment')}
          </p>
        ) : (
          <>
            <h1>{say('sign_in')}</h1>
            {stage.at === 'refused' && (
              <Alert role="alert" className="wrong">
                {stage.reason}
              </Alert>
            )}
            <p>{say('sign_in_how')}</p>
            <code className="command" dir="ltr">
              npm run admin-link
            </code>
            <p className="muted">{say('sign_in_once')}</p>
            <Button
              variant="default"
              leftSection={<IconLogin2 size={20} aria-hidden />}
              onClick={() => location.assign('/results')}
            >
              {say('try_again')}
            </Button>
          </>
        )}
      </main>
    </div>
  );
}

async function isSignedIn(api: Api): Promise<boolean> {
  try {
    await api.cases({ open: true });
    return true;
  } catch (error) {
    if (error instanceof RequestFailure && error.code === 'not_signed_in') return false;
    throw error;
  }
}

/** Resolves when the page is shown to somebody. */
function pageIsSeen(): Promise<void> {
  if (document.visibilityState === 'visible') return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true });
  });
}
