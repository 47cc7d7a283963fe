import { type AmountAsked, amountAsked } from './amount.ts';
import { type OptionTable, optionTable } from './option-table.ts';
import type { Reading } from './reading.ts';
import type { AskedQuestion, Language } from './request.ts';
import { type Scale, scaleOf } from './scale.ts';

/** What can be worked out about a question once, for all replies to it. */
export interface Tables {
  scale?: Scale;
  options?: OptionTable;
  amount?: AmountAsked;
  /** The replies that most people send: the labels as shown, and digits. Their readings are kept once made. */
  expected: ReadonlySet<string>;
  readings: Readonly<Record<Language, Map<string, Reading>>>;
}

const tables = new WeakMap<AskedQuestion, Tables>();

/** The tables of a question, kept as long as the question object lives. */
export function tablesOf(question: AskedQuestion): Tables {
  const known = tables.get(question);
  if (known) return known;
  const made = makeTables(question);
  tables.set(question, made);
  return made;
}

function makeTables(question: AskedQuestion): Tables {
  const base = { readings: { he: new Map<string, Reading>(), en: new Map<string, Reading>() } };
  switch (question.kind) {
    case 'nps':
    case 'csat':
    case 'ces':
    case 'rating': {
      const scale = scaleOf(question);
      const labels = (question.scale ?? []).flatMap((point) => [...point.labels.he, ...point.labels.en]);
      return { ...base, scale, expected: new Set([...digits(scale.min, scale.max), ...labels]) };
    }
    case 'choice':
    case 'multi_choice': {
      const options = question.options ?? [];
      const labels = options.flatMap((option) => [...option.labels.he, ...option.labels.en]);
      return {
        ...base,
        options: optionTable(options),
        expected: new Set([...digits(1, options.length), ...labels]),
      };
    }
    case 'yes_no':
    case 'consent':
      return {
        ...base,
        expected: new Set(['כן', 'לא', 'yes', 'no', 'Yes', 'No', 'YES', 'NO', '1', '2', '👍', '👎']),
      };
    case 'number':
      return { ...base, amount: amountAsked(question), expected: new Set(digits(0, countedMax)) };
    case 'date':
    case 'text':
    case 'email':
    case 'phone':
    case 'info':
      return { ...base, expected: new Set() };
  }
}

/** Most numbers asked for are small. */
const countedMax = 100;

function digits(min: number, max: number): string[] {
  const texts: string[] = [];
  for (let value = Math.max(0, Math.ceil(min)); value <= Math.min(max, countedMax); value += 1)
    texts.push(String(value));
  return texts;
}
