import { once } from 'node:events';
import { stringify } from 'csv-stringify/sync';
import type { Response } from 'express';

/** What a cell can hold. Lists are told apart by semicolons, objects are written as JSON, and what is absent is empty. */
export type Cell = string | number | boolean | readonly string[] | object | undefined;

export type Row<Column extends string> = Readonly<Partial<Record<Column, Cell>>>;

/** Tells a spreadsheet that the file is UTF-8; without it Excel reads Hebrew as Windows-1252. */
const byteOrderMark = '\ufeff';

/** Rows as CSV (RFC 4180), with the header line or without. */
export function csvLines<Column extends string>(
  columns: readonly Column[],
  rows: readonly Row<Column>[],
  { header }: { header: boolean },
): string {
  const lines = rows.map((row) => columns.map((column) => csvCell(row[column])));
  const all = header ? [[...columns], ...lines] : lines;
  return (header ? byteOrderMark : '') + stringify(all, { record_delimiter: '\r\n', quoted_match: /[\r\n]/ });
}

/**
 * Sends pages of rows as they are read. The next page is read only after the client has taken the last one, so memory stays flat however long
 * the list is.
 */
export async function sendCsv<Column extends string>(
  response: Response,
  fileName: string,
  columns: readonly Column[],
  pages: AsyncIterable<readonly Row<Column>[]>,
): Promise<void> {
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  let header = true;
  for await (const rows of pages) {
    const taken = response.write(csvLines(columns, rows, { header }));
    header = false;
    if (!taken) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    if (response.closed) return;
  }
  if (header) response.write(csvLines(columns, [], { header }));
  response.end();
}

/** The text of a cell before quoting. Numbers stay numbers; texts lose what would make a spreadsheet run them. */
export function csvCell(value: Cell): string {
  switch (typeof value) {
    case 'undefined':
      return '';
    case 'number':
    case 'boolean':
      return String(value);
    case 'string':
      return harmless(value);
    default:
      return harmless(isList(value) ? value.join(';') : JSON.stringify(value));
  }
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

/**
 * A text that no spreadsheet takes for a formula: one that begins like a formula, also behind white space or invisible marks and in the wide
 * forms of East Asian keyboards, gets an apostrophe in front (OWASP, CSV injection). A plain number may keep its sign. Control characters
 * that no text needs are dropped, because programs cut a file off at them.
 */
function harmless(text: string): string {
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
  if (/^-\d+(\.\d+)?$/.test(clean)) return clean;
  return formulaStart.test(clean) ? `'${clean}` : clean;
}

const formulaStart = /^(?:[\t\r\n]|[\p{White_Space}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20])/u;
