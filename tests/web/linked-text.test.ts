import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPieces } from '../../web/chat/linked-text.ts';

function addressesIn(text: string): string[] {
  return readPieces(text).flatMap(({ text: written, address }) => (address ? [written] : []));
}

describe('web addresses in a text', () => {
  test.each([
    ['See https://example.com/orders/1.', 'https://example.com/orders/1'],
    ['(see https://example.com/a)', 'https://example.com/a'],
    ['https://en.wikipedia.org/wiki/Nps_(score)', 'https://en.wikipedia.org/wiki/Nps_(score)'],
    ['https://example.com?a=1&b=[2],', 'https://example.com?a=1&b=[2]'],
    ['כאן: https://example.com/א, ותודה', 'https://example.com/א'],
    ['"https://example.com/a"', 'https://example.com/a'],
    ['HTTP://EXAMPLE.COM!', 'HTTP://EXAMPLE.COM'],
    ['https://example.com/a\nnext', 'https://example.com/a'],
    ['https://example.com/\u202Egpj.exe', 'https://example.com/'],
  ])('are found in %j', (text, address) => {
    expect(addressesIn(text)).toEqual([address]);
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.com',
    'https://',
    'http:// example.com',
    'example.com',
    'https://?',
  ])('are not found in %j', (text) => {
    expect(addressesIn(text)).toEqual([]);
  });

  test('may be several', () => {
    expect(addressesIn('http://a.example, http://b.example')).toEqual([
      'http://a.example',
      'http://b.example',
    ]);
  });

  test('leave every letter of the text in its place, whatever the text', () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.webUrl(),
      fc.constantFrom('https://', ').', ' ', '\u202E'),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        const pieces = readPieces(text);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const { address } of pieces) {
          if (address !== undefined) expect(['http:', 'https:']).toContain(new URL(address).protocol);
        }
      }),
    );
  });
});
