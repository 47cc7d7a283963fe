import { hash } from 'node:crypto';

/** What happened in a run, one line each. The same seed gives the same lines. */
export interface Trace {
  note(who: string, what: string): void;
  readonly lines: readonly string[];
  /** A short mark of all lines. */
  fingerprint(): string;
}

export function createTrace(now: () => number): Trace {
  const start = now();
  const lines: string[] = [];
  return {
    lines,
    note(who, what) {
      lines.push(`${elapsed(now() - start)}  ${who.padEnd(9)} ${what}`);
    },
    fingerprint: () => hash('sha256', lines.join('\n'), 'hex').slice(0, 16),
  };
}

/** Days, hours, minutes, seconds. */
function elapsed(milliseconds: number): string {
  const part = (unit: number, modulus: number, length: number) =>
    String(Math.floor(milliseconds / unit) % modulus).padStart(length, '0');
  const [days, hours, minutes] = [part(86_400_000, 1000, 2), part(3_600_000, 24, 2), part(60_000, 60, 2)];
  return `${days}d ${hours}:${minutes}:${part(1000, 60, 2)}.${part(1, 1000, 3)}`;
}
