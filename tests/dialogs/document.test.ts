import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readQuestionnaire } from '../../src/dialogs/index.ts';
import { questionnaireJsonSchema } from '../../src/dialogs/json-schema.ts';
import { type Migration, readWith } from '../../src/dialogs/migrations/index.ts';
import { sample } from './sample.ts';

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/questionnaires/${name}.json`, import.meta.url), 'utf8'));

const good = sample([{ id: 'one', kind: 'nps' }]);

/** The places and codes at which a changed document is refused. */
function faults(change: (document: Record<string, unknown>) => unknown): string[] {
  const document = structuredClone<Record<string, unknown>>(good);
  const reading = readQuestionnaire(change(document));
  return reading.ok ? [] : reading.faults.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('reading a document', () => {
  test('[D50] takes one that has the shape, as its author wrote it', () => {
    const reading = readQuestionnaire(JSON.parse(JSON.stringify(good)));
    expect(reading).toEqual({ ok: true, document: good });
  });

  test.each<[string, (document: Record<string, unknown>) => unknown, string[]]>([
    ['a list', () => [], [' not_an_object']],
    ['a text', () => 'questionnaire', [' not_an_object']],
    ['null', () => JSON.parse('null'), [' not_an_object']],
    ['no format', ({ format, ...rest }) => rest, ['/format format_missing']],
    ['a format of the future', (document) => ({ ...document, format: 2 }), ['/format format_unknown']],
    ['a format that never was', (document) => ({ ...document, format: 0.5 }), ['/format format_unknown']],
    ['an unknown field', (document) => ({ ...document, colour: 'teal' }), [' unrecognized_keys']],
    ['an id with capitals', (document) => ({ ...document, id: 'Delivery' }), ['/id invalid_format']],
    ['no questions', (document) => ({ ...document, questions: [] }), ['/questions too_small']],
    [
      'an unknown kind',
      (document) => ({ ...document, questions: [{ id: 'one', kind: 'slider' }] }),
      ['/questions/0/kind invalid_union'],
    ],
    [
      'faults in two places, both told',
      (document) => ({ ...document, touchpoint: '', questions: [{ id: 'One', kind: 'nps' }] }),
      ['/touchpoint invalid_format', '/questions/0/id invalid_format'],
    ],
    [
      'a question twice',
      (document) => ({
        ...document,
        questions: [
          { id: 'one', kind: 'nps' },
          { id: 'one', kind: 'csat' },
        ],
      }),
      ['/questions/1/id custom'],
    ],
    [
      'a question named like a way out',
      (document) => ({ ...document, questions: [{ id: 'end', kind: 'nps' }] }),
      ['/questions/0/id custom'],
    ],
    [
      'a language twice',
      (document) => ({ ...document, languages: ['he', 'he'] }),
      ['/languages/1 custom', '/texts/en custom'],
    ],
    [
      'texts of a language that is not named',
      (document) => ({ ...document, languages: ['he'] }),
      ['/texts/en custom'],
    ],
    [
      'no texts for a language',
      (document) => ({ ...document, texts: { he: good.texts.he } }),
      ['/texts/en custom'],
    ],
    [
      'an expression instead of a condition',
      (document) => ({ ...document, questions: [{ id: 'one', kind: 'nps', when: 'score > 6' }] }),
      ['/questions/0/when invalid_type'],
    ],
  ])('[D50] refuses %s', (_name, change, expected) => {
    expect(faults(change)).toEqual(expected);
  });

  test('[D44] [D50] names that objects inherit are no fields, no ids and no texts', () => {
    const hostile = JSON.stringify(good).replace('"format":1', '"format":1,"__proto__":{"polluted":true}');
    const reading = readQuestionnaire(JSON.parse(hostile));
    expect(reading.ok).toBe(false);
    expect(faults((document) => ({ ...document, questions: [{ id: '__proto__', kind: 'nps' }] }))).toEqual([
      '/questions/0/id invalid_format',
    ]);
    const labels = JSON.stringify(good).replace(
      '"prompt":"one?"',
      '"prompt":"one?","options":{"__proto__":"x"}',
    );
    const read = readQuestionnaire(JSON.parse(labels));
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(read.ok && Object.keys(read.document.texts.en?.questions.one?.options ?? {})).toEqual([]);
  });

  test('[D50] refuses nesting without end instead of failing', () => {
    let condition = '{"op":"answered","of":{"answer":"one"}}';
    for (let depth = 0; depth < 5000; depth += 1) condition = `{"op":"not","condition":${condition}}`;
    const deep = JSON.stringify(good).replace('"kind":"nps"', `"kind":"nps","when":${condition}`);
    expect(readQuestionnaire(JSON.parse(deep))).toMatchObject({ faults: [{ code: 'too_deep' }] });
  });
});

describe('documents of older formats', () => {
  test('[D50] a document of format 1 is read', () => {
    const reading = readQuestionnaire(fixture('format-1'));
    expect(reading.ok && reading.document.id).toBe('every-kind');
  });

  test('[D50] every format there ever was has a fixture, and is read as the latest', () => {
    for (let format = 1; format <= 1; format += 1) {
      const written = fixture(`format-${format}`);
      expect(written.format).toBe(format);
      expect(readQuestionnaire(written).ok).toBe(true);
    }
  });

  test('[D50] an older format is brought up step by step, and its JSON is left as it was', () => {
    const old = { ...good, format: -1, name: 'sample', id: undefined };
    const steps = new Map<number, Migration>([
      [-1, ({ name, ...rest }) => ({ ...rest, identifier: name })],
      [0, ({ identifier, ...rest }) => ({ ...rest, id: identifier })],
    ]);
    const frozen = Object.freeze(old);
    expect(readWith(frozen, steps, 1)).toEqual({ ok: true, document: good });
    expect(readWith({ ...good, format: -2 }, steps, 1)).toMatchObject({
      faults: [{ code: 'format_unknown' }],
    });
  });
});

test('[D1] the published JSON Schema is current (scripts/write-questionnaire-schema.ts writes it)', () => {
  const published = readFileSync(
    new URL('../../docs/api/questionnaire.schema.json', import.meta.url),
    'utf8',
  );
  expect(published).toBe(`${JSON.stringify(questionnaireJsonSchema(), undefined, 2)}\n`);
});
