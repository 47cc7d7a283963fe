import type { LeaseRequest } from '../store.ts';
import { type Clock, laterBy } from './clock.ts';

/** What one process does at a time. The process that holds the file has all leases to itself, so nothing of them is written. */
export function createLeases(now: Clock) {
  const held = new Map<string, { readonly holder: string; readonly until: string }>();

  return {
    take({ name, holder, seconds }: LeaseRequest): boolean {
      const at = now();
      const current = held.get(name);
      if (current && current.holder !== holder && current.until > at) return false;
      held.set(name, { holder, until: laterBy(at, seconds) });
      return true;
    },

    release({ name, holder }: Pick<LeaseRequest, 'name' | 'holder'>): void {
      if (held.get(name)?.holder === holder) held.delete(name);
    },
  };
}
