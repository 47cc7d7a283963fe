import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findingLevels, type Language, languages } from '../../src/dialogs/index.ts';
import { inspect } from '../../src/dialogs/inspect.ts';
import { invalidReasonSchema } from '../../src/dialogs/understanding/reading.ts';
import { describeFinding } from '../../src/texts/index.ts';
import { changed } from '../dialogs/faulty.ts';
import { findings } from '../dialogs/findings.ts';
import { readExamples } from '../support/examples.ts';
import { flatten, namespaces, readLocale, texts } from './resources.ts';

const pluralSuffix = /_(zero|one|two|few|many|other)$/;

/** The texts of a namespace by key; plural forms together under the key without its suffix. */
function grouped(language: Language, namespace: string): Map<string, Map<string, string>> {
  const flat = flatten(readLocale(language, namespace));
  const groups = new Map<string, Map<string, string>>();
  for (const [key, text] of flat) {
    const base = key.replace(pluralSuffix, '');
    const plural = flat.has(`${base}_other`) && pluralSuffix.test(key);
    const group = groups.get(plural ? base : key) ?? new Map<string, string>();
    group.set(plural ? key.slice(base.length + 1) : '', text);
    groups.set(plural ? base : key, group);
  }
  return groups;
}

function placeholders(group: Map<string, string> | undefined): string[] {
  const all = [...(group?.values() ?? [])].join(' ');
  return [...new Set(Array.from(all.matchAll(/\{\{(\w+)\}\}/g), ([, name]) => name ?? ''))].sort();
}

test('[T1] every language has the same files', () => {
  for (const language of languages) {
    expect(readdirSync(new URL(`../../locales/${language}/`, import.meta.url)).sort()).toEqual(
      namespaces.map((name) => `${name}.json`).sort(),
    );
  }
});

describe.each(namespaces)('the sentences of %s', (namespace) => {
  const inEnglish = grouped('en', namespace);

  test.each(languages)('[T1] are all there in %s, with the same placeholders', (language) => {
    const own = grouped(language, namespace);
    expect([...own.keys()].sort()).toEqual([...inEnglish.keys()].sort());
    for (const [key, group] of own) {
      expect([key, placeholders(group)]).toEqual([key, placeholders(inEnglish.get(key))]);
    }
  });

  test.each(languages)('[T1] have exactly the plural forms of %s', (language) => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, group] of grouped(language, namespace)) {
      if (group.has('')) continue;
      expect([key, [...group.keys()].sort()]).toEqual([key, [...categories].sort()]);
    }
  });

  test.each(languages)('[T1] are clean in %s', (language) => {
    for (const [key, text] of flatten(readLocale(language, namespace))) {
      expect([key, text]).toEqual([key, text.trim().replace(/ {2,}/g, ' ')]);
      expect([key, text]).not.toEqual([key, '']);
      expect([key, /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text)]).toEqual([key, false]);
      expect([key, /!!|\{\{(?!\w+\}\})/.test(text)]).toEqual([key, false]);
    }
  });
});

describe('Hebrew', () => {
  /** The first letter of a line decides its direction on devices that look no further. */
  const firstLetter = (line: string) => /\p{L}/u.exec(line.replace(/\{\{[^}]+\}\}/g, ''))?.[0];
  const isHebrew = (letter: string | undefined) => letter === undefined || /\p{Script=Hebrew}/u.test(letter);

  test('[T1] begins every line of what is sent with a Hebrew letter', () => {
    for (const [key, text] of flatten(readLocale('he', 'system'))) {
      if (key.endsWith('other_language')) continue;
      for (const line of text.split('\n'))
        expect([key, line, isHebrew(firstLetter(line))]).toEqual([key, line, true]);
    }
  });

  test.each([...readExamples()])(
    '[T1] begins every line of %s with a Hebrew letter',
    (_id, { texts: { he } }) => {
      const { fallbacks: _, questions, ...frame } = he ?? { questions: {} };
      const prompts = Object.values(questions).flatMap(({ synonyms: _words, ...own }) => [
        ...flatten(own).values(),
      ]);
      for (const text of [...flatten(frame).values(), ...prompts]) {
        for (const line of text.split('\n'))
          expect([line, isHebrew(firstLetter(line))]).toEqual([line, true]);
      }
    },
  );

  test('[T1] is free of slashed genders and stiff words', () => {
    const all = [
      ...namespaces.flatMap((namespace) => [...flatten(readLocale('he', namespace)).values()]),
      ...[...readExamples().values()].map(({ texts: { he } }) => JSON.stringify(he)),
    ];
    for (const text of all) expect(text).not.toMatch(/[א-ת][/.](?:ת|ה|ים|ות)(?![א-ת])|הינו|ברצוננו|אנא/u);
  });
});

describe('the sentences that code names', () => {
  const source = new URL('../../src/', import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const patterns = [
    /(?<!\.)\bsystem\(\s*'([\w.]+)'/g,
    /\.system\(\s*[\w.]+,\s*'([\w.]+)'/g,
    /\.say\(\s*\w+,\s*[\w.]+,\s*'([\w.]+)'/g,
    /from: 'system', key: '([\w.]+)'/g,
  ];
  const named = new Set(
    files.flatMap((file) => {
      const code = readFileSync(new URL(file, source), 'utf8');
      return patterns.flatMap((pattern) => Array.from(code.matchAll(pattern), ([, key]) => key ?? ''));
    }),
  );

  test('[T1] are found in the code at all', () => {
    expect(named.size).toBeGreaterThan(20);
  });

  test.each(languages)('[T1] exist in %s', (language) => {
    const groups = grouped(language, 'system');
    expect([...named].filter((key) => !groups.has(key))).toEqual([]);
  });

  test.each(languages)('[T1] say why for every reason in %s', (language) => {
    const groups = grouped(language, 'system');
    expect(invalidReasonSchema.options.filter((reason) => !groups.has(`reasons.${reason}`))).toEqual([]);
  });
});

describe('what inspect finds', () => {
  test.each(languages)('[D51] [T1] has words for every code in %s', (language) => {
    const groups = grouped(language, 'inspect');
    const codes = [...groups.keys()].filter((key) => !key.startsWith('types.'));
    expect(codes.sort()).toEqual(Object.keys(findingLevels).sort());
  });

  test.each(languages)('[D51] [T1] is said whole in %s', (language) => {
    for (const [, questions, change] of findings) {
      for (const finding of inspect(changed(questions, change))) {
        const sentence = describeFinding(texts, finding, language);
        expect(sentence).not.toBe('');
        expect(sentence.replace(/\{\{name\}\}/g, '')).not.toMatch(/\{\{|undefined/);
      }
    }
  });

  test('[T1] names languages and types as people do', () => {
    const finding = {
      level: 'error',
      path: '',
      parameters: { text: 'end', language: 'he' },
      code: 'missing_text',
    } as const;
    expect(describeFinding(texts, finding, 'en')).toBe('The text "end" is missing in Hebrew.');
    expect(describeFinding(texts, finding, 'he')).toBe('הטקסט "end" חסר בעברית.');
    const typed = { ...finding, code: 'count_not_a_number', parameters: { type: 'text' } } as const;
    expect(describeFinding(texts, typed, 'he')).toBe('צורות רבים צריכות מספר, והערך הזה הוא מסוג טקסט.');
  });
});
