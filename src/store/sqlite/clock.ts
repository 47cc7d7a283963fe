/** The store's clock: the moment as an ISO text. */
export type Clock = () => string;

export function systemClock(): string {
  return new Date().toISOString();
}

/** The moment so many seconds later, or earlier when they are negative. */
export function laterBy(moment: string, seconds: number): string {
  return new Date(Date.parse(moment) + seconds * 1000).toISOString();
}
