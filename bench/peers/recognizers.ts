import {
  recognizeBoolean,
  recognizeDateTime,
  recognizeEmail,
  recognizeNumber,
  recognizePhoneNumber,
} from '@microsoft/recognizers-text-suite';
import { type Choice, recognizeChoices } from 'botbuilder-dialogs';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { AskedQuestion, Language, UnderstandRequest } from '../../src/dialogs/understanding/index.ts';
import { cleaned } from '../engine/hand-written-reading.ts';
import { commands } from '../engine/hand-written-words.ts';
import type { PeerReader, PeerReading } from '../understanding/peer.ts';

/** There is no Hebrew culture; prompts fall back to this one. */
const culture = 'en-us';
const asked: PeerReading = { outcome: 'invalid' };

/**
 * Reads replies as the prompts of botbuilder-dialogs recognise them, each with the validator that its question calls for: NumberPrompt for
 * scales and numbers, ConfirmPrompt, ChoicePrompt, DateTimePrompt, and TextPrompt. There is no prompt for several choices: every choice that
 * recognizeChoices finds counts. It has no commands, so bots look for a few exact words before the prompt.
 */
export const reader: PeerReader = {
  read(request) {
    const { question, text, language } = request;
    const command = commands.get(cleaned(text));
    if (command !== undefined) return { outcome: 'command', command };
    return text.trim() === '' ? asked : readKind(question, text, language, request);
  },
  readNumber: (text) => recognizeNumber(text, culture),
  readChoices: (question, text, language) => recognizeChoices(text, choicesOf(question, language)),
};

function readKind(
  question: AskedQuestion,
  text: string,
  language: Language,
  request: UnderstandRequest,
): PeerReading {
  switch (question.kind) {
    case 'nps':
      return numberIn(text, question.min ?? 0, question.max ?? 10, true);
    case 'csat':
    case 'rating':
      return numberIn(text, question.min ?? 1, question.max ?? 5, true);
    case 'ces':
      return numberIn(text, question.min ?? 1, question.max ?? 7, true);
    case 'number':
      return numberIn(text, question.min ?? -Infinity, question.max ?? Infinity, question.integer === true);
    case 'choice': {
      const [id] = optionsIn(question, text, language);
      return answered(id);
    }
    case 'multi_choice': {
      const ids = new Set(optionsIn(question, text, language));
      const inOrder = (question.options ?? []).map(({ id }) => id).filter((id) => ids.has(id));
      const fits = inOrder.length >= (question.min ?? 1) && inOrder.length <= (question.max ?? Infinity);
      return answered(fits ? inOrder : undefined);
    }
    case 'yes_no':
    case 'consent':
      return answered(yesOrNo(text));
    case 'date':
      return answered(dateIn(text, request));
    case 'email':
      return answered(firstValue(recognizeEmail(text, culture))?.toLowerCase());
    case 'phone':
      return answered(phoneIn(text, request.region));
    case 'text':
      return answered(text.trim());
    case 'info':
      return answered(true);
  }
}

function answered(value: unknown): PeerReading {
  return value === undefined ? asked : { outcome: 'answer', value };
}

function numberIn(text: string, min: number, max: number, whole: boolean): PeerReading {
  const found = firstValue(recognizeNumber(text, culture));
  const value = Number(found);
  const fits = found !== undefined && value >= min && value <= max && (!whole || Number.isInteger(value));
  return answered(fits ? value : undefined);
}

function optionsIn(question: AskedQuestion, text: string, language: Language): string[] {
  return recognizeChoices(text, choicesOf(question, language)).flatMap(({ resolution }) => {
    const id = question.options?.[resolution.index]?.id;
    return id === undefined ? [] : [id];
  });
}

function choicesOf(question: AskedQuestion, language: Language): Choice[] {
  return (question.options ?? []).map(({ id, labels }) => {
    const [value = id, ...synonyms] = [...labels[language], ...labels[language === 'he' ? 'en' : 'he']];
    return { value, synonyms };
  });
}

/** As ConfirmPrompt does: yes and no in words, or the numbers of its two choices. */
function yesOrNo(text: string): boolean | undefined {
  const [said] = recognizeBoolean(text, culture);
  if (said?.resolution) return said.resolution.value === true;
  const [choice] = recognizeChoices(text, ['Yes', 'No']);
  return choice && choice.resolution.index === 0;
}

/** The first whole day on the side of today that the question is about. DateTimePrompt returns all; the bot chooses. */
function dateIn(text: string, { now, question }: UnderstandRequest): string | undefined {
  const today = now.slice(0, 10);
  const [found] = recognizeDateTime(text, culture, undefined, new Date(now));
  const values: { value?: unknown }[] = found?.resolution?.values ?? [];
  return values
    .flatMap(({ value }) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? [value] : []))
    .map((value) => value.slice(0, 10))
    .find((day) => (question.when === 'past' ? day <= today : question.when !== 'future' || day >= today));
}

/** Recognised numbers come as they were written; the bot would bring them into the international form. */
function phoneIn(text: string, region: string): string | undefined {
  const found = firstValue(recognizePhoneNumber(text, culture));
  const country = isSupportedCountry(region) ? region : undefined;
  const phone = found === undefined ? undefined : parsePhoneNumberFromString(found, country);
  return phone?.isValid() ? phone.number : undefined;
}

function firstValue([found]: ReturnType<typeof recognizeNumber>): string | undefined {
  const value: unknown = found?.resolution?.value;
  return typeof value === 'string' ? value : undefined;
}
