import {
  type DocumentFault,
  type Finding,
  inspect,
  questionnaireSchema,
  readQuestionnaire,
} from '../dialogs/index.ts';
import type { Language } from '../dialogs/language.ts';
import { describeFinding, type Texts } from '../texts/index.ts';
import type { ServerDependencies } from './dependencies.ts';
import { describeFaults } from './fault-words.ts';
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
  { store, texts, now, countSegments }: Pick<ServerDependencies, 'store' | 'texts' | 'now' | 'countSegments'>,
  document: unknown,
  language: Language,
): Promise<Publication> {
  const reading = readQuestionnaire(document);
  if (!reading.ok) {
    throw new Problem('invalid_questionnaire', {
      errors: shapeFaults(texts, document, reading.faults, language),
    });
  }
  const findings = inspect(reading.document, { ...(countSegments && { countSegments }) });
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

/** What is wrong with the shape. The engine's own sentences are English; the schema's faults are told apart once more to say them in words. */
function shapeFaults(
  texts: Texts,
  document: unknown,
  faults: readonly DocumentFault[],
  language: Language,
): ProblemDetail[] {
  const shape = questionnaireSchema.safeParse(document, { reportInput: true });
  const described = shape.success ? [] : describeFaults(texts, shape.error, language);
  return faults.map(({ pointer, code, message }, index) => {
    const same = described[index];
    if (same?.pointer === pointer && same.code === code) return same;
    return { pointer, code, detail: texts.say(language, 'faults', code) || message };
  });
}
