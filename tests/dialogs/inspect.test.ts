import { describe, expect, test } from 'vitest';
import {
  type FindingCode,
  findingLevels,
  type InspectOptions,
  inspect,
  type QuestionnaireDocument,
} from '../../src/dialogs/index.ts';
import { readExamples } from '../support/examples.ts';
import { changed } from './faulty.ts';
import { counted, day, findings, many, name, note, orders, pick, score, sure, why } from './findings.ts';

function found(document: QuestionnaireDocument, options?: InspectOptions): string[] {
  return inspect(document, options).map(({ path, code }) => `${path} ${code}`);
}

const narrow = { name: 'narrow', labelUnitsMax: 6, buttonsMax: 1, listRowsMax: 2 };

describe('inspect', () => {
  test.each([...readExamples()])('[D51] finds nothing in %s, which is shipped', (_id, document) => {
    expect(inspect(document)).toEqual([]);
  });

  test('[D51] finds nothing in the documents that the table changes', () => {
    expect(inspect(changed([score, sure, pick, many, day, why, note]))).toEqual([]);
    expect(
      inspect(changed([{ ...score, count: { attribute: 'orders' } }], { ...orders, ...counted })),
    ).toEqual([]);
  });

  test.each(findings)('[D51] finds %s, and little else', (code, questions, change, paths) => {
    const everything = inspect(changed(questions, change));
    const those = everything.filter((finding) => finding.code === code);
    expect(those.map(({ path }) => path)).toEqual(paths);
    expect(those.map(({ level }) => level)).toEqual(paths.map(() => findingLevels[code]));
    const others = everything.filter(
      (finding) => finding.code !== code && !companions.includes(finding.code),
    );
    expect(others).toEqual([]);
  });

  test('[D51] finds labels and options that a channel has no room for', () => {
    const document = changed(
      [{ ...pick, options: [{ id: 'late' }, { id: 'rude' }, { id: 'other' }] }, sure],
      {
        'texts/en/questions/sure/yes': 'Certainly',
        'texts/en/questions/sure/no': 'No',
        'texts/he/questions/sure/yes': 'בהחלט',
        'texts/he/questions/sure/no': 'לא',
      },
    );
    expect(found(document)).toEqual([]);
    expect(inspect(document, { channels: [narrow] })).toEqual([
      {
        level: 'warning',
        code: 'too_many_options',
        path: '/questions/0/options',
        parameters: { question: 'pick', channel: 'narrow', count: 3, max: 2 },
      },
      {
        level: 'warning',
        code: 'label_too_long',
        path: '/texts/en/questions/sure/yes',
        parameters: { channel: 'narrow', units: 9, max: 6 },
      },
    ]);
    expect(found(document, { channels: [{ ...narrow, buttonsMax: 0, listRowsMax: 0 }] })).toEqual([]);
  });

  test('[D51] finds prompts that take many SMS segments, by a count that is handed in', () => {
    const document = changed([score, pick], { 'texts/en/questions/pick/prompt': 'x'.repeat(31) });
    expect(found(document, { countSegments: (text) => Math.ceil(text.length / 10) })).toEqual([
      '/texts/en/questions/pick/prompt many_segments',
    ]);
  });

  test('[D51] tells errors before warnings', () => {
    const levels = inspect(changed([{ ...score, next: [{ to: 'nowhere' }] }], { ...name })).map(
      ({ level }) => level,
    );
    expect(levels).toEqual(['error', 'warning']);
  });

  test('[D51] every code is tried', () => {
    const tried = new Set<string>(findings.map(([code]) => code));
    for (const code of ['label_too_long', 'too_many_options', 'many_segments']) tried.add(code);
    expect(Object.keys(findingLevels).filter((code) => !tried.has(code))).toEqual([]);
  });
});

/** What follows from another fault by itself. */
const companions: readonly FindingCode[] = [
  'end_never_reached',
  'missing_fallback',
  'unused_fallback',
  'missing_text',
  'surrounding_space',
];
