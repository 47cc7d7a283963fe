import type { z } from 'zod';
import type { Language } from '../dialogs/language.ts';
import { pointerOf } from '../dialogs/pointer.ts';
import type { Texts } from '../texts/index.ts';
import type { ProblemDetail } from './problem.ts';

type Issue = z.core.$ZodIssue;

/**
 * Says in words what a schema found wrong, place by place. Parse with `reportInput`, because what is missing and what is of the wrong type
 * differ in nothing else.
 */
export function describeFaults(texts: Texts, error: z.ZodError, language: Language): ProblemDetail[] {
  return error.issues.map((issue) => ({
    pointer: pointerOf(issue.path),
    code: issue.code,
    detail: describeIssue(texts, issue, language),
  }));
}

/** The sentence of an issue; the schema's own where it states one. */
function describeIssue(texts: Texts, issue: Issue, language: Language): string {
  const say = (key: string, parameters: Record<string, string | number> = {}) =>
    texts.say(language, 'faults', key, parameters);
  const anyOf = (values: readonly unknown[]) => texts.formats[language].any(values.map(isolated));
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? say('missing') : say(`expected_${issue.expected}`) || issue.message;
    case 'invalid_value':
      return issue.input === undefined ? say('missing') : say('one_of', { values: anyOf(issue.values) });
    case 'invalid_union':
      if ('options' in issue && Array.isArray(issue.options))
        return say('one_of', { values: anyOf(issue.options) });
      return say(isMoment(issue) ? 'moment' : 'no_match');
    case 'too_small':
      return say(tooSmall[issue.origin] ?? 'too_low', limit(issue.minimum));
    case 'too_big':
      return say(tooBig[issue.origin] ?? 'too_high', limit(issue.maximum));
    case 'invalid_format':
      return say(issue.format, {}) || say('pattern', { pattern: isolated(issue.pattern ?? issue.format) });
    case 'unrecognized_keys':
      return say('unknown_keys', { keys: texts.formats[language].all(issue.keys.map(isolated)) });
    case 'invalid_key':
      return say('invalid_key', { key: isolated(issue.path.at(-1)) });
    case 'not_multiple_of':
    case 'invalid_element':
    case 'custom':
      return issue.message;
  }
}

const tooSmall: Readonly<Record<string, string>> = { string: 'too_short', array: 'too_few' };
const tooBig: Readonly<Record<string, string>> = { string: 'too_long', array: 'too_many' };

function limit(value: number | bigint): { count: number; limit: string } {
  return { count: Number(value), limit: String(value) };
}

/** A date or a date and time, which are two schemas. */
function isMoment({ errors }: { readonly errors: readonly (readonly Issue[])[] }): boolean {
  return errors.every(([first]) => first?.code === 'invalid_format' && /^date(time)?$/.test(first.format));
}

/** Values are mostly Latin; isolated, they leave the direction of a Hebrew sentence alone. */
function isolated(value: unknown): string {
  return `\u2068${String(value)}\u2069`;
}
