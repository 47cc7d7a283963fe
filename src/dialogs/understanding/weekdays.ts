import { type Day, weekdayOf } from './calendar.ts';

/** A weekday as said, with what points at its week. */
export interface SaidWeekday {
  weekday: number;
  /** `last`: the one before today; `coming`: the next to come; `next`: the one of the week after, as many mean it; or the week itself. */
  pointer: 'last' | 'coming' | 'next' | 'last_week' | 'next_week' | 'this_week' | undefined;
}

/**
 * The day that a weekday means, seen from today. Weeks begin on Sunday. "Next Friday" said on a Wednesday is read in two ways, as is today's own name without
 * more, and a weekday where the question asks about neither side.
 */
export function weekdayInSight(
  { weekday, pointer }: SaidWeekday,
  today: Day,
  when: 'past' | 'future' | undefined,
): { day: Day; sure: boolean } | { days: Day[] } {
  const current = weekdayOf(today);
  const sunday = today - current;
  const before = today - (((current - weekday + 6) % 7) + 1);
  const after = today + (((weekday - current + 6) % 7) + 1);
  if (pointer === 'last_week') return { day: sunday - 7 + weekday, sure: true };
  if (pointer === 'next_week') return { day: sunday + 7 + weekday, sure: true };
  if (pointer === 'this_week') return { day: sunday + weekday, sure: true };
  if (pointer === 'last') return { day: before, sure: true };
  if (pointer === 'coming') return { day: after, sure: true };
  if (pointer === 'next')
    return after < sunday + 7 ? { days: [after, after + 7] } : { day: after, sure: true };
  if (when === 'past') return weekday === current ? { days: [today, before] } : { day: before, sure: true };
  if (when === 'future') return weekday === current ? { days: [today, after] } : { day: after, sure: true };
  return { days: [before, after] };
}
