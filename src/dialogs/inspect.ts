import { inspectConditions } from './inspection/conditions.ts';
import { textEntries } from './inspection/entries.ts';
import { type Finding, findingOf, type Report } from './inspection/finding.ts';
import { type ChannelLimits, type CountSegments, inspectFit } from './inspection/fit.ts';
import { inspectSentence, inspectTranslations } from './inspection/sentences.ts';
import { inspectStructure } from './inspection/structure.ts';
import { inspectWording } from './inspection/wording.ts';
import { prepareQuestionnaire } from './prepare.ts';
import type { QuestionnaireDocument } from './questionnaire.ts';

export { type Finding, type FindingCode, findingLevels } from './inspection/finding.ts';
export type { ChannelLimits, CountSegments } from './inspection/fit.ts';

/** What the questionnaire is to be shown on; without it, nothing is said about length. */
export interface InspectOptions {
  readonly channels?: readonly ChannelLimits[];
  readonly countSegments?: CountSegments;
}

/**
 * Finds what is wrong with a questionnaire, beyond its shape, before people do: each finding once, errors first, and within a level in the
 * order in which it was met. A questionnaire with an error is not published.
 */
export function inspect(document: QuestionnaireDocument, options: InspectOptions = {}): Finding[] {
  const questionnaire = prepareQuestionnaire(document);
  const findings = new Map<string, Finding>();
  const report: Report = (code, path, parameters) => {
    const finding = findingOf(code, path, parameters);
    const key = JSON.stringify(finding);
    if (!findings.has(key)) findings.set(key, finding);
  };
  inspectStructure(questionnaire, report);
  inspectConditions(questionnaire, report);
  inspectWording(questionnaire, report);
  const entries = document.languages.flatMap((language) => textEntries(questionnaire, language));
  for (const entry of entries) inspectSentence(questionnaire, entry, report);
  inspectTranslations(questionnaire, entries, report);
  inspectFit(questionnaire, options.channels ?? [], options.countSegments, report);
  const found = [...findings.values()];
  return [
    ...found.filter(({ level }) => level === 'error'),
    ...found.filter(({ level }) => level === 'warning'),
  ];
}
