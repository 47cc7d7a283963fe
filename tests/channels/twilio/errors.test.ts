import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../src/channels/provider-failure.ts';
import { refusalOf } from '../../../src/channels/twilio/errors.ts';

function refusal(statusCode: number, body: unknown, headers: unknown = {}) {
  const found = refusalOf({ statusCode, body, headers });
  return found && { outcome: found.outcome, code: found.code };
}

describe('[M10] an answer of Twilio decides what happens to the message', () => {
  test.each<[number, number, string]>([
    [401, 20003, 'channel_down'],
    [404, 20404, 'channel_down'],
    [400, 21212, 'channel_down'],
    [400, 21606, 'channel_down'],
    [400, 21703, 'channel_down'],
    [429, 20429, 'not_taken'],
    [429, 14107, 'not_taken'],
    [400, 21611, 'not_taken'],
    [400, 63018, 'not_taken'],
    [400, 21211, 'never'],
    [400, 21408, 'never'],
    [400, 21610, 'never'],
    [400, 21612, 'never'],
    [400, 21614, 'never'],
    [400, 21617, 'never'],
    [400, 21635, 'never'],
    [400, 63016, 'never'],
    [400, 99999, 'never'],
  ])('%i with code %i: %s', (status, code, outcome) => {
    expect(refusal(status, { code, message: 'x', status })).toEqual({ outcome, code: String(code) });
    expect(refusal(status, JSON.stringify({ code }))).toEqual({ outcome, code: String(code) });
  });

  test.each<[number, string]>([
    [302, 'channel_down'],
    [400, 'never'],
    [401, 'channel_down'],
    [403, 'channel_down'],
    [404, 'channel_down'],
    [408, 'ambiguous'],
    [429, 'not_taken'],
    [500, 'ambiguous'],
    [502, 'ambiguous'],
    [503, 'not_taken'],
    [504, 'ambiguous'],
  ])('%i without a code: %s', (status, outcome) => {
    for (const body of [undefined, null, '', '<html>', {}, { code: 'x' }, { code: null }, [], 7])
      expect(refusal(status, body)).toEqual({ outcome, code: `http_${status}` });
  });

  test('a success is no refusal', () => {
    expect(refusal(201, { sid: 'SM1' })).toBeUndefined();
    expect(refusal(200, '')).toBeUndefined();
  });

  test.each<[unknown, number | undefined]>([
    [{ 'retry-after': '30' }, 30],
    [{ 'retry-after': '0.5' }, 0.5],
    [{ 'retry-after': '999999' }, 3600],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('the wait that %j asks for is kept within bounds', (headers, seconds) => {
    expect(refusalOf({ statusCode: 429, body: {}, headers })?.retryAfterSeconds).toBe(seconds);
  });

  test('[M8] an opt-out at Twilio is told apart', () => {
    expect(refusalOf({ statusCode: 400, body: { code: 21610 }, headers: {} })?.optedOut).toBe(true);
    expect(refusalOf({ statusCode: 400, body: { code: 21614 }, headers: {} })?.optedOut).toBe(false);
  });
});

describe('[M10] a connection that fails', () => {
  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'CERT_HAS_EXPIRED'])(
    'by %s has taken nothing along',
    (code) => {
      expect(failureOf(Object.assign(new Error('x'), { code }))).toMatchObject({
        outcome: 'not_taken',
        code: code.toLowerCase(),
      });
    },
  );

  test.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE', 'ERR_BAD_RESPONSE'])(
    'by %s may have',
    (code) => {
      expect(failureOf(Object.assign(new Error('x'), { code })).outcome).toBe('ambiguous');
    },
  );

  test('in a way that nobody knows may have', () => {
    for (const thrown of [new Error('x'), 'x', undefined, null, 7])
      expect(failureOf(thrown).outcome).toBe('ambiguous');
  });
});
