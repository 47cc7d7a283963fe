import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import type { Language } from '../../src/dialogs/understanding/request.ts';
import { type Api, createApi } from './api.ts';
import { ApiProvider } from './api-context.tsx';
import { directionOf, readLanguage, rememberLanguage } from './language.ts';
import { NavigationProvider } from './place.tsx';
import { SentencesProvider, useSentences } from './sentences.tsx';
import { SignIn } from './sign-in.tsx';
import { theme } from './theme.ts';

/** What is behind the door is loaded by those who are let in. */
const Shell = lazy(async () => ({ default: (await import('./shell.tsx')).Shell }));

/** The page of staff: signing in, and then everything else. */
export function Application() {
  const [language, setLanguage] = useState(readLanguage);

  const changeLanguage = useCallback((chosen: Language) => {
    rememberLanguage(chosen);
    setLanguage(chosen);
  }, []);

  return (
    <DirectionProvider initialDirection={directionOf(language)} detectDirection={false}>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <SentencesProvider language={language}>
          <NavigationProvider>
            <WrittenDirection language={language} />
            <Staff onLanguage={changeLanguage} />
          </NavigationProvider>
        </SentencesProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

/** Turns the whole page into the direction of its language. */
function WrittenDirection({ language }: { language: Language }) {
  const { setDirection } = useDirection();
  useEffect(() => {
    document.documentElement.lang = language;
    setDirection(directionOf(language));
  }, [language, setDirection]);
  return null;
}

function Staff({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const { language, say } = useSentences();
  const [signedIn, setSignedIn] = useState<boolean>();
  const onSignedOut = useCallback(() => setSignedIn(false), []);
  const api: Api = useMemo(
    () => createApi({ language, offline: say('offline'), onSignedOut }),
    [language, say, onSignedOut],
  );

  if (!signedIn) {
    return <SignIn api={api} onLanguage={onLanguage} onSignedIn={() => setSignedIn(true)} />;
  }
  return (
    <ApiProvider api={api}>
      <Suspense>
        <Shell onLanguage={onLanguage} onSignedOut={onSignedOut} />
      </Suspense>
    </ApiProvider>
  );
}
