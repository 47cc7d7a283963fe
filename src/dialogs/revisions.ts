import type { Question, QuestionnaireDocument } from './questionnaire.ts';
import { entry } from './questions/labels.ts';

/** What became of a question from one revision to the next. */
export interface ChangedQuestion {
  readonly questionId: string;
  readonly change: 'added' | 'removed' | 'moved' | 'changed' | 'texts';
}

/** How far apart two revisions are. */
export interface RevisionComparison {
  /** Open sessions may be taken over to a revision whose texts alone have changed; a structural one leaves them where they are. */
  readonly kind: 'texts_only' | 'structural';
  readonly changedQuestions: readonly ChangedQuestion[];
}

/**
 * Compares two revisions of a questionnaire. What counts as structure is everything that a session, its conditions or its figures depend
 * on: questions, their order and settings, attributes, and the languages, none of which may go. Timing belongs to new sessions.
 */
export function compareRevisions(
  before: QuestionnaireDocument,
  after: QuestionnaireDocument,
): RevisionComparison {
  const changedQuestions: ChangedQuestion[] = [];
  const old = new Map(before.questions.map((question) => [question.id, question]));
  const kept = new Set(after.questions.map(({ id }) => id));
  const order = before.questions.filter(({ id }) => kept.has(id));
  let place = 0;
  for (const question of after.questions) {
    const { id: questionId } = question;
    const earlier = old.get(questionId);
    if (!earlier) {
      changedQuestions.push({ questionId, change: 'added' });
      continue;
    }
    const moved = order[place]?.id !== questionId;
    place += 1;
    const change =
      changeOf(earlier, question, moved) ?? (sameTexts(before, after, questionId) ? undefined : 'texts');
    if (change) changedQuestions.push({ questionId, change });
  }
  for (const { id: questionId } of before.questions) {
    if (!kept.has(questionId)) changedQuestions.push({ questionId, change: 'removed' });
  }
  const structural =
    changedQuestions.some(({ change }) => change !== 'texts') ||
    before.languages.some((language) => !after.languages.includes(language)) ||
    !sameJson(before.attributes ?? {}, after.attributes ?? {}) ||
    before.touchpoint !== after.touchpoint;
  return { kind: structural ? 'structural' : 'texts_only', changedQuestions };
}

function changeOf(before: Question, after: Question, moved: boolean): 'moved' | 'changed' | undefined {
  if (!sameJson(before, after)) return 'changed';
  return moved ? 'moved' : undefined;
}

function sameTexts(before: QuestionnaireDocument, after: QuestionnaireDocument, questionId: string): boolean {
  return after.languages.every((language) =>
    sameJson(
      entry(before.texts[language]?.questions, questionId),
      entry(after.texts[language]?.questions, questionId),
    ),
  );
}

/** Compares JSON values; the order of properties means nothing. */
function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const entries = Object.entries(one);
  const others = new Map(Object.entries(other));
  return (
    entries.length === others.size &&
    entries.every(([key, value]) => others.has(key) && sameJson(value, others.get(key)))
  );
}
