import { useThrottledCallback } from '@mantine/hooks';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo } from 'react';
import { useApi } from '../api-context.tsx';
import { type Loaded, useLoaded } from '../loading.ts';
import type { Case } from '../wire.ts';
import { listenToCaseList } from './list-changes.ts';

/** The cases that have not ended, those that wait for staff first. The list is read again when the server says that it has changed. */
interface OpenCases {
  readonly loaded: Loaded<readonly Case[]>;
  readonly waiting: number;
  reload(): Promise<void>;
}

/** However often it changes. */
const readMillisecondsMin = 1000;
/** In case that something between browser and server holds events back. */
const refreshSeconds = 60;

const OpenCasesContext = createContext<OpenCases | undefined>(undefined);

export function OpenCasesProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const read = useCallback(async () => (await api.cases({ open: true })).items, [api]);
  const { loaded, reload } = useLoaded(read, refreshSeconds);
  const changed = useThrottledCallback(() => void reload(), readMillisecondsMin);
  useEffect(() => listenToCaseList(changed), [changed]);
  const cases = useMemo(() => {
    const items = loaded.state === 'ready' ? loaded.value : [];
    return { loaded, reload, waiting: items.filter(({ status }) => status === 'open').length };
  }, [loaded, reload]);
  return <OpenCasesContext value={cases}>{children}</OpenCasesContext>;
}

export function useOpenCases(): OpenCases {
  const cases = useContext(OpenCasesContext);
  if (!cases) throw new Error('Open cases are known within OpenCasesProvider only');
  return cases;
}
