import { useEffect } from 'react';
import { useSentences } from './sentences.tsx';

/** Names the page in the browser's tab, with the number of contacts who wait in front. */
export function usePageTitle(title: string, waiting = 0): void {
  const { say } = useSentences();
  const name = `${title} · ${say('product')}`;
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) ${name}` : name;
  }, [name, waiting]);
}
