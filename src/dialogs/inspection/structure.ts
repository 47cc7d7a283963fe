import type { PreparedQuestion, Questionnaire } from '../prepared.ts';
import type { Question } from '../questionnaire.ts';
import type { Metric, WaitingSettings } from '../questions/kind.ts';
import type { Report } from './finding.ts';

/** Looks at what can be said without reading conditions or texts: jumps, reachability, settings of single questions. */
export function inspectStructure(questionnaire: Questionnaire, report: Report): void {
  const { questions, document } = questionnaire;
  if (!questions.some(({ waits }) => waits)) report('nothing_asked', ['questions']);
  for (const prepared of questions) {
    const path = ['questions', prepared.index];
    inspectJumps(questionnaire, prepared, path, report);
    inspectMetric(prepared, path, report);
    inspectRetry(prepared, prepared.question, path, report);
    for (const { field, code } of prepared.kind.faults(prepared.question)) {
      report(code, [...path, ...field.split('/')], { question: prepared.id });
    }
  }
  inspectReach(questionnaire, report);
  const { reminderHours, expiryHours } = questionnaire.timing;
  if (reminderHours >= expiryHours) {
    report('reminder_after_expiry', ['timing', 'reminderHours'], {
      reminder: reminderHours,
      expiry: expiryHours,
    });
  }
  for (const name of Object.keys(document.attributes ?? {})) {
    if (name === 'brand' || name === 'count' || name === 'answers') {
      report('reserved_attribute', ['attributes', name], { attribute: name });
    }
  }
}

function inspectJumps(
  { byId }: Questionnaire,
  { question, index }: PreparedQuestion,
  path: readonly PropertyKey[],
  report: Report,
): void {
  let decided = false;
  for (const [place, { when, to }] of (question.next ?? []).entries()) {
    const rule = [...path, 'next', place];
    const target = byId.get(to);
    if (!target && to !== 'end' && to !== 'screen_out') {
      report('unknown_target', [...rule, 'to'], { target: to });
    } else if (target && target.index <= index) {
      report('backward_jump', [...rule, 'to'], { target: to });
    }
    if (decided) report('unreachable_rule', rule, { question: question.id });
    decided ||= when === undefined;
  }
}

/** Follows every rule, whatever its condition, from the first question on. */
function inspectReach({ questions }: Questionnaire, report: Report): void {
  const reached = new Set<number>([0]);
  let ends = false;
  for (const question of questions) {
    if (!reached.has(question.index)) {
      report('unreachable_question', ['questions', question.index], { question: question.id });
      continue;
    }
    const targets = question.rules.map(({ to }) => to);
    if (question.when || !question.rules.some(({ when }) => when === undefined))
      targets.push(question.index + 1);
    for (const to of targets) {
      if (to === 'end' || to === questions.length) ends = true;
      else if (typeof to === 'number') reached.add(to);
    }
  }
  if (!ends) report('end_never_reached', ['questions']);
}

/** The ranges that the standard figures are defined for. */
const metricRanges: Readonly<Partial<Record<Metric, readonly [number, number]>>> = {
  nps: [0, 10],
  csat: [1, 5],
  ces: [1, 7],
};

function inspectMetric(
  { presentation, asked, metric, id }: PreparedQuestion,
  path: readonly PropertyKey[],
  report: Report,
): void {
  if (metric === undefined) return;
  if (presentation.layout !== 'scale') {
    report('metric_without_scale', [...path, 'metric'], { question: id, metric });
    return;
  }
  const range = metricRanges[metric];
  if (range && (asked.min !== range[0] || asked.max !== range[1])) {
    report('metric_range', [...path, 'metric'], { question: id, metric, min: range[0], max: range[1] });
  }
}

function inspectRetry(
  { kind, id, retry: { after } }: PreparedQuestion,
  question: Question & WaitingSettings,
  path: readonly PropertyKey[],
  report: Report,
): void {
  const value = question.retry?.default;
  const place = [...path, 'retry', 'default'];
  if (value === undefined) {
    if (after === 'default') report('retry_default_missing', place, { question: id });
  } else if (after !== 'default') {
    report('retry_default_unused', place, { question: id });
  } else if (kind.check(question, value) !== undefined) {
    report('retry_default_invalid', place, { question: id });
  }
}
