import { createInstance, type i18n } from 'i18next';
import type {
  AnswerValue,
  Language,
  PreparedQuestion,
  Questionnaire,
  TextReference,
} from '../dialogs/index.ts';
import { type ComposedChoice, composeChoices } from './choices.ts';
import { createFormats, type Formats } from './formats.ts';

/** Locale files by language and namespace, each as its JSON; `system` holds our own sentences. */
export type TextResources = Readonly<
  Record<Language, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
>;

/** Values of a sentence's placeholders, already fit to be shown. */
export type Replacements = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** Makes sentences from text ids. One per application; it keeps what it has made and needs no closing. */
export interface Texts {
  readonly formats: Readonly<Record<Language, Formats>>;
  /** A sentence of our own. A number named `count` chooses the plural form. */
  system(language: Language, key: string, parameters?: Readonly<Record<string, AnswerValue>>): string;
  /** A sentence of any of the namespaces that were handed in. */
  say(
    language: Language,
    namespace: string,
    key: string,
    parameters?: Readonly<Record<string, AnswerValue>>,
  ): string;
  /** A text that a questionnaire's structure refers to, without placeholders filled. */
  reference(questionnaire: Questionnaire, text: TextReference, language: Language): string;
  /** The placeholders in a questionnaire's text, in all of its plural forms. */
  placeholders(questionnaire: Questionnaire, key: string, language: Language): readonly string[];
  /** A questionnaire's text with its placeholders filled. */
  fill(
    questionnaire: Questionnaire,
    key: string,
    language: Language,
    replacements: Replacements,
    count: number | undefined,
  ): string;
  /** The choices under a question; the same list for each call. */
  choicesOf(
    questionnaire: Questionnaire,
    question: PreparedQuestion,
    language: Language,
  ): readonly ComposedChoice[];
}

/** How many questionnaires' texts are kept; the one that was not used for longest goes first. */
const questionnairesKeptMax = 200;

interface Kept {
  readonly namespace: string;
  readonly texts: Record<Language, Map<string, Template>>;
  readonly choices: Record<Language, Map<string, readonly ComposedChoice[]>>;
}

interface Template {
  /** The text as it stands; of a text with plural forms the one that is said when the number is not known. */
  readonly text: string;
  readonly placeholders: readonly string[];
}

export function createTexts({ resources }: { readonly resources: TextResources }): Texts {
  const i18next = createI18next(resources);
  const kept = new Map<Questionnaire, Kept>();
  const sentences: Record<Language, Map<string, string>> = { he: new Map(), en: new Map() };
  let namespaces = 0;

  function keep(questionnaire: Questionnaire): Kept {
    const known = kept.get(questionnaire);
    if (known) {
      if (kept.size > questionnairesKeptMax / 2) {
        kept.delete(questionnaire);
        kept.set(questionnaire, known);
      }
      return known;
    }
    const [oldest] = kept.size < questionnairesKeptMax ? [] : kept.entries();
    if (oldest) {
      kept.delete(oldest[0]);
      for (const language of oldest[0].languages) i18next.removeResourceBundle(language, oldest[1].namespace);
    }
    namespaces += 1;
    const namespace = `questionnaire-${namespaces}`;
    for (const language of questionnaire.languages) {
      i18next.addResourceBundle(language, namespace, questionnaire.document.texts[language] ?? {});
    }
    const fresh: Kept = {
      namespace,
      texts: { he: new Map(), en: new Map() },
      choices: { he: new Map(), en: new Map() },
    };
    kept.set(questionnaire, fresh);
    return fresh;
  }

  function templateOf(questionnaire: Questionnaire, key: string, language: Language): Template {
    const { namespace, texts } = keep(questionnaire);
    const known = texts[language].get(key);
    if (known) return known;
    const forms = pluralForms.map((form) => readRaw(i18next, language, namespace, key + form));
    const placeholders = new Set<string>();
    for (const form of forms) {
      for (const [, name] of form.matchAll(placeholder)) if (name) placeholders.add(name);
    }
    const template = { text: forms.find((form) => form !== '') ?? '', placeholders: [...placeholders] };
    texts[language].set(key, template);
    return template;
  }

  const made: Texts = {
    formats: { he: createFormats('he'), en: createFormats('en') },

    system(language, key, parameters) {
      if (parameters) return made.say(language, 'system', key, parameters);
      const known = sentences[language].get(key);
      if (known !== undefined) return known;
      const sentence = made.say(language, 'system', key);
      sentences[language].set(key, sentence);
      return sentence;
    },

    say(language, namespace, key, parameters = {}) {
      const { count } = parameters;
      const options = { lng: language, ns: namespace, nest: false, replace: parameters };
      return i18next.t(key, typeof count === 'number' ? { ...options, count } : options);
    },

    reference(questionnaire, { from, key }, language) {
      return from === 'system' ? made.system(language, key) : templateOf(questionnaire, key, language).text;
    },

    placeholders(questionnaire, key, language) {
      return templateOf(questionnaire, key, language).placeholders;
    },

    fill(questionnaire, key, language, replacements, count) {
      const { text, placeholders } = templateOf(questionnaire, key, language);
      if (count === undefined && placeholders.length === 0) return text;
      const { namespace } = keep(questionnaire);
      const options = { lng: language, ns: namespace, nest: false, replace: replacements };
      if (count !== undefined) return i18next.t(key, { ...options, count });
      const plain = readRaw(i18next, language, namespace, key) !== '';
      return i18next.t(plain ? key : `${key}_other`, options);
    },

    choicesOf(questionnaire, question, language) {
      const { choices } = keep(questionnaire);
      const known = choices[language].get(question.id);
      if (known) return known;
      const { presentation } = question;
      const composed =
        'choices' in presentation
          ? composeChoices(presentation.choices, presentation.layout, (text) =>
              made.reference(questionnaire, text, language),
            )
          : [];
      choices[language].set(question.id, composed);
      return composed;
    },
  };
  return made;
}

const placeholder = /\{\{\s*([^{}\s]+)\s*\}\}/g;

/** What i18next appends for `Intl.PluralRules`; first the text for when there is no number. */
const pluralForms = ['', '_other', '_one', '_two'];

function createI18next(resources: TextResources): i18n {
  const i18next = createInstance();
  i18next.init({
    resources: { he: { ...resources.he }, en: { ...resources.en } },
    ns: Object.keys(resources.en),
    defaultNS: 'system',
    lng: 'en',
    fallbackLng: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    parseMissingKeyHandler: () => '',
  });
  return i18next;
}

function readRaw(i18next: i18n, language: Language, namespace: string, key: string): string {
  const raw: unknown = i18next.getResource(language, namespace, key);
  return typeof raw === 'string' ? raw : '';
}
