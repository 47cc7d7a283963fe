import { expect, test } from 'vitest';
import { said } from './reply.ts';

test.each(['054-1234567', '0541234567', '+972 54 123 4567'])(
  'a phone number is made international: %s',
  (reply) => {
    expect(said({ kind: 'phone' }, reply)).toBe('take "+972541234567"');
  },
);

test('an address is made lower case', () => {
  expect(said({ kind: 'email' }, 'Dana@Example.COM')).toBe('take "dana@example.com"');
});

test.each(['12', 'dana@', 'אין לי'])('what is neither is asked again: %s', (reply) => {
  expect(said({ kind: 'phone' }, reply)).toMatch(/^(?:ambiguous|invalid)$/);
  expect(said({ kind: 'email' }, reply)).toMatch(/^(?:ambiguous|invalid)$/);
});
