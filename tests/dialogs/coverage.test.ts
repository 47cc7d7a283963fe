import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type Condition,
  type ConditionOperator,
  conditionSchema,
  type Operand,
  operandsOf,
} from '../../src/dialogs/condition.ts';
import { type Language, languages } from '../../src/dialogs/language.ts';
import type { Question, QuestionnaireDocument, QuestionTexts } from '../../src/dialogs/questionnaire.ts';
import type { RetryOutcome } from '../../src/dialogs/questions/kind.ts';
import { type QuestionKind, questionKindSchema } from '../../src/dialogs/understanding/request.ts';
import { readExamples } from '../support/examples.ts';
import { parseScenario } from '../support/scenario.ts';

/**
 * Where each question kind, condition operator and branch feature is at work: a question of a shipped questionnaire, and the scenario in
 * which the bot asks it.
 */
interface Use {
  readonly questionnaire: string;
  readonly question: string;
  readonly scenario: string;
  /** The languages in whose scenario it is asked: all, unless the question depends on the language. */
  readonly asked: readonly Language[];
}

const kinds = {
  nps: use('purchase-nps', 'recommend', 'purchase-promoter'),
  csat: use('delivery-csat', 'satisfaction', 'delivery-good'),
  ces: use('support-effort', 'ease', 'support-easy'),
  rating: use('fault-trust', 'competence', 'fault-long-outage'),
  choice: use('churn-exit', 'reason', 'churn-call-me'),
  multi_choice: use('purchase-nps', 'got_in_way', 'purchase-detractor'),
  yes_no: use('delivery-csat', 'arrived', 'delivery-good'),
  number: use('fault-trust', 'downtime', 'fault-long-outage'),
  date: use('delivery-csat', 'arrived_on', 'delivery-late'),
  text: use('purchase-nps', 'praise', 'purchase-promoter'),
  email: use('churn-exit', 'email', 'churn-write-to-me'),
  phone: use('churn-exit', 'phone', 'churn-call-me'),
  info: use('churn-exit', 'together', 'churn-call-me'),
  consent: use('churn-exit', 'agree', 'churn-no-consent'),
} satisfies Record<QuestionKind, Use>;

const operators = {
  eq: use('fault-trust', 'visit', 'fault-long-outage'),
  ne: use('billing-clarity', 'language_fits', 'billing-higher', ['en']),
  lt: use('billing-clarity', 'unclear', 'billing-higher'),
  lte: use('delivery-csat', 'what_happened', 'delivery-late'),
  gt: use('fault-trust', 'disrupted', 'fault-long-outage'),
  gte: use('churn-exit', 'together', 'churn-call-me'),
  between: use('purchase-nps', 'missing', 'purchase-passive'),
  in: use('churn-exit', 'kept', 'churn-call-me'),
  answered: use('billing-clarity', 'difference', 'billing-higher'),
  all: use('billing-clarity', 'lines_clear', 'billing-family'),
  any: use('support-effort', 'easier', 'support-unresolved'),
  not: use('delivery-csat', 'good', 'delivery-good'),
} satisfies Record<ConditionOperator, Use>;

interface Feature extends Use {
  /** Whether the question, or the document around it, has the feature. */
  has(question: Question, document: QuestionnaireDocument): boolean;
}

