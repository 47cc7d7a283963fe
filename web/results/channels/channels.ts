import { useCallback } from 'react';
import { useApi } from '../api-context.tsx';
import { type Loaded, useLoaded } from '../loading.ts';
import type { Channel } from '../wire.ts';

/** The channels that are on. */
export function useChannels(everySeconds?: number): {
  readonly loaded: Loaded<readonly Channel[]>;
  readonly reload: () => Promise<void>;
} {
  const api = useApi();
  const read = useCallback(async () => (await api.channels()).items, [api]);
  return useLoaded(read, everySeconds);
}
