export { type AnswerValue, answerValueSchema, sameAnswer } from './answer.ts';
export {
  type Answers,
  type Condition,
  type ConditionTraceEntry,
  conditionSchema,
  evaluateCondition,
  type Operand,
  operandSchema,
  operandValue,
} from './condition.ts';
export type { Effect, MessageEffect, TextReference } from './effect.ts';
export { type Event, type EventContext, eventSchema } from './event.ts';
export {
  type ChannelLimits,
  type CountSegments,
  type Finding,
  type FindingCode,
  findingLevels,
  type InspectOptions,
  inspect,
} from './inspect.ts';
export { questionnaireJsonSchema } from './json-schema.ts';
export { type Language, languageSchema, languages } from './language.ts';
export { type DocumentFault, type DocumentReading, readQuestionnaire } from './migrations/index.ts';
export { prepareQuestionnaire } from './prepare.ts';
export type { PreparedQuestion, Questionnaire } from './prepared.ts';
export type { Presentation, PresentedChoice } from './presentation.ts';
export { canGoBack, canSkip, type Progress, progress } from './progress.ts';
export {
  latestFormat,
  type Question,
  type QuestionnaireDocument,
  type QuestionnaireTexts,
  type QuestionTexts,
  questionnaireSchema,
} from './questionnaire.ts';
export type { AnswerType, Metric } from './questions/kind.ts';
export { type ReadReply, type ReplyCircumstances, readReply, readTap } from './read-reply.ts';
export { replay } from './replay.ts';
export { type ChangedQuestion, compareRevisions, type RevisionComparison } from './revisions.ts';
export { type Session, type SessionOutcome, sessionSchema } from './session.ts';
export { type Step, startSession, step } from './step.ts';
export * from './understanding/index.ts';
