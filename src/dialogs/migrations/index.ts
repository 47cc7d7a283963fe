import { pointerOf } from '../pointer.ts';
import { latestFormat, type QuestionnaireDocument, questionnaireSchema } from '../questionnaire.ts';

/** What is wrong with the shape of a document: where (a JSON pointer, RFC 6901), a code, and a sentence for people. */
export interface DocumentFault {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** A document in the latest format, or every fault that keeps it from being one. */
export type DocumentReading =
  | { readonly ok: true; readonly document: QuestionnaireDocument }
  | { readonly ok: false; readonly faults: readonly DocumentFault[] };

/** Takes a document one format further. It is given JSON of its own format and must not change it. */
export type Migration = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** The step from each older format to the next, by the format that it starts from. Format 1 is the first, so there is none yet. */
const migrations: ReadonlyMap<number, Migration> = new Map();

/**
 * Reads a questionnaire document that somebody wrote or stored, of any format there ever was, as one of the latest. Never throws; a format
 * of the future is refused with a sentence that says so.
 */
export function readQuestionnaire(input: unknown): DocumentReading {
  return readWith(input, migrations, latestFormat);
}

/** {@link readQuestionnaire} with given steps, so that they can be tried before a second format exists. */
export function readWith(
  input: unknown,
  steps: ReadonlyMap<number, Migration>,
  latest: number,
): DocumentReading {
  if (!isRecord(input)) return fault('', 'not_an_object', 'A questionnaire is a JSON object.');
  if (isDeeperThan(input, depthMax)) return fault('', 'too_deep', 'The document is nested too deeply.');
  let document: Readonly<Record<string, unknown>> = input;
  let { format } = document;
  if (typeof format !== 'number') {
    return fault('/format', 'format_missing', `The format is missing; the latest is ${latest}.`);
  }
  while (format !== latest) {
    const migrate = steps.get(format);
    if (!migrate) {
      return fault(
        '/format',
        'format_unknown',
        `Format ${format} is not known here; the latest is ${latest}.`,
      );
    }
    format += 1;
    document = { ...migrate(document), format };
  }
  const parsed = questionnaireSchema.safeParse({ ...document, format: latestFormat });
  if (parsed.success) return { ok: true, document: parsed.data };
  return {
    ok: false,
    faults: parsed.error.issues.map(({ path, code, message }) => ({
      pointer: pointerOf(path),
      code,
      message,
    })),
  };
}

/** Bounds how far conditions nest: each level of theirs is two of the document's. */
const depthMax = 40;

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}

function fault(pointer: string, code: string, message: string): DocumentReading {
  return { ok: false, faults: [{ pointer, code, message }] };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
