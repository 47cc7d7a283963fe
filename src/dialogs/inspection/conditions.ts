import type { Condition, Operand } from '../condition.ts';
import type { PreparedQuestion, Questionnaire } from '../prepared.ts';
import type { AnswerType } from '../questions/kind.ts';
import type { Report } from './finding.ts';

/** Looks at every condition and counted number: whether what they ask about is there, known by then, and of a fitting type. */
export function inspectConditions(questionnaire: Questionnaire, report: Report): void {
  const used = new Set<string>();
  for (const { question, index } of questionnaire.questions) {
    const path = ['questions', index];
    const earlier: Scope = { questionnaire, report, used, upTo: index - 1 };
    if (question.when) inspectCondition(question.when, [...path, 'when'], earlier);
    if (question.count) inspectCount(question.count, [...path, 'count'], earlier);
    for (const [place, { when }] of (question.next ?? []).entries()) {
      if (when) inspectCondition(when, [...path, 'next', place, 'when'], { ...earlier, upTo: index });
    }
  }
  const texts = JSON.stringify(questionnaire.document.texts);
  for (const name of Object.keys(questionnaire.document.attributes ?? {})) {
    if (used.has(name) || new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`).test(texts)) continue;
    report('unused_attribute', ['attributes', name], { attribute: name });
  }
}

interface Scope {
  readonly questionnaire: Questionnaire;
  readonly report: Report;
  /** The attributes met so far. */
  readonly used: Set<string>;
  /** The last question that has been asked by then. */
  readonly upTo: number;
}

/** What an operand gives. */
interface Subject {
  readonly type: AnswerType;
  readonly question?: PreparedQuestion;
  readonly isLanguage?: boolean;
}

function inspectCondition(condition: Condition, path: readonly PropertyKey[], scope: Scope): void {
  switch (condition.op) {
    case 'all':
    case 'any':
      for (const [place, inner] of condition.conditions.entries()) {
        inspectCondition(inner, [...path, 'conditions', place], scope);
      }
      return;
    case 'not':
      inspectCondition(condition.condition, [...path, 'condition'], scope);
      return;
    default:
      inspectComparison(condition, path, scope);
  }
}

function inspectComparison(
  condition: Exclude<Condition, { op: 'all' | 'any' | 'not' }>,
  path: readonly PropertyKey[],
  scope: Scope,
): void {
  const { report } = scope;
  const subject = inspectOperand(condition.of, [...path, 'of'], scope);
  if (!subject) return;
  if (!operators[subject.type].includes(condition.op)) {
    report('condition_operator', [...path, 'op'], { operator: condition.op, type: subject.type });
    return;
  }
  switch (condition.op) {
    case 'answered':
      return;
    case 'between':
      if (condition.from > condition.to) {
        report('condition_range_empty', path, { from: condition.from, to: condition.to });
      } else {
        inspectValue(condition.from, [...path, 'from'], subject, scope);
        inspectValue(condition.to, [...path, 'to'], subject, scope);
      }
      return;
    case 'in':
      for (const [place, value] of condition.values.entries()) {
        inspectValue(value, [...path, 'values', place], subject, scope);
      }
      return;
    default:
      inspectValue(condition.value, [...path, 'value'], subject, scope);
  }
}

const inOrder: readonly Condition['op'][] = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'answered'];
const asWhole: readonly Condition['op'][] = ['eq', 'ne', 'in', 'answered'];

/** The operators that mean something for each type. */
const operators: Readonly<Record<AnswerType, readonly Condition['op'][]>> = {
  number: [...inOrder, 'between'],
  date: inOrder,
  boolean: asWhole,
  text: asWhole,
  option: asWhole,
  options: ['in', 'answered'],
  none: [],
};

const jsonTypes: Readonly<Record<AnswerType, string>> = {
  number: 'number',
  date: 'string',
  boolean: 'boolean',
  text: 'string',
  option: 'string',
  options: 'string',
  none: 'undefined',
};

function inspectOperand(operand: Operand, path: readonly PropertyKey[], scope: Scope): Subject | undefined {
  const { questionnaire, report } = scope;
  if ('context' in operand) return { type: 'text', isLanguage: operand.context === 'language' };
  if ('attribute' in operand) {
    const { attribute } = operand;
    scope.used.add(attribute);
    const { attributes = {} } = questionnaire.document;
    const declared = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    if (!declared) report('condition_unknown_attribute', path, { attribute });
    return declared;
  }
  const question = questionnaire.byId.get(operand.answer);
  if (!question) {
    report('condition_unknown_question', path, { question: operand.answer });
    return undefined;
  }
  if (question.index > scope.upTo) report('condition_later_question', path, { question: question.id });
  const type = question.kind.answerType;
  if (type === 'none') {
    report('condition_never_answered', path, { question: question.id });
    return undefined;
  }
  return { type, question };
}

function inspectValue(
  value: string | number | boolean,
  path: readonly PropertyKey[],
  { type, question, isLanguage }: Subject,
  { questionnaire, report }: Scope,
): void {
  if (typeof value !== jsonTypes[type]) {
    report('condition_value_type', path, { value: String(value), type });
    return;
  }
  if (isLanguage && !questionnaire.languages.some((language) => language === value)) {
    report('condition_unknown_language', path, { value: String(value) });
  }
  if (!question) return;
  if (type === 'option' || type === 'options') {
    if (!question.kind.optionIds(question.question).includes(String(value))) {
      report('condition_unknown_option', path, { option: String(value), question: question.id });
    }
  } else if (type === 'date') {
    if (question.kind.check(question.question, value) !== undefined) {
      report('condition_value_type', path, { value: String(value), type });
    }
  } else if (typeof value === 'number') {
    const { min = -Infinity, max = Infinity } = question.asked;
    if (value < min || value > max) {
      report('condition_out_of_range', path, { value, question: question.id });
    }
  }
}

function inspectCount(operand: Operand, path: readonly PropertyKey[], scope: Scope): void {
  const subject = inspectOperand(operand, path, scope);
  if (subject && subject.type !== 'number') scope.report('count_not_a_number', path, { type: subject.type });
}
