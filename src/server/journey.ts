import type { PublishedQuestionnaire } from '../store/store.ts';

/** Puts questionnaires into the order in which customers meet their touchpoints; those that the journey does not name follow. */
export function inJourneyOrder(
  published: readonly PublishedQuestionnaire[],
  journey: readonly string[],
): PublishedQuestionnaire[] {
  const placeOf = ({ document }: PublishedQuestionnaire) => {
    const place = journey.indexOf(document.touchpoint);
    return place < 0 ? journey.length : place;
  };
  return published.toSorted((one, other) => placeOf(one) - placeOf(other));
}
