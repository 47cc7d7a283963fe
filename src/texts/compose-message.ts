import type {
  AnswerValue,
  Language,
  MessageEffect,
  PreparedQuestion,
  Questionnaire,
  Session,
} from '../dialogs/index.ts';
import { operandValue, type TextReference } from '../dialogs/index.ts';
import type { ComposedChoice } from './choices.ts';
import { answerLabel } from './labels.ts';
import type { Texts } from './texts.ts';
import { cleanValue, isolate } from './values.ts';

/** For whom and where a message is made. */
export interface Audience {
  readonly language: Language;
  readonly brand: string;
  readonly channel: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** False where the reader may be someone else (a forwarded link): names and earlier answers give way to their fallbacks. */
  readonly personal: boolean;
  /** Whether invisible direction marks may stand around names and numbers. */
  readonly directionMarks: boolean;
  /** Words, in lower case, that must not be offered as answers here; the short form of one takes its place where there is one. */
  readonly reservedWords?: ReadonlySet<string>;
}

/** A message in words, with what can be chosen or typed under it. */
export interface ComposedMessage {
  readonly text: string;
  readonly language: Language;
  readonly layout: 'statement' | 'scale' | 'options' | 'multiple' | 'open';
  readonly choices?: readonly ComposedChoice[];
  readonly choicesMin?: number;
  readonly choicesMax?: number;
  readonly low?: string;
  readonly high?: string;
  readonly input?: 'text' | 'number' | 'date' | 'email' | 'phone';
  readonly textUnitsMax?: number;
}

/**
 * Makes the message of a step from its text ids, in the contact's language or, where the questionnaire does not have it, in the
 * questionnaire's first. Sentences of our own run on; each text of the questionnaire begins a paragraph.
 */
export function composeMessage(
  texts: Texts,
  questionnaire: Questionnaire,
  session: Session,
  effect: MessageEffect,
  audience: Audience,
): ComposedMessage {
  const language = questionnaire.languages.includes(audience.language)
    ? audience.language
    : (questionnaire.languages[0] ?? audience.language);
  const question = effect.question === undefined ? undefined : questionnaire.byId.get(effect.question);
  const writer: Writer = { texts, questionnaire, session, effect, question, audience, language };
  const text = join(writer);
  const offer = (choices: readonly ComposedChoice[]) => withoutReserved(writer, choices);
  if (!question) return { text, language, layout: 'statement' };
  if (effect.confirm !== undefined) {
    return { text, language, layout: 'options', choices: offer(confirmationChoices(texts, language)) };
  }
  if (effect.candidates) {
    const choices = candidateChoices(writer, question, effect.candidates);
    if (choices.length > 0) return { text, language, layout: 'options', choices: offer(choices) };
  }
  const around = surroundings(writer, question);
  return { text, language, ...around, ...(around.choices && { choices: offer(around.choices) }) };
}

interface Writer {
  readonly texts: Texts;
  readonly questionnaire: Questionnaire;
  readonly session: Session;
  readonly effect: MessageEffect;
  readonly question: PreparedQuestion | undefined;
  readonly audience: Audience;
  readonly language: Language;
}

function join(writer: Writer): string {
  let joined = '';
  let before: TextReference['from'] | undefined;
  for (const reference of writer.effect.texts) {
    const sentence =
      reference.from === 'system' ? ownSentence(writer, reference) : questionnaireText(writer, reference.key);
    if (sentence === '') continue;
    if (joined !== '') joined += before === 'system' && reference.from === 'system' ? ' ' : '\n\n';
    joined += sentence;
    before = reference.from;
  }
  return joined;
}

/** A sentence of our own. Values in it are answers to the question that it speaks of. */
function ownSentence(writer: Writer, { key: plain, parameters }: TextReference): string {
  const { texts, language, effect, question, audience } = writer;
  const brief = `${plain}_brief`;
  const key = audience.reservedWords && texts.system(language, brief) !== '' ? brief : plain;
  if (!parameters && !effect.candidates) return texts.system(language, key);
  const shown: Record<string, AnswerValue> = {};
  for (const [name, value] of Object.entries(parameters ?? {})) {
    shown[name] = name === 'count' ? value : saidValue(writer, question, value);
  }
  if (effect.candidates && question) {
    const labels = effect.candidates.map((value) => saidValue(writer, question, value));
    shown.candidates = texts.formats[language].any(labels);
  }
  return texts.system(language, key, shown);
}

/** A value in a sentence of our own. Where the sentence offers it as an answer, it is one that can be given here. */
function saidValue(writer: Writer, question: PreparedQuestion | undefined, value: AnswerValue): string {
  const label = shownValue(writer, question, value);
  return writer.effect.candidates ? unreserved(writer, label) : label;
}

function questionnaireText(writer: Writer, key: string): string {
  const { texts, questionnaire, language } = writer;
  const count = countOf(writer, key);
  const placeholders = texts.placeholders(questionnaire, key, language);
  if (placeholders.length === 0 && count === undefined)
    return texts.fill(questionnaire, key, language, {}, undefined);
  const replacements: Record<string, string | Record<string, string>> = {};
  const answers: Record<string, string> = {};
  for (const name of placeholders) {
    if (name.startsWith('answers.')) {
      answers[name.slice('answers.'.length)] = pipedAnswer(writer, name);
    } else {
      replacements[name] = pipedValue(writer, name, count);
    }
  }
  replacements.answers = answers;
  return texts.fill(questionnaire, key, language, replacements, count);
}

