import type { TextReference } from '../effect.ts';
import type { Presentation } from '../presentation.ts';
import type { QuestionTexts } from '../question-texts.ts';
import type { AskedQuestion, QuestionKind } from '../understanding/request.ts';
import { type Kind, kind, type TextsByLanguage } from './kind.ts';
import { entry, labelsInAll } from './labels.ts';

/** A kind whose answer is yes or no, offered as two choices with the ids `yes` and `no`. */
export function decisionKind<Question extends { readonly id: string; readonly kind: QuestionKind }>(
  own: Partial<Kind<Question>> = {},
): Kind<Question> {
  return kind<Question>({
    answerType: 'boolean',
    texts: ['yes', 'no'],
    present: (question, texts) => present(question.id, texts),
    asked: (question, texts) => asked(question.kind, texts),
    check: (_question, value) => (typeof value === 'boolean' ? undefined : 'unclear'),
    tapped: (_question, choiceIds) => (choiceIds.length === 1 ? decisionOf(choiceIds[0]) : undefined),
    hint: () => ({ from: 'system', key: 'hints.yes_no' }),
    optionIds: () => [],
    ...own,
  });
}

/** The two choices under a question of yes or no that has no words of its own. */
export const yesOrNo: Presentation = {
  layout: 'options',
  choices: [
    { id: 'yes', label: { from: 'system', key: 'labels.yes' } },
    { id: 'no', label: { from: 'system', key: 'labels.no' } },
  ],
};

/** What the choice ids `yes` and `no` mean. */
export function decisionOf(choiceId: string | undefined): boolean | undefined {
  if (choiceId === 'yes') return true;
  return choiceId === 'no' ? false : undefined;
}

function present(id: string, texts: QuestionTexts | undefined): Presentation {
  const label = (side: 'yes' | 'no'): TextReference =>
    texts?.[side] === undefined
      ? { from: 'system', key: `labels.${side}` }
      : { from: 'questionnaire', key: `questions.${id}.${side}` };
  return {
    layout: 'options',
    choices: [
      { id: 'yes', label: label('yes') },
      { id: 'no', label: label('no') },
    ],
  };
}

/** Own words for yes and no are handed over as two options with these ids, in this order. */
function asked(kindOfDecision: QuestionKind, texts: TextsByLanguage): AskedQuestion {
  const options = sides.map((side) => ({
    id: side,
    labels: labelsInAll(texts, (own) => [own[side], ...(entry(own.synonyms, side) ?? [])]),
  }));
  const named = options.some(({ labels }) => labels.he.length + labels.en.length > 0);
  return { kind: kindOfDecision, ...(named && { options }) };
}

const sides = ['yes', 'no'] as const;