const features: Readonly<Record<string, Feature>> = {
  'a condition on an answer': {
    ...use('delivery-csat', 'went_wrong', 'delivery-late'),
    has: ({ when }) => looksAt(when, (of) => 'answer' in of),
  },
  'a condition on an attribute': {
    ...use('fault-trust', 'visit', 'fault-long-outage'),
    has: ({ when }) => looksAt(when, (of) => 'attribute' in of),
  },
  'a condition on the channel': {
    ...use('churn-exit', 'phone', 'churn-call-me'),
    has: ({ when }) => looksAt(when, (of) => 'context' in of && of.context === 'channel'),
  },
  'a condition on the language': {
    ...use('billing-clarity', 'language_fits', 'billing-language', ['en']),
    has: ({ when }) => looksAt(when, (of) => 'context' in of && of.context === 'language'),
  },
  'a jump over questions': {
    ...use('fault-trust', 'fixed', 'fault-not-fixed'),
    has: (question) => leadsTo(question, 'still_broken'),
  },
  'a jump to the end': {
    ...use('churn-exit', 'get_back', 'churn-no-need'),
    has: (question) => leadsTo(question, 'end'),
  },
  'a way out by screening': {
    ...use('delivery-csat', 'arrived', 'delivery-not-arrived'),
    has: (question, { texts }) =>
      leadsTo(question, 'screen_out') &&
      texts.he?.screened_out !== undefined &&
      texts.en?.screened_out !== undefined,
  },
  'tries that end in passing on': {
    ...use('delivery-csat', 'items', 'delivery-late'),
    has: (question) => givesUpBy(question, 'skip'),
  },
  'tries that end in a default': {
    ...use('billing-clarity', 'preference', 'billing-family'),
    has: (question) => givesUpBy(question, 'default'),
  },
  'tries that end with a person': {
    ...use('support-effort', 'resolved', 'support-not-understood'),
    has: (question) => givesUpBy(question, 'human'),
  },
  'tries that end the conversation': {
    ...use('churn-exit', 'get_back', 'churn-wish-unclear'),
    has: (question) => givesUpBy(question, 'end'),
  },
  'plural forms by an attribute': {
    ...use('purchase-nps', 'brought', 'purchase-promoter'),
    has: ({ count }) => count !== undefined && 'attribute' in count,
  },
  'plural forms by an answer': {
    ...use('support-effort', 'first_time', 'support-several-contacts'),
    has: ({ count }) => count !== undefined && 'answer' in count,
  },
  'an answer in a later text': {
    ...use('churn-exit', 'kept', 'churn-call-me'),
    has: ({ id }, document) =>
      everyText(document, id, ({ prompt }) => prompt?.includes('{{answers.reason}}')),
  },
  'an attribute in a text, with its fallback': {
    ...use('support-effort', 'ease', 'support-easy'),
    has: (_question, { texts }) =>
      languages.every(
        (language) =>
          texts[language]?.opening?.includes('{{agent}}') && texts[language].fallbacks?.agent !== undefined,
      ),
  },
  'an exclusive option': {
    ...use('purchase-nps', 'got_in_way', 'purchase-detractor'),
    has: (question) => 'options' in question && question.options.some(({ exclusive }) => exclusive),
  },
  'a limit to the choices': {
    ...use('purchase-nps', 'got_in_way', 'purchase-detractor'),
    has: (question) => question.kind === 'multi_choice' && question.choicesMax === 3,
  },
  'consent before personal details': {
    ...use('churn-exit', 'agree', 'churn-write-to-me'),
    has: ({ kind }, { questions }) =>
      kind === 'consent' &&
      questions.findIndex((other) => other.kind === 'consent') <
        questions.findIndex((other) => other.kind === 'phone' || other.kind === 'email'),
  },
  'words for options that people type': {
    ...use('fault-trust', 'still_broken', 'fault-not-fixed'),
    has: ({ id }, document) => everyText(document, id, ({ synonyms }) => synonyms !== undefined),
  },
  'named points of a scale': {
    ...use('delivery-csat', 'satisfaction', 'delivery-photo-and-old-button'),
    has: ({ id }, document) => everyText(document, id, ({ points }) => points !== undefined),
  },
  'a question that cannot be skipped': {
    ...use('purchase-nps', 'recommend', 'purchase-unclear-score'),
    has: (question) => 'skippable' in question && question.skippable === false,
  },
  'an own sentence for replies not taken': {
    ...use('churn-exit', 'phone', 'churn-call-me'),
    has: ({ id }, document) => everyText(document, id, ({ retry }) => retry !== undefined),
  },
  'days that have passed': {
    ...use('delivery-csat', 'arrived_on', 'delivery-late'),
    has: (question) => question.kind === 'date' && question.dates === 'past',
  },
  'days to come': {
    ...use('churn-exit', 'call_on', 'churn-call-me'),
    has: (question) => question.kind === 'date' && question.dates === 'future',
  },
  'a unit': {
    ...use('support-effort', 'contacts', 'support-several-contacts'),
    has: ({ id }, document) => everyText(document, id, ({ unit }) => unit !== undefined),
  },
  'a rating that feeds empathy': {
    ...use('support-effort', 'listened', 'support-easy'),
    has: (question) => 'metric' in question && question.metric === 'empathy',
  },
  'a rating that feeds trust': {
    ...use('fault-trust', 'honesty', 'fault-long-outage'),
    has: (question) => 'metric' in question && question.metric === 'trust',
  },
  'its own timing': {
    ...use('fault-trust', 'fixed', 'fault-reminder-and-late-answer'),
    has: (_question, { timing }) => timing?.expiryHours === 72,
  },
};

const documents = readExamples();

