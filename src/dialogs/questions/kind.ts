import { z } from 'zod';
import { answerValueSchema } from '../answer.ts';
import { conditionSchema, operandSchema } from '../condition.ts';
import type { TextReference } from '../effect.ts';
import type { Presentation } from '../presentation.ts';
import type { QuestionTexts } from '../question-texts.ts';
import type { Ending } from '../session.ts';
import type { AnswerReading, AnswerValue, InvalidReason } from '../understanding/reading.ts';
import type { AskedQuestion, Language } from '../understanding/request.ts';

/**
 * What the answers of a kind are to a condition: numbers and dates have an order, `text` is any characters, `option` is one of the
 * question's option ids, `options` are several of them, `none` means that the kind is never answered.
 */
export type AnswerType = 'number' | 'date' | 'boolean' | 'text' | 'option' | 'options' | 'none';

/** The figure that a question's answers feed. */
export const metricSchema = z.enum(['nps', 'csat', 'ces', 'empathy', 'trust']);

export type Metric = z.infer<typeof metricSchema>;

/** A question's texts in each language of its questionnaire. */
export type TextsByLanguage = Readonly<Partial<Record<Language, QuestionTexts>>>;

/** What is wrong with a question's own settings: which field, and the code of the finding (see inspect). */
export interface SettingFault {
  readonly field: string;
  readonly code: 'range_empty' | 'range_too_wide' | 'choices_range' | 'duplicate_option';
}

/**
 * All that the engine needs to know of a question kind. Shared code calls these and never asks which kind it has before it.
 */
export interface Kind<Question> {
  readonly answerType: AnswerType;
  /** Whether its answers are named by digits ("7", "12 May") or by words, as a sentence that repeats them must know. */
  readonly namedBy: 'digits' | 'words';
  /** The figure fed when the question names none. */
  readonly metric: Metric | undefined;
  /** Whether the conversation waits for a reply. */
  readonly waits: boolean;
  /** Whether the contact may pass it by when the question does not say. */
  readonly skippable: boolean;
  /** What happens after the last try when the question does not say. */
  readonly afterRetries: RetryOutcome;
  /** The texts that the kind shows besides prompt and retry. */
  readonly texts: readonly QuestionTextField[];
  /** How the question is shown. `texts` are those of one language and decide only which labels exist. */
  present(question: Question, texts: QuestionTexts | undefined): Presentation;
  /** What `understand` needs; labels in all languages of the questionnaire. */
  asked(question: Question, texts: TextsByLanguage): AskedQuestion;
  /** Why a value cannot be an answer; undefined when it can. */
  check(question: Question, value: AnswerValue): InvalidReason | undefined;
  /** The value that tapped choices stand for; undefined when they are none of the question's. */
  tapped(question: Question, choiceIds: readonly string[]): AnswerValue | undefined;
  /** The sentence that says what can be answered. */
  hint(question: Question): TextReference;
  /** How an answer ends the conversation by itself; undefined when it does not. */
  ending(value: AnswerValue): Ending | undefined;
  /** The option ids that a condition may compare with, for kinds that have options. */
  optionIds(question: Question): readonly string[];
  /** What is wrong in the question's own settings. */
  faults(question: Question): readonly SettingFault[];
}

/** The texts of a question that belong to some kinds only. */
export type QuestionTextField = 'options' | 'low' | 'high' | 'points' | 'unit' | 'yes' | 'no';

/** Takes what a kind shares with most others and adds what is its own. */
export function kind<Question>(
  own: Pick<Kind<Question>, 'answerType' | 'present' | 'asked' | 'check' | 'tapped' | 'hint'> &
    Partial<Kind<Question>>,
): Kind<Question> {
  return {
    namedBy: own.answerType === 'number' || own.answerType === 'date' ? 'digits' : 'words',
    metric: undefined,
    waits: true,
    skippable: true,
    afterRetries: 'skip',
    texts: [],
    ending: () => undefined,
    optionIds: () => [],
    faults: () => [],
    ...own,
  };
}

/** The value of a reading when the question takes it, otherwise the reason why not. */
export function parse<Question>(
  of: Kind<Question>,
  question: Question,
  reading: AnswerReading,
): { readonly value: AnswerValue } | { readonly reason: InvalidReason } {
  const reason = of.check(question, reading.value);
  return reason === undefined ? { value: reading.value } : { reason };
}

/** Ids of questions and names of attributes. */
export const nameSchema = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** Ids of options; they travel in buttons. */
export const optionIdSchema = z.string().regex(/^[a-z0-9][a-z0-9_]{0,39}$/);

const retryOutcomeSchema = z.enum(['skip', 'default', 'human', 'end']);

export type RetryOutcome = z.infer<typeof retryOutcomeSchema>;

/** Where the path goes after a question: a later question, the end, or out by screening. The first rule that holds wins. */
const nextRuleSchema = z.strictObject({
  when: conditionSchema.optional(),
  to: nameSchema.meta({ description: 'The id of a later question, or "end", or "screen_out".' }),
});

/** The fields that every question has. */
export const questionFields = {
  id: nameSchema,
  when: conditionSchema
    .optional()
    .meta({ description: 'The question is passed over silently when this is false.' }),
  next: z.array(nextRuleSchema).max(20).optional(),
  count: operandSchema
    .optional()
    .meta({ description: 'Whose number chooses the plural form of the prompt.' }),
};

/** The format's word for what happens after the last try; named apart so that no object here looks like a promise. */
const wayOut = 'then';

const settingsSchema = z.object({
  metric: metricSchema.optional(),
  skippable: z.boolean().optional(),
  retry: z
    .strictObject({
      tries: z.number().int().min(1).max(5).optional().meta({ default: 3 }),
      [wayOut]: retryOutcomeSchema.optional(),
      default: answerValueSchema.optional(),
    })
    .optional(),
});

export type WaitingSettings = z.infer<typeof settingsSchema>;

/** The fields of questions that wait for a reply. */
export const waitingFields = { ...questionFields, ...settingsSchema.shape };
