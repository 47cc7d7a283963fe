import fc from 'fast-check';
import { mongo } from 'mongoose';
import { expect, test } from 'vitest';
import { fromStored, toStored } from '../../../src/store/mongo/stored-text.ts';

const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
});
const awkwardText = fc.oneof(
  anyText,
  fc.constantFrom('\ufffe0041', '\ufffe', '$set', 'a.b', '', '__proto__', '\ud83d', '\ude00\ud83d'),
);
const anyRecord = fc.dictionary(
  awkwardText,
  fc.oneof(awkwardText, fc.array(awkwardText), fc.integer(), fc.boolean()),
);

test('any value comes back from BSON as it was given', () => {
  fc.assert(
    fc.property(fc.dictionary(awkwardText, anyRecord), (value) => {
      const through = mongo.BSON.deserialize(mongo.BSON.serialize(toStored({ value })));
      expect(JSON.stringify(fromStored(through))).toBe(JSON.stringify({ value }));
    }),
  );
});

test('names that a query could take for an operator or a path are written differently, texts of people as they are', () => {
  expect(toStored({ 'a.b': 'מה? 👩‍👩‍👧', $where: '$where a.b' })).toEqual({
    'a\ufffe002eb': 'מה? 👩‍👩‍👧',
    '\ufffe0024where': '$where a.b',
  });
});

test('what was written is told apart from what looks like it', () => {
  for (const text of ['\ufffed83d', '\ud83d', '\ufffefffe', '\ufffe'])
    expect(fromStored(toStored(text))).toBe(text);
  expect(new Set(['\ufffed83d', '\ud83d'].map((text) => toStored(text))).size).toBe(2);
});
