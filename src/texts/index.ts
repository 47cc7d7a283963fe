export { type ComposedChoice, labelOf } from './choices.ts';
export {
  type Audience,
  type ComposedMessage,
  composeMessage,
  questionnaireTitle,
} from './compose-message.ts';
export { createTexts, type TextResources, type Texts, type TextTree } from './texts.ts';
export { answerLabel } from './values.ts';
