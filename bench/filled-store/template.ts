import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type TotalKey, totalsOf } from '../../src/store/totals.ts';
import { createCutter, type Stencil } from './stencil.ts';
import { numberedBy, type OwnedTable, ownedTables, ownNumber } from './tables.ts';

/** All rows of one contact, with holes where copies differ: ids, the sealed address, moments, and numbers of rows. */
export interface Template {
  readonly words: readonly Word[];
  readonly tables: ReadonlyMap<OwnedTable, TemplateTable>;
  /** What its answers add to the totals, each on the day of the moment that the word of this number is. */
  readonly totals: readonly { readonly key: TotalKey; readonly answeredAt: number }[];
}

export interface TemplateTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What stands in a hole: something that each copy has of its own, or a moment so long after its first one. */
export type Word =
  | { readonly kind: 'contact' | 'address' | 'sealed' | 'session' | 'case' }
  | { readonly kind: 'moment'; readonly milliseconds: number };

export type Cell =
  | { readonly kind: 'plain'; readonly value: string | number | null }
  | { readonly kind: 'text'; readonly stencil: Stencil }
  /** The number of the contact's row of that index in that table. */
  | { readonly kind: 'number'; readonly of: OwnedTable; readonly index: number };

const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

type Row = z.infer<typeof rowSchema>;

/** Reads a contact with one address by the number of its row. */
export function readTemplate(database: DatabaseSync, contact: number): Template {
  const found = new Map(
    ownedTables.map(({ name, ofContact }) => {
      const order = ownNumber(name) ?? 'seq';
      const rows = database
        .prepare(`SELECT * FROM ${name} WHERE ${ofContact} ORDER BY ${order}`)
        .all(contact);
      return [name, rows.map((row) => rowSchema.parse(row))];
    }),
  );
  const rowsOf = (table: OwnedTable): readonly Row[] => found.get(table) ?? [];
  const idsOf = (table: OwnedTable) => rowsOf(table).map(({ id }) => String(id));
  if (rowsOf('addresses').length !== 1) throw new Error('What copies are made of has one address');

  const known = [
    ...idsOf('contacts').map((text) => ({ kind: 'contact' as const, text })),
    ...idsOf('addresses').map((text) => ({ kind: 'address' as const, text })),
    ...rowsOf('addresses').map(({ sealed }) => ({ kind: 'sealed' as const, text: String(sealed) })),
    ...idsOf('sessions').map((text) => ({ kind: 'session' as const, text })),
    ...idsOf('cases').map((text) => ({ kind: 'case' as const, text })),
  ];
  const cutter = createCutter(known.map(({ text }) => text));

  function cellOf(table: OwnedTable, column: string, value: string | number | null): Cell {
    if (typeof value === 'string') {
      const stencil = cutter.cut(value);
      return stencil.holes.length === 0 ? { kind: 'plain', value } : { kind: 'text', stencil };
    }
    const of = value === null ? undefined : numberedBy(table, column);
    if (of === undefined) return { kind: 'plain', value };
    const index = rowsOf(of).findIndex((row) => row[ownNumber(of) ?? ''] === value);
    if (index < 0) throw new Error(`${table}.${column} leads to a row of somebody else`);
    return { kind: 'number', of, index };
  }

  const tables = new Map(
    ownedTables.map(({ name }) => {
      const columns = Object.keys(rowsOf(name)[0] ?? {});
      const rows = rowsOf(name).map((row) =>
        columns.map((column) => cellOf(name, column, row[column] ?? null)),
      );
      return [name, { columns, rows }];
    }),
  );
  const totals = rowsOf('answers').flatMap(({ body, answered_at }) =>
    totalsOf(JSON.parse(String(body))).map((key) => ({
      key,
      answeredAt: cutter.words.indexOf(String(answered_at)),
    })),
  );
  const moments = cutter.words.slice(known.length).map((text) => Date.parse(text));
  const first = Math.min(...moments);
  const momentWords = moments.map((at) => ({ kind: 'moment' as const, milliseconds: at - first }));
  return { words: [...known.map(({ kind }) => ({ kind })), ...momentWords], tables, totals };
}
