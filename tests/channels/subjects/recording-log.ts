import type { Log, LogDetails } from '../../../src/telemetry/log.ts';

/** A log that keeps what is written from `warn` up, as text. */
export function recordingLog(): { readonly log: Log; logged(): string[] } {
  const lines: string[] = [];
  const keep = (details: LogDetails, sentence: string) => {
    lines.push(JSON.stringify({ ...details, sentence, error: String(details.error) }));
  };
  const drop = () => undefined;
  return {
    log: { debug: drop, info: drop, warn: keep, error: keep, fatal: keep },
    logged: () => lines.splice(0),
  };
}
