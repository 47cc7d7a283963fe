import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react';
import { useApi } from '../api-context.tsx';
import { type Loaded, useLoaded } from '../loading.ts';
import type { Case } from '../wire.ts';

/** The cases that have not ended, those that wait for staff first. The list is read again every few seconds. */
interface OpenCases {
  readonly loaded: Loaded<readonly Case[]>;
  readonly waiting: number;
  reload(): Promise<void>;
}

const refreshSeconds = 5;

const OpenCasesContext = createContext<OpenCases | undefined>(undefined);

export function OpenCasesProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const read = useCallback(async () => (await api.cases({ open: true })).items, [api]);
  const { loaded, reload } = useLoaded(read, refreshSeconds);
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
