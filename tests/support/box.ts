/** A notice that cannot be overlooked between the lines of a test run. */
export function box(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => line.length));
  const edge = '='.repeat(width + 4);
  return ['', edge, ...lines.map((line) => `| ${line.padEnd(width)} |`), edge, ''].join('\n');
}