describe('the shipped questionnaires', () => {
  test('the tables name every question kind and every condition operator', () => {
    expect(Object.keys(kinds).sort()).toEqual([...questionKindSchema.options].sort());
    expect(Object.keys(operators).sort()).toEqual(operatorsOfSchema().sort());
  });

  test.each(Object.entries(kinds))('a question of kind %s is asked', (kind, row) => {
    expect(questionOf(row).question.kind).toBe(kind);
    expectAsked(row);
  });

  test.each(Object.entries(operators))('a condition with %s lets a question be asked', (operator, row) => {
    const { when } = questionOf(row).question;
    expect(when && operatorsIn(when)).toContain(operator);
    expectAsked(row);
  });

  test.each(Object.entries(features))('%s is used', (_name, row) => {
    const { question, document } = questionOf(row);
    expect(row.has(question, document)).toBe(true);
    expectAsked(row);
  });

  test.each([
    ['he', 'prompt_one'],
    ['he', 'prompt_two'],
    ['he', 'prompt_other'],
    ['en', 'prompt_one'],
    ['en', 'prompt_other'],
  ] as const)('in %s a sentence of the form %s is said', (language, form) => {
    const sentences = [...documents.values()].flatMap((document) =>
      Object.values(document.texts[language]?.questions ?? {}).map((texts) => texts[form]),
    );
    const everything = scenarioNames.map((name) => readSaid(language, name)).join('\n');
    expect(sentences.some((sentence) => sentence !== undefined && isSaid(sentence, everything))).toBe(true);
  });
});

const scenarioNames = [
  ...new Set(
    [...Object.values(kinds), ...Object.values(operators), ...Object.values(features)].map(
      (row) => row.scenario,
    ),
  ),
];

function use(
  questionnaire: string,
  question: string,
  scenario: string,
  asked: readonly Language[] = languages,
): Use {
  return { questionnaire, question, scenario, asked };
}

function questionOf({ questionnaire, question: id }: Use) {
  const document = documents.get(questionnaire);
  const question = document?.questions.find((candidate) => candidate.id === id);
  if (!document || !question) throw new Error(`No shipped questionnaire ${questionnaire} asks ${id}`);
  return { document, question };
}

/** The scenario exists in every language, is about the questionnaire, and the bot says the question's prompt in it. */
function expectAsked(row: Use): void {
  const { document } = questionOf(row);
  for (const language of row.asked) {
    const texts = document.texts[language]?.questions[row.question];
    const prompts = [texts?.prompt, texts?.prompt_one, texts?.prompt_two, texts?.prompt_other];
    const said = readSaid(language, row.scenario);
    expect(parseScenario(readScenario(language, row.scenario)).questionnaire).toBe(row.questionnaire);
    expect(prompts.some((prompt) => prompt !== undefined && isSaid(prompt, said))).toBe(true);
  }
}

function readScenario(language: Language, name: string): string {
  return readFileSync(new URL(`../scenarios/${language}/${name}.txt`, import.meta.url), 'utf8');
}

/** What the bot says in a scenario, lines joined. */
function readSaid(language: Language, name: string): string {
  return readScenario(language, name)
    .split(/\n(?=\S)/)
    .filter((paragraph) => paragraph.startsWith('bot> '))
    .map((paragraph) => paragraph.replace(/\s+/g, ' '))
    .join('\n');
}

/** Whether a sentence is said, whatever stands in its placeholders. */
function isSaid(sentence: string, said: string): boolean {
  const pattern = sentence
    .split(/\{\{[^}]+\}\}/)
    .map((part) => part.replace(/\s+/g, ' ').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.+');
  return new RegExp(pattern).test(said);
}

function operatorsOfSchema(): string[] {
  return conditionSchema.options.flatMap(({ shape: { op } }) =>
    'options' in op ? op.options : [...op.values],
  );
}

function operatorsIn(condition: Condition): ConditionOperator[] {
  switch (condition.op) {
    case 'all':
    case 'any':
      return [condition.op, ...condition.conditions.flatMap(operatorsIn)];
    case 'not':
      return [condition.op, ...operatorsIn(condition.condition)];
    default:
      return [condition.op];
  }
}

function looksAt(condition: Condition | undefined, test: (operand: Operand) => boolean): boolean {
  return condition !== undefined && operandsOf(condition).some(test);
}

function leadsTo({ next }: Question, target: string): boolean {
  return next?.some(({ to }) => to === target) ?? false;
}

function givesUpBy(question: Question, then: RetryOutcome): boolean {
  return 'retry' in question && question.retry?.then === then;
}

function everyText(
  document: QuestionnaireDocument,
  questionId: string,
  test: (texts: QuestionTexts) => boolean | undefined,
): boolean {
  return languages.every((language) => {
    const texts = document.texts[language]?.questions[questionId];
    return texts !== undefined && test(texts);
  });
}
