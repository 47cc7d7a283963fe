import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvCell, csvLines } from '../../src/server/csv.ts';

describe('a cell', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://evil.example","x")', `'=HYPERLINK("http://evil.example","x")`],
    ['+972501234567', "'+972501234567"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+3', "'-2+3"],
    ['- slow', "'- slow"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    [' =1', "' =1"],
    ['\u200f=1', "'\u200f=1"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
  ])('that begins like a formula, %j, is made harmless', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  test.each([
    [-5, '-5'],
    [0, '0'],
    [7.25, '7.25'],
    ['-5', '-5'],
    ['-7.25', '-7.25'],
    [true, 'true'],
    [undefined, ''],
    ['', ''],
    ['8 = great', '8 = great'],
    ['a@b.co', 'a@b.co'],
    [['late', 'damaged'], 'late;damaged'],
    [{ rule: 'digits' }, '{"rule":"digits"}'],
  ])('with %j is left as it is', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  test('loses the control characters at which programs cut a file off', () => {
    expect(csvCell('a\u0000b\u001a')).toBe('ab');
  });

  test('never begins like a formula, whatever was written', () => {
    const starts = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝', ' ', '\u200e', '\u0000', "'");
    fc.assert(
      fc.property(fc.array(starts, { maxLength: 4 }), fc.string(), (start, rest) => {
        const cell = csvCell(start.join('') + rest);
        expect(cell).toMatch(/^('|-\d+(\.\d+)?$|[^=+\-@\t\r\uff1d\uff0b\uff0d\uff20]|$)/u);
      }),
    );
  });
});

describe('a file', () => {
  test('tells Excel that it is UTF-8, ends its lines as Excel does, and quotes what has to be quoted', () => {
    const rows = [
      { id: 1, text: 'שלום, "עולם"\nשורה שנייה', late: false },
      { id: -2, text: '=1+1', late: true },
      { id: 3 },
    ];
    expect(csvLines(['id', 'text', 'late'], rows, { header: true })).toBe(
      '\ufeffid,text,late\r\n1,"שלום, ""עולם""\nשורה שנייה",false\r\n-2,\'=1+1,true\r\n3,,\r\n',
    );
  });

  test('is read back as it was written', () => {
    const field = fc
      .string({ unit: fc.constantFrom('a', 'ש', '"', ',', '\n', '\r', '=', ' ') })
      .map((text) => csvCell(text));
    fc.assert(
      fc.property(fc.array(fc.record({ a: field, b: field }), { minLength: 1 }), (rows) => {
        expect(readCsv(csvLines(['a', 'b'], rows, { header: false }))).toEqual(
          rows.map(({ a, b }) => [csvCell(a), csvCell(b)]),
        );
      }),
    );
  });
});

/** Reads CSV by RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g;
  for (const [, raw = '', end] of text.matchAll(cell)) {
    if (end === '') break;
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
