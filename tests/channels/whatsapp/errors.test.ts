import { describe, expect, test } from 'vitest';
import { failureOf, secondsToWait } from '../../../src/channels/provider-failure.ts';
import { refusalOf } from '../../../src/channels/whatsapp/cloud/errors.ts';

describe('[M10] an answer of Meta decides what happens to the message', () => {
  test.each<[number, number | undefined, string]>([
    [401, 190, 'channel_down'],
    [401, 0, 'channel_down'],
    [403, 10, 'channel_down'],
    [403, 200, 'channel_down'],
    [403, 299, 'channel_down'],
    [403, 368, 'channel_down'],
    [403, 131031, 'channel_down'],
    [400, 131042, 'channel_down'],
    [400, 133010, 'channel_down'],
    [400, 4, 'not_taken'],
    [400, 80007, 'not_taken'],
    [429, 130429, 'not_taken'],
    [400, 131048, 'not_taken'],
    [400, 131056, 'not_taken'],
    [503, 2, 'not_taken'],
    [503, 133004, 'not_taken'],
    [400, 100, 'never'],
    [400, 131026, 'never'],
    [400, 131047, 'never'],
    [400, 131049, 'never'],
    [400, 131050, 'never'],
    [400, 131051, 'never'],
    [400, 131053, 'never'],
    [404, 132001, 'never'],
    [400, 132015, 'never'],
    [500, 131000, 'ambiguous'],
    [500, 1, 'ambiguous'],
    [500, undefined, 'ambiguous'],
    [502, undefined, 'ambiguous'],
    [504, undefined, 'ambiguous'],
    [503, undefined, 'not_taken'],
    [429, undefined, 'not_taken'],
    [400, undefined, 'never'],
    [400, 999_999, 'never'],
    [401, undefined, 'channel_down'],
    [404, undefined, 'channel_down'],
    [302, undefined, 'channel_down'],
  ])('HTTP %s with code %s is %s', (status, code, outcome) => {
    const failure = refusalOf({ status, code });
    expect([failure.outcome, failure.code]).toEqual([outcome, String(code ?? `http_${status}`)]);
  });

  test('only a person who wants nothing more has opted out', () => {
    expect(refusalOf({ status: 400, code: 131050 }).optedOut).toBe(true);
    expect(refusalOf({ status: 400, code: 131049 }).optedOut).toBe(false);
  });

  test('the time that Meta names is kept, and six seconds where it says that one person gets too much', () => {
    expect(refusalOf({ status: 429, code: 130429, retryAfterSeconds: 30 }).retryAfterSeconds).toBe(30);
    expect(refusalOf({ status: 400, code: 131056 }).retryAfterSeconds).toBe(6);
    expect(refusalOf({ status: 400, code: 131056, retryAfterSeconds: 60 }).retryAfterSeconds).toBe(60);
    expect(refusalOf({ status: 429, code: 130429 }).retryAfterSeconds).toBeUndefined();
  });
});

describe('[M10] a connection that fails', () => {
  test('is found behind what fetch makes of it', () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    expect(failureOf(new TypeError('fetch failed', { cause: refused })).outcome).toBe('not_taken');
    const reset = Object.assign(new Error('x'), { code: 'ECONNRESET' });
    expect(failureOf(new TypeError('fetch failed', { cause: reset })).outcome).toBe('ambiguous');
  });

  test('is in doubt when nothing was answered in time', () => {
    const late = new DOMException('late', 'TimeoutError');
    expect(failureOf(late)).toMatchObject({ outcome: 'ambiguous', code: 'timeout' });
  });
});

test.each([
  ['30', 30],
  ['0', undefined],
  ['-5', undefined],
  ['soon', undefined],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ['999999', 3600],
  [null, undefined],
])('Retry-After: %s', (header, seconds) => {
  expect(secondsToWait(header)).toBe(seconds);
});
