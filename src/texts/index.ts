export type { ComposedChoice } from './choices.ts';
export {
  type Audience,
  type ComposedMessage,
  composeMessage,
  questionnaireTitle,
} from './compose-message.ts';
export { describeFinding } from './describe-finding.ts';
export { answerLabel, labelOf } from './labels.ts';
export { createTexts, type TextResources, type Texts } from './texts.ts';
