import type { TextReference } from '../effect.ts';
import type { Presentation, PresentedChoice } from '../presentation.ts';
import type { QuestionTexts } from '../question-texts.ts';
import type { AnswerValue, InvalidReason } from '../understanding/reading.ts';
import type { AskedQuestion, QuestionKind, ScalePoint } from '../understanding/request.ts';
import { type Kind, kind, type Metric, type TextsByLanguage } from './kind.ts';
import { labelsInAll } from './labels.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}

/** A kind whose answers are the whole numbers of a range, shown as a row of points. */
export function scaleKind<Question extends { readonly id: string; readonly kind: QuestionKind }>(scale: {
  readonly metric?: Metric;
  rangeOf(question: Question): Range;
  faults?: Kind<Question>['faults'];
}): Kind<Question> {
  const { rangeOf } = scale;
  return kind<Question>({
    answerType: 'number',
    metric: scale.metric,
    texts: ['low', 'high', 'points'],
    present: (question, texts) => present(question.id, rangeOf(question), texts),
    asked: (question, texts) => asked(question.kind, rangeOf(question), texts),
    check: (question, value) => check(rangeOf(question), value),
    tapped(question, choiceIds) {
      const [digits] = choiceIds;
      if (choiceIds.length !== 1 || digits === undefined) return undefined;
      const value = Number(digits);
      return String(value) === digits && check(rangeOf(question), value) === undefined ? value : undefined;
    },
    hint(question) {
      const { min, max } = rangeOf(question);
      return { from: 'system', key: 'hints.scale', parameters: { min, max } };
    },
    ...(scale.faults && { faults: scale.faults }),
  });
}

function present(id: string, { min, max }: Range, texts: QuestionTexts | undefined): Presentation {
  const choices: PresentedChoice[] = [];
  for (let value = min; value <= max; value += 1) {
    const digits = String(value);
    const named = texts?.points !== undefined && Object.hasOwn(texts.points, digits);
    choices.push({ id: digits, label: named ? wording(id, `points.${digits}`) : digits });
  }
  return {
    layout: 'scale',
    choices,
    ...(texts?.low !== undefined && { low: wording(id, 'low') }),
    ...(texts?.high !== undefined && { high: wording(id, 'high') }),
  };
}

function wording(id: string, field: string): TextReference {
  return { from: 'questionnaire', key: `questions.${id}.${field}` };
}

function asked(kindOfScale: QuestionKind, { min, max }: Range, texts: TextsByLanguage): AskedQuestion {
  const scale: ScalePoint[] = [];
  for (let value = min; value <= max; value += 1) {
    const labels = labelsInAll(texts, (own) => [
      value === min ? own.low : undefined,
      value === max ? own.high : undefined,
      own.points && Object.hasOwn(own.points, String(value)) ? own.points[String(value)] : undefined,
    ]);
    if (labels.he.length + labels.en.length > 0) scale.push({ value, labels });
  }
  return { kind: kindOfScale, min, max, ...(scale.length > 0 && { scale }) };
}

function check({ min, max }: Range, value: AnswerValue): InvalidReason | undefined {
  if (typeof value !== 'number') return 'not_a_number';
  if (!Number.isInteger(value)) return 'not_whole';
  return value < min || value > max ? 'out_of_range' : undefined;
}
