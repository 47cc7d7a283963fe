import type { Language } from '../language.ts';
import type { PreparedQuestion, Questionnaire } from '../prepared.ts';
import type { QuestionTexts } from '../question-texts.ts';
import { entry } from '../questions/labels.ts';
import { promptForms } from './entries.ts';
import type { Report } from './finding.ts';

/** Looks at which texts are there: none may be missing in a language, and none may belong to nothing. */
export function inspectWording(questionnaire: Questionnaire, report: Report): void {
  for (const language of questionnaire.languages) {
    inspectFrame(questionnaire, language, report);
    inspectOrphans(questionnaire, language, report);
    for (const question of questionnaire.questions)
      inspectQuestion(questionnaire, question, language, report);
  }
}

/** What is said around the questions. */
function inspectFrame(
  { document, questions, languages }: Questionnaire,
  language: Language,
  report: Report,
): void {
  const texts = document.texts[language];
  const screens = questions.some(({ rules }) => rules.some(({ to }) => to === 'screen_out'));
  const refuses = questions.some(({ kind }) =>
    [true, false].some((value) => kind.ending(value) === 'refused'),
  );
  const inAnother = (field: 'opening' | 'description') =>
    languages.some((other) => !isBlank(document.texts[other]?.[field]));
  const wanted = {
    title: true,
    end: true,
    screened_out: screens,
    refused: refuses,
    opening: inAnother('opening'),
    description: inAnother('description'),
  };
  for (const field of ['title', 'end', 'screened_out', 'refused', 'opening', 'description'] as const) {
    const path = ['texts', language, field];
    const blank = isBlank(texts?.[field]);
    if (wanted[field] && blank) report('missing_text', path, { text: field, language });
    if (!wanted[field] && !blank) report('unused_text', path, { text: field });
  }
}

/** Texts of questions that do not exist. */
function inspectOrphans({ document, byId }: Questionnaire, language: Language, report: Report): void {
  for (const id of Object.keys(document.texts[language]?.questions ?? {})) {
    if (!byId.has(id))
      report('text_of_unknown_question', ['texts', language, 'questions', id], { question: id });
  }
}

function inspectQuestion(
  questionnaire: Questionnaire,
  question: PreparedQuestion,
  language: Language,
  report: Report,
): void {
  const path = ['texts', language, 'questions', question.id];
  const own = entry(questionnaire.document.texts[language]?.questions, question.id) ?? {};
  const others = questionnaire.languages.flatMap(
    (other) => entry(questionnaire.document.texts[other]?.questions, question.id) ?? [],
  );
  inspectPrompt(question, own, language, path, report);
  inspectOptions(question, own, language, path, report);
  inspectPoints(question, own, others, language, path, report);
  const { kind } = question;
  for (const field of ['low', 'high', 'unit', 'yes', 'no', 'retry'] as const) {
    const belongs = field === 'retry' ? kind.waits : kind.texts.includes(field);
    const blank = isBlank(own[field]);
    if (!belongs) {
      if (own[field] !== undefined) report('unused_text', [...path, field], { text: field });
    } else if (blank && (others.some((other) => !isBlank(other[field])) || isWanted(question, field))) {
      report('missing_text', [...path, field], { text: field, language });
    }
  }
}

function isWanted({ question }: PreparedQuestion, field: string): boolean {
  return field === 'unit' && 'unit' in question && question.unit !== undefined;
}

function inspectPrompt(
  question: PreparedQuestion,
  own: QuestionTexts,
  language: Language,
  path: readonly PropertyKey[],
  report: Report,
): void {
  const categories = question.count
    ? new Intl.PluralRules(language)
        .resolvedOptions()
        .pluralCategories.map((category) => `prompt_${category}`)
    : [];
  for (const form of promptForms) {
    const blank = isBlank(own[form]);
    const wanted = form === 'prompt' || categories.includes(form);
    if (!wanted && own[form] !== undefined) report('unused_text', [...path, form], { text: form });
    if (!wanted || !blank) continue;
    if (form !== 'prompt') report('missing_plural_form', [...path, form], { form, language });
    else if (question.count) report('missing_uncounted_text', [...path, form], { language });
    else report('missing_text', [...path, form], { text: form, language });
  }
}

function inspectOptions(
  { kind, question }: PreparedQuestion,
  own: QuestionTexts,
  language: Language,
  path: readonly PropertyKey[],
  report: Report,
): void {
  const ids = kind.texts.includes('options') ? kind.optionIds(question) : [];
  const sides = kind.texts.includes('yes') ? ['yes', 'no'] : [];
  for (const id of ids) {
    if (isBlank(entry(own.options, id))) {
      report('missing_text', [...path, 'options', id], { text: id, language });
    }
  }
  for (const id of Object.keys(own.options ?? {})) {
    if (!ids.includes(id)) report('text_of_unknown_option', [...path, 'options', id], { option: id });
  }
  for (const id of Object.keys(own.synonyms ?? {})) {
    if (!ids.includes(id) && !sides.includes(id)) {
      report('text_of_unknown_option', [...path, 'synonyms', id], { option: id });
    }
  }
  inspectDuplicates(own, path, report);
}

/** Two options that are said the same way cannot be told apart when people type them. */
function inspectDuplicates(own: QuestionTexts, path: readonly PropertyKey[], report: Report): void {
  const owners = new Map<string, string>();
  const note = (id: string, label: string, place: readonly PropertyKey[]) => {
    const said = label.normalize('NFKC').trim().toLowerCase();
    const owner = owners.get(said);
    if (owner === undefined) owners.set(said, id);
    else if (owner !== id)
      report('duplicate_label', [...path, ...place], { label: label.trim(), other: owner });
  };
  for (const [id, label] of Object.entries(own.options ?? {})) note(id, label, ['options', id]);
  for (const side of ['yes', 'no'] as const) if (own[side] !== undefined) note(side, own[side], [side]);
  for (const [id, words] of Object.entries(own.synonyms ?? {})) {
    for (const [place, word] of words.entries()) note(id, word, ['synonyms', id, place]);
  }
}

function inspectPoints(
  { kind, asked }: PreparedQuestion,
  own: QuestionTexts,
  others: readonly QuestionTexts[],
  language: Language,
  path: readonly PropertyKey[],
  report: Report,
): void {
  const points = new Set(others.flatMap((other) => Object.keys(other.points ?? {})));
  const { min = 0, max = -1 } = kind.texts.includes('points') ? asked : {};
  for (const point of points) {
    const value = Number(point);
    const isPoint = value >= min && value <= max && String(value) === point;
    const there = entry(own.points, point);
    if (!isPoint) {
      if (there !== undefined) report('text_of_unknown_point', [...path, 'points', point], { point });
    } else if (isBlank(there)) {
      report('missing_text', [...path, 'points', point], { text: point, language });
    }
  }
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
