import { readable } from './figures.ts';

/** A figure and the bound that it is to keep. */
export interface Goal {
  readonly what: string;
  readonly measured: number;
  readonly bound: { readonly atMost: number } | { readonly atLeast: number };
  readonly unit: string;
}

export function printTitle(title: string): void {
  console.log(`\n${title}\n${'='.repeat(title.length)}`);
}

/** Prints rows under their headings: the first column to the left, figures to the right. */
export function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ');
  console.log(line(headings));
  console.log(widths.map((width) => '-'.repeat(width)).join('   '));
  for (const row of rows) console.log(line(row));
}

/** Prints each goal with what was measured, and whether it was met. A goal that was missed is news, not a failure. */
export function printGoals(goals: readonly Goal[]): void {
  console.log();
  for (const { what, measured, bound, unit } of goals) {
    const met = 'atMost' in bound ? measured <= bound.atMost : measured >= bound.atLeast;
    const wanted = 'atMost' in bound ? `at most ${bound.atMost}` : `at least ${bound.atLeast}`;
    console.log(`${met ? 'met   ' : 'MISSED'} ${what}: ${readable(measured)}${unit} (${wanted}${unit})`);
  }
}
