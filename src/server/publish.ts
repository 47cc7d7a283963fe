import { type Finding, inspect, readQuestionnaire } from '../dialogs/index.ts';
import type { Language } from '../dialogs/language.ts';
import { describeFinding } from '../texts/index.ts';
import type { ServerDependencies } from './dependencies.ts';
import { Problem, type ProblemDetail } from './problem.ts';

export interface Publication {
  readonly id: string;
  readonly revision: number;
  /** False when this very document is the latest revision already. */
  readonly created: boolean;
  readonly warnings: readonly ProblemDetail[];
}

/** Publishes a document that somebody wrote, unless its shape or what it says is wrong; then every fault is listed with its place, in words. */
export async function publishDocument(
  { store, texts, now }: Pick<ServerDependencies, 'store' | 'texts' | 'now'>,
  document: unknown,
  language: Language,
): Promise<Publication> {
  const reading = readQuestionnaire(document);
  if (!reading.ok) {
    const errors = reading.faults.map(({ pointer, code, message }) => ({ pointer, code, detail: message }));
    throw new Problem('invalid_questionnaire', { errors });
  }
  const findings = inspect(reading.document);
  const faults = (level: Finding['level']) =>
    findings.filter((finding) => finding.level === level).map((finding) => inWords(finding));
  const errors = faults('error');
  if (errors.length > 0) throw new Problem('invalid_questionnaire', { errors });
  const { revision, created } = await store.publishQuestionnaire(reading.document, now());
  return { id: reading.document.id, revision, created, warnings: faults('warning') };

  function inWords(finding: Finding): ProblemDetail {
    return { pointer: finding.path, code: finding.code, detail: describeFinding(texts, finding, language) };
  }
}
