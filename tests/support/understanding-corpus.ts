import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  type AskedQuestion,
  askedQuestionSchema,
  commandSchema,
  languageSchema,
  type Reading,
  type UnderstandRequest,
  understand,
} from '../../src/dialogs/understanding/index.ts';

const folder = new URL('../fixtures/understanding/', import.meta.url);

const expectationSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('answer'),
    value: z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]),
    confidence: z.enum(['take', 'confirm', 'any']).optional(),
    comment: z.boolean().optional(),
  }),
  z.object({ outcome: z.literal('command'), command: commandSchema }),
  z.object({ outcome: z.enum(['ask', 'ambiguous', 'invalid']) }),
]);
type Expectation = z.infer<typeof expectationSchema>;

const rowSchema = z.object({
  id: z.string(),
  question: z.union([z.string(), askedQuestionSchema]),
  text: z.string(),
  language: languageSchema,
  now: z.string().default('2026-05-13T10:00:00Z'),
  tags: z.array(z.string()),
  expect: expectationSchema,
});

/** A typed reply with the only right outcome. */
export interface Row {
  id: string;
  request: UnderstandRequest;
  tags: readonly string[];
  expect: Expectation;
}

/** The development corpus or the held-out set, in the order of the files. */
export function loadRows(set: 'corpus' | 'held-out'): Row[] {
  const root = new URL(`${set}/`, folder);
  const questions = set === 'corpus' ? namedQuestions(root) : new Map<string, AskedQuestion>();
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  return files.flatMap((name) =>
    readFileSync(new URL(name, root), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => toRow(rowSchema.parse(JSON.parse(line)), questions)),
  );
}

function namedQuestions(root: URL): Map<string, AskedQuestion> {
  const named = z
    .record(z.string(), askedQuestionSchema)
    .parse(JSON.parse(readFileSync(new URL('questions.json', root), 'utf8')));
  return new Map(Object.entries(named));
}

function toRow(row: z.infer<typeof rowSchema>, questions: ReadonlyMap<string, AskedQuestion>): Row {
  const question = typeof row.question === 'string' ? questions.get(row.question) : row.question;
  if (!question) throw new Error(`${row.id} asks a question that is not there`);
  const { text, language, now } = row;
  return {
    id: row.id,
    request: { question, text, language, now, timeZone: 'Asia/Jerusalem', region: 'IL' },
    tags: row.tags,
    expect: row.expect,
  };
}

/** What somebody's reader made of a row, as far as it is scored. */
export interface Outcome {
  outcome: Reading['outcome'];
  value?: unknown;
  confidence?: string | undefined;
  command?: string | undefined;
  comment?: string | undefined;
}

/** Our reader as one to score. */
export function ours(row: Row): Outcome {
  return understand(row.request);
}

/** Whether an outcome is the right one. A wrong confidence or a lost comment is wrong where the row asks for it. */
export function isRight({ expect }: Row, outcome: Outcome): boolean {
  if (expect.outcome === 'answer') {
    const level =
      expect.confidence === undefined ||
      expect.confidence === 'any' ||
      expect.confidence === outcome.confidence;
    const comment = expect.comment !== true || (outcome.comment !== undefined && outcome.comment !== '');
    return outcome.outcome === 'answer' && isDeepStrictEqual(outcome.value, expect.value) && level && comment;
  }
  if (expect.outcome === 'command')
    return outcome.outcome === 'command' && outcome.command === expect.command;
  return outcome.outcome === 'ambiguous' || outcome.outcome === 'invalid';
}

/** Rates over some rows, in per cent, and counts of opt-outs. */
export interface Score {
  rows: number;
  correct: number;
  /** Of the rows with an answer or a command. */
  understood: number;
  /** Of the rows where only asking again is right. */
  asked: number;
  /** Answers that should not be, or have another value, of all rows. */
  wrongValues: number;
  missedStops: number;
  wrongStops: number;
}

/** Scores a reader on rows. */
export function score(rows: readonly Row[], reader: (row: Row) => Outcome): Score {
  const counts = {
    correct: 0,
    understand: 0,
    understood: 0,
    ask: 0,
    asked: 0,
    wrongValues: 0,
    missedStops: 0,
    wrongStops: 0,
  };
  for (const row of rows) {
    const outcome = reader(row);
    const right = isRight(row, outcome);
    const { expect } = row;
    const asks = expect.outcome !== 'answer' && expect.outcome !== 'command';
    counts.correct += Number(right);
    counts[asks ? 'ask' : 'understand'] += 1;
    if (right) counts[asks ? 'asked' : 'understood'] += 1;
    if (outcome.outcome === 'answer')
      counts.wrongValues += Number(
        expect.outcome !== 'answer' || !isDeepStrictEqual(outcome.value, expect.value),
      );
    const [wantsStop, stops] = [
      expect.outcome === 'command' && expect.command === 'stop',
      outcome.command === 'stop',
    ];
    counts.missedStops += Number(wantsStop && !stops);
    counts.wrongStops += Number(stops && !wantsStop);
  }
  return {
    rows: rows.length,
    correct: percent(counts.correct, rows.length),
    understood: percent(counts.understood, counts.understand),
    asked: percent(counts.asked, counts.ask),
    wrongValues: percent(counts.wrongValues, rows.length),
    missedStops: counts.missedStops,
    wrongStops: counts.wrongStops,
  };
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : (100 * part) / whole;
}
