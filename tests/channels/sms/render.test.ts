import { describe, expect, test } from 'vitest';
import { arrange } from '../../../src/channels/arrange.ts';
import { renderForSms, smsCapabilities, smsText } from '../../../src/channels/sms/render.ts';
import { costOf } from '../../../src/channels/sms/segments.ts';
import { question } from '../sample.ts';

describe('what a text costs as SMS', () => {
  test.each<[string, string, number, 'GSM-7' | 'UCS-2']>([
    ['160 Latin letters', 'a'.repeat(160), 1, 'GSM-7'],
    ['one more', 'a'.repeat(161), 2, 'GSM-7'],
    ['two full parts of them', 'a'.repeat(306), 2, 'GSM-7'],
    ['and one more', 'a'.repeat(307), 3, 'GSM-7'],
    ['70 Hebrew letters', 'א'.repeat(70), 1, 'UCS-2'],
    ['one more', 'א'.repeat(71), 2, 'UCS-2'],
    ['two full parts of them', 'א'.repeat(134), 2, 'UCS-2'],
    ['and one more', 'א'.repeat(135), 3, 'UCS-2'],
    ['80 signs that count twice', '€'.repeat(80), 1, 'GSM-7'],
    ['one more', '€'.repeat(81), 2, 'GSM-7'],
    ['an emoji among Latin letters', `${'a'.repeat(69)}🙂`, 2, 'UCS-2'],
    ['35 emoji', '🙂'.repeat(35), 1, 'UCS-2'],
    ['one more', '🙂'.repeat(36), 2, 'UCS-2'],
    ['nothing', '', 1, 'GSM-7'],
  ])('%s', (_, text, segments, encoding) => {
    expect(costOf(text)).toEqual({ segments, encoding });
  });
});

describe('a text as SMS', () => {
  test('has no marks that cost and are not seen', () => {
    expect(smsText('\u2068Dana\u2069 שילמה \u200f120\u00a0₪\u200e\ufeff \u202bכן\u202c')).toBe(
      'Dana שילמה 120 ₪ כן',
    );
  });

  test('keeps what emoji are joined with', () => {
    expect(smsText('👨‍👩‍👧')).toBe('👨‍👩‍👧');
  });

  test('is put plainly where that makes it cheaper, and only there', () => {
    expect(smsText('You’ve – “really” – paid…')).toBe('You\'ve - "really" - paid...');
    expect(smsText('שילמתם – “באמת” – ₪5…')).toBe('שילמתם – “באמת” – ₪5…');
    expect(smsText('It’s ₪5')).toBe('It’s ₪5');
  });

  test('numbers the choices', () => {
    expect(renderForSms(question(['המחיר', 'השירות'], { text: 'מה הכי חשוב?' }))).toBe(
      'מה הכי חשוב?\n1. המחיר\n2. השירות',
    );
  });
});

describe('[M7] on SMS', () => {
  test.each('STOP Stopall unsubscribe cancel End QUIT revoke OptOut start Yes UNSTOP help Info'.split(' '))(
    'the word %s is never offered as an answer',
    (word) => {
      expect(arrange(question([word, 'Something else']), smsCapabilities)).toMatchObject({ kind: 'link' });
    },
  );

  test('a question has three segments at most, with its choices', () => {
    const text = 'א'.repeat(201 - '\n1. אב\n2. גד'.length);
    expect(arrange(question(['אב', 'גד'], { text }), smsCapabilities)).toEqual({ kind: 'numbers' });
    expect(arrange(question(['אב', 'גד'], { text: `${text}א` }), smsCapabilities)).toEqual({
      kind: 'link',
      because: 'length',
    });
  });
});
