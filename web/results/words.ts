import type { Question, QuestionnaireDocument } from '../../src/dialogs/questionnaire.ts';
import type { AnswerValue } from '../../src/dialogs/understanding/reading.ts';
import type { Language } from '../../src/dialogs/understanding/request.ts';
import type { Sentences } from './sentences.tsx';
import type { QuestionnaireSummary } from './wire.ts';

/** How staff read a questionnaire: its own texts, in the language of the page where it has them. */
export interface QuestionnaireWords {
  /** The language of the texts, which is not always that of the page. */
  readonly language: Language;
  readonly title: string;
  /** The question as it was asked, with what stands in for names and earlier answers. */
  prompt(questionId: string): string;
  /** An answer as people read it: labels instead of ids. */
  answer(questionId: string, value: AnswerValue): string;
}

export function wordsOf(
  document: QuestionnaireDocument,
  brand: string,
  sentences: Sentences,
): QuestionnaireWords {
  const language = spokenLanguage(document.languages, sentences.language);
  const texts = document.texts[language];
  const ownTexts = (questionId: string) => own(texts?.questions, questionId);

  function label(question: Question | undefined, questionId: string, value: AnswerValue): string {
    const asked = ownTexts(questionId);
    if (typeof value === 'boolean') {
      return value ? (asked?.yes ?? sentences.say('yes')) : (asked?.no ?? sentences.say('no'));
    }
    if (typeof value === 'object') {
      return sentences.list(value.map((id) => own(asked?.options, id) ?? id));
    }
    if (typeof value === 'number') {
      const point = own(asked?.points, String(value));
      const number = sentences.number(value);
      return point === undefined ? number : `${number} – ${point}`;
    }
    if (question?.kind === 'date') return sentences.day(value);
    return own(asked?.options, value) ?? value;
  }

  return {
    language,
    title: texts?.title ?? document.id,
    prompt(questionId) {
      const asked = ownTexts(questionId);
      const prompt = asked?.prompt ?? asked?.prompt_other ?? asked?.prompt_one ?? questionId;
      return prompt.replace(/\{\{\s*([^{}\s]+)\s*\}\}/g, (_, name: string) =>
        name === 'brand' ? brand : (own(texts?.fallbacks, name) ?? '…'),
      );
    },
    answer: (questionId, value) => label(questionOf(document, questionId), questionId, value),
  };
}

export function questionOf(document: QuestionnaireDocument, questionId: string): Question | undefined {
  return document.questions.find(({ id }) => id === questionId);
}

export function titleOf(
  { id, titles, languages }: Pick<QuestionnaireSummary, 'id' | 'titles' | 'languages'>,
  language: Language,
): string {
  return titles[spokenLanguage(languages, language)] || id;
}

function spokenLanguage(languages: readonly Language[], wanted: Language): Language {
  return languages.includes(wanted) ? wanted : (languages[0] ?? wanted);
}

/** Own properties only: `constructor` is an allowed id. */
function own<Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
