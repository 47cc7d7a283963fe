import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react';
import type { Published } from '../api.ts';
import { useApi } from '../api-context.tsx';
import { type Loaded, useLoaded } from '../loading.ts';
import { useSentences } from '../sentences.tsx';
import type { QuestionnaireSummary } from '../wire.ts';
import { titleOf } from '../words.ts';

interface Questionnaires {
  readonly loaded: Loaded<readonly QuestionnaireSummary[]>;
  reload(): Promise<void>;
  /** The title under which people know a questionnaire; its id where it is not known. */
  title(questionnaireId: string | undefined): string;
  /** A revision never changes, so it is read once. */
  revision(id: string, revision: number): Promise<Published>;
  /** The company's name as its customers read it. */
  readonly brand: string;
}

const QuestionnairesContext = createContext<Questionnaires | undefined>(undefined);

export function QuestionnairesProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const { language } = useSentences();
  const read = useCallback(async () => (await api.questionnaires()).items, [api]);
  const { loaded, reload } = useLoaded(read);
  const { loaded: brands } = useLoaded(api.brand);
  const brand = brands.state === 'ready' ? brands.value[language] : '…';
  const revision = useMemo(() => rememberRevisions((id, wanted) => api.questionnaire(id, wanted)), [api]);

  const questionnaires = useMemo(() => {
    const items = loaded.state === 'ready' ? loaded.value : [];
    const titles = new Map(items.map((item) => [item.id, titleOf(item, language)]));
    const title = (id: string | undefined) => (id === undefined ? '' : (titles.get(id) ?? id));
    return { loaded, reload, title, revision, brand };
  }, [loaded, reload, language, revision, brand]);

  return <QuestionnairesContext value={questionnaires}>{children}</QuestionnairesContext>;
}

export function useQuestionnaires(): Questionnaires {
  const questionnaires = useContext(QuestionnairesContext);
  if (!questionnaires) throw new Error('Questionnaires are known within QuestionnairesProvider only');
  return questionnaires;
}

function rememberRevisions(read: Questionnaires['revision']): Questionnaires['revision'] {
  const known = new Map<string, Promise<Published>>();
  return (id, revision) => {
    const key = `${id}@${revision}`;
    const reading =
      known.get(key) ??
      read(id, revision).catch((error: unknown) => {
        known.delete(key);
        throw error;
      });
    known.set(key, reading);
    return reading;
  };
}