/** The number that chooses the plural form, where a question has one and it is known. */
function countOf(writer: Writer, key: string): number | undefined {
  const { questionnaire, session, audience } = writer;
  const counted = questionnaire.countedPrompts.get(key);
  if (!counted || !audience.personal) return undefined;
  const { channel, language, attributes } = audience;
  const value = operandValue(counted, session.answers, { channel, language, attributes });
  return typeof value === 'number' ? value : undefined;
}

function pipedAnswer(writer: Writer, name: string): string {
  const { questionnaire, session, audience } = writer;
  const id = name.slice('answers.'.length);
  const question = questionnaire.byId.get(id);
  if (!audience.personal || !question || !Object.hasOwn(session.answers, id)) return fallback(writer, name);
  const value = session.answers[id];
  return (value !== undefined && shownValue(writer, question, value)) || fallback(writer, name);
}

function pipedValue(writer: Writer, name: string, count: number | undefined): string {
  const { texts, audience, language } = writer;
  if (name === 'brand') return shownText(writer, audience.brand);
  if (name === 'count') return count === undefined ? '' : texts.formats[language].number(count);
  const { attributes, personal } = audience;
  const value = personal && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (value === undefined) return fallback(writer, name);
  if (typeof value === 'number') return shownText(writer, texts.formats[language].number(value));
  if (typeof value === 'boolean') return texts.system(language, value ? 'labels.yes' : 'labels.no');
  return shownText(writer, value) || fallback(writer, name);
}

function fallback({ questionnaire, language }: Writer, name: string): string {
  const fallbacks = questionnaire.document.texts[language]?.fallbacks;
  return (fallbacks && Object.hasOwn(fallbacks, name) ? fallbacks[name] : undefined) ?? '';
}

function shownValue(writer: Writer, question: PreparedQuestion | undefined, value: AnswerValue): string {
  const { texts, questionnaire, language } = writer;
  const label = question ? answerLabel(texts, questionnaire, question, value, language) : String(value);
  return shownText(writer, label);
}

function shownText({ audience }: Writer, value: string): string {
  const clean = cleanValue(value);
  return audience.directionMarks ? isolate(clean) : clean;
}

function confirmationChoices(texts: Texts, language: Language): readonly ComposedChoice[] {
  return [
    { id: 'yes', label: texts.system(language, 'labels.yes') },
    { id: 'no', label: texts.system(language, 'labels.no') },
  ];
}

/** Where a word that is reserved would be offered, its short form is offered instead, and so is that of its opposite. */
function withoutReserved(writer: Writer, choices: readonly ComposedChoice[]): readonly ComposedChoice[] {
  const { reservedWords } = writer.audience;
  if (!reservedWords || !choices.some(({ label }) => reservedWords.has(label.toLowerCase()))) return choices;
  return choices.map((choice) => ({ ...choice, label: unreserved(writer, choice.label) }));
}

function unreserved({ texts, language, audience }: Writer, label: string): string {
  return (audience.reservedWords && texts.system(language, `brief.${label.toLowerCase()}`)) || label;
}

/** The readings that a reply could have had, as choices, where all of them can be tapped. */
function candidateChoices(
  { texts, questionnaire, language }: Writer,
  question: PreparedQuestion,
  candidates: readonly AnswerValue[],
): readonly ComposedChoice[] {
  const choices: ComposedChoice[] = [];
  for (const value of candidates) {
    const ids = choiceIds(value);
    const id = ids.join(',');
    if (!/^[A-Za-z0-9_,:!-]+$/.test(id)) return [];
    if (question.kind.tapped(question.question, ids) === undefined) return [];
    choices.push({ id, label: answerLabel(texts, questionnaire, question, value, language) });
  }
  return choices;
}

function choiceIds(value: AnswerValue): readonly string[] {
  if (typeof value === 'object') return value;
  if (typeof value === 'boolean') return [value ? 'yes' : 'no'];
  return [String(value)];
}

function surroundings(
  { texts, questionnaire, language }: Writer,
  question: PreparedQuestion,
): Omit<ComposedMessage, 'text' | 'language'> {
  const { presentation } = question;
  switch (presentation.layout) {
    case 'scale': {
      const { low, high } = presentation;
      return {
        layout: 'scale',
        choices: texts.choicesOf(questionnaire, question, language),
        ...(low && { low: texts.reference(questionnaire, low, language) }),
        ...(high && { high: texts.reference(questionnaire, high, language) }),
      };
    }
    case 'options':
      return { layout: 'options', choices: texts.choicesOf(questionnaire, question, language) };
    case 'multiple': {
      const { choicesMin, choicesMax } = presentation;
      const choices = texts.choicesOf(questionnaire, question, language);
      return { layout: 'multiple', choices, choicesMin, choicesMax };
    }
    case 'open': {
      const { input, textUnitsMax } = presentation;
      return { layout: 'open', input, textUnitsMax };
    }
    case 'statement':
      return { layout: 'statement' };
  }
}

/** The name of a questionnaire where it is chosen or spoken of. */
export function questionnaireTitle(texts: Texts, questionnaire: Questionnaire, language: Language): string {
  const spoken = questionnaire.languages.includes(language)
    ? language
    : (questionnaire.languages[0] ?? language);
  return texts.fill(questionnaire, 'title', spoken, {}, undefined);
}
