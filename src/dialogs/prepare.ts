import { type Operand, operandsOf } from './condition.ts';
import type { TextReference } from './effect.ts';
import type { Language } from './language.ts';
import { longestRemaining } from './path.ts';
import type { PreparedQuestion, PreparedRule, Questionnaire } from './prepared.ts';
import type { QuestionTexts } from './question-texts.ts';
import type { Question, QuestionnaireDocument } from './questionnaire.ts';
import { kindOf } from './questions/index.ts';
import type { TextsByLanguage, WaitingSettings } from './questions/kind.ts';
import { entry } from './questions/labels.ts';

/**
 * Compiles a document once, so that a turn looks everything up. A draft with faults is compiled as well: a jump to nowhere or backwards
 * counts for nothing, so every path still ends.
 */
export function prepareQuestionnaire(document: QuestionnaireDocument, revision = 1): Questionnaire {
  const indexes = new Map(document.questions.map(({ id }, index) => [id, index]));
  const rules = document.questions.map((question, index) => prepareRules(question, index, indexes));
  const remaining = longestRemaining(document.questions, rules);
  const questions = document.questions.map((question, index) =>
    prepareQuestion(document, question, index, rules[index] ?? [], remaining[index] ?? 0),
  );
  const { reminderHours = 24, expiryHours = 168, graceHours = 168 } = document.timing ?? {};
  return {
    id: document.id,
    touchpoint: document.touchpoint,
    revision,
    languages: document.languages,
    timing: { reminderHours, expiryHours, graceHours },
    document,
    questions,
    byId: new Map(questions.map((question) => [question.id, question])),
    conditionAttributes: attributesIn(document),
    countedPrompts: new Map(
      questions.flatMap(({ prompt, count }) => (count ? [[prompt.key, count] as const] : [])),
    ),
    hasOpening: document.languages.some((language) => document.texts[language]?.opening !== undefined),
  };
}

function prepareQuestion(
  document: QuestionnaireDocument,
  question: Question,
  index: number,
  rules: readonly PreparedRule[],
  remainingMax: number,
): PreparedQuestion {
  const kind = kindOf(question);
  const { id } = question;
  const texts = textsOf(document, id);
  const first = document.languages[0];
  const { metric = kind.metric, skippable = kind.skippable, retry = {} } = settingsOf(question);
  const hasOwnRetry = Object.values(texts).some((own) => own.retry !== undefined);
  const prompt: TextReference = { from: 'questionnaire', key: `questions.${id}.prompt` };
  return {
    id,
    index,
    question,
    kind,
    when: question.when,
    rules,
    waits: kind.waits,
    skippable,
    metric,
    retry: { tries: retry.tries ?? 3, after: retry.then ?? kind.afterRetries, default: retry.default },
    count: question.count,
    asked: kind.asked(question, texts),
    presentation: kind.present(question, first && texts[first]),
    ownRetry: hasOwnRetry ? [{ from: 'questionnaire', key: `questions.${id}.retry` }] : undefined,
    hint: kind.hint(question),
    remainingMax,
    prompt,
    promptMessage: { type: 'message', texts: [prompt], question: id },
    askedEffect: { type: 'question_asked', questionId: id },
  };
}

/** What questions that wait for a reply can have; a statement has none of it. */
function settingsOf(question: Question & WaitingSettings): WaitingSettings {
  return question;
}

function prepareRules(
  question: Question,
  index: number,
  indexes: ReadonlyMap<string, number>,
): PreparedRule[] {
  const rules: PreparedRule[] = [];
  for (const { when, to } of question.next ?? []) {
    const target = to === 'end' || to === 'screen_out' ? to : indexes.get(to);
    if (target === undefined || (typeof target === 'number' && target <= index)) continue;
    rules.push({ when, to: target });
  }
  return rules;
}

/** The texts of one question in each language of its questionnaire. */
export function textsOf(document: QuestionnaireDocument, questionId: string): TextsByLanguage {
  const texts: Partial<Record<Language, QuestionTexts>> = {};
  for (const language of document.languages) {
    const own = entry(document.texts[language]?.questions, questionId);
    if (own) texts[language] = own;
  }
  return texts;
}

function attributesIn(document: QuestionnaireDocument): string[] {
  const names = new Set<string>();
  const collect = (operand: Operand) => {
    if ('attribute' in operand) names.add(operand.attribute);
  };
  for (const { when, next } of document.questions) {
    if (when) operandsOf(when).forEach(collect);
    for (const rule of next ?? []) if (rule.when) operandsOf(rule.when).forEach(collect);
  }
  return [...names].sort();
}
