import type { Language } from '../language.ts';
import type { PreparedQuestion, Questionnaire } from '../prepared.ts';
import { entry } from '../questions/labels.ts';
import { promptForms } from './entries.ts';
import type { Report } from './finding.ts';

/** What a channel can show, as far as a questionnaire's labels and options are concerned. Lengths in UTF-16 units. */
export interface ChannelLimits {
  readonly name: string;
  readonly labelUnitsMax: number;
  readonly buttonsMax: number;
  readonly listRowsMax: number;
}

/** How many SMS segments a text takes. */
export type CountSegments = (text: string) => number;

/** Looks at what fits: labels and options on each channel, and prompts in SMS segments. */
export function inspectFit(
  questionnaire: Questionnaire,
  channels: readonly ChannelLimits[],
  countSegments: CountSegments | undefined,
  report: Report,
): void {
  for (const question of questionnaire.questions) {
    for (const channel of channels) inspectOptionCount(question, channel, report);
    for (const language of questionnaire.languages) {
      for (const channel of channels) inspectLabels(questionnaire, question, channel, language, report);
      if (countSegments) inspectSegments(questionnaire, question, language, countSegments, report);
    }
  }
}

function inspectOptionCount(
  { presentation, index, id }: PreparedQuestion,
  channel: ChannelLimits,
  report: Report,
): void {
  if (presentation.layout !== 'options' && presentation.layout !== 'multiple') return;
  const max = Math.max(channel.buttonsMax, channel.listRowsMax);
  const count = presentation.choices.length;
  // A channel without buttons numbers all options in its text, however many they are.
  if (max === 0 || count <= max) return;
  report('too_many_options', ['questions', index, 'options'], {
    question: id,
    channel: channel.name,
    count,
    max,
  });
}

function inspectLabels(
  { document }: Questionnaire,
  { presentation, id }: PreparedQuestion,
  channel: ChannelLimits,
  language: Language,
  report: Report,
): void {
  if (presentation.layout !== 'options' && presentation.layout !== 'multiple') return;
  const own = entry(document.texts[language]?.questions, id);
  const { buttonsMax, listRowsMax, labelUnitsMax: max } = channel;
  if (!own || Math.max(buttonsMax, listRowsMax) < presentation.choices.length) return;
  const labels: [readonly PropertyKey[], string][] = Object.entries(own.options ?? {}).map(
    ([option, label]) => [['options', option], label],
  );
  for (const side of ['yes', 'no'] as const) if (own[side] !== undefined) labels.push([[side], own[side]]);
  for (const [place, label] of labels) {
    if (label.length <= max) continue;
    const path = ['texts', language, 'questions', id, ...place];
    report('label_too_long', path, { channel: channel.name, units: label.length, max });
  }
}

/** A question that takes more is sent as a link, because it is costly and some phones take it apart. */
const segmentsMax = 3;

function inspectSegments(
  { document }: Questionnaire,
  { id }: PreparedQuestion,
  language: Language,
  countSegments: CountSegments,
  report: Report,
): void {
  const own = entry(document.texts[language]?.questions, id);
  for (const form of promptForms) {
    const text = own?.[form];
    if (text === undefined) continue;
    const lines = Object.values(own?.options ?? {}).map((label, index) => `${index + 1}. ${label}`);
    const segments = countSegments([text, ...lines].join('\n'));
    if (segments > segmentsMax) {
      report('many_segments', ['texts', language, 'questions', id, form], {
        segments,
        max: segmentsMax,
        language,
      });
    }
  }
}
