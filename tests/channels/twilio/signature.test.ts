import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createTwilioClient } from '../../../src/channels/twilio/client.ts';
import { readForm } from '../../../src/channels/twilio/form.ts';

const documented = {
  token: '12345',
  url: 'https://example.com/myapp.php?foo=1&bar=2',
  form: {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675310',
    Digits: '1234',
    From: '+14158675310',
    To: '+18005551212',
  },
  signature: 'L/OH5YylLD5NRKLltdqwSvS0BnU=',
};

const hebrew = {
  token: '12345678901234567890123456789012',
  url: 'https://bot.example.org/channels/sms?tenant=7',
  form: {
    ToCountry: 'IL',
    MessageSid: 'SM00000000000000000000000000000001',
    From: '+972501234567',
    To: '+972591112222',
    Body: 'שלום 🙂',
    NumMedia: '0',
    AccountSid: 'AC00000000000000000000000000000000',
    NumSegments: '1',
  },
  signature: 'Ebn1mWGLbWPcQfut8yyZsSR+CpA=',
};

function clientOf(authToken: string) {
  return createTwilioClient({ accountSid: 'AC', authToken, apiBaseUrl: undefined });
}

function bytesOf(form: Readonly<Record<string, string>>): Uint8Array {
  return new TextEncoder().encode(new URLSearchParams({ ...form }).toString());
}

describe('a signature of Twilio', () => {
  test.each([
    documented,
    hebrew,
    { ...hebrew, form: { ...hebrew.form, Body: '' }, signature: 'YevZH/xfDbAelwwAoymmMnHXc58=' },
  ])('over %j is recognised on the bytes of the form', async ({ token, url, form, signature }) => {
    const fields = readForm(bytesOf(form));
    expect(await clientOf(token).hasSigned({ signature, url, fields })).toBe(true);
  });

  test.each<
    [string, Partial<{ token: string; url: string; signature: string; form: Record<string, string> }>]
  >([
    ['another token', { token: '12345678901234567890123456789013' }],
    ['http in place of https', { url: 'http://bot.example.org/channels/sms?tenant=7' }],
    ['another host', { url: 'https://evil.example.org/channels/sms?tenant=7' }],
    ['another query', { url: 'https://bot.example.org/channels/sms?tenant=8' }],
    ['words that were trimmed', { form: { ...hebrew.form, Body: 'שלום' } }],
    ['a field more', { form: { ...hebrew.form, OptOutType: 'STOP' } }],
    ['an empty signature', { signature: '' }],
    ['a signature of another length', { signature: hebrew.signature.slice(1) }],
    ['a signature in other letters', { signature: hebrew.signature.toLowerCase() }],
  ])('is refused with %s', async (_, changes) => {
    const { token, url, signature, form } = { ...hebrew, ...changes };
    const fields = readForm(bytesOf(form));
    expect(await clientOf(token).hasSigned({ signature, url, fields })).toBe(false);
  });

  test('does not cover the fragment that tells Twilio how to connect, and stands with the port or without it', async () => {
    const { token, signature, form } = hebrew;
    const fields = readForm(bytesOf(form));
    const url = 'https://bot.example.org:443/channels/sms?tenant=7';
    expect(await clientOf(token).hasSigned({ signature, url, fields })).toBe(true);
  });

  test('over a body that is no form covers the hash in the URL', async () => {
    const body = '{"EventType":"onMessageAdded","Body":"שלום"}';
    const hash = createHash('sha256').update(body).digest('hex');
    expect(hash).toBe('7228bd1c9d72f6e6b1d5b4a956a9b1d1ff1cbf4464ff1718de08d7128a52301d');
    const url = `https://bot.example.org/channels/sms/status?bodySHA256=${hash}`;
    const signature = 'rh70O7L5W5pW3RjvKzQVdKD46DM=';
    const client = clientOf(hebrew.token);
    expect(await client.hasSignedBody({ signature, url, body })).toBe(true);
    expect(await client.hasSignedBody({ signature, url, body: `${body} ` })).toBe(false);
    expect(await client.hasSignedBody({ signature, url: url.replace('7228', '7229'), body })).toBe(false);
  });
});

describe('a form', () => {
  test('keeps every value of a repeated field, and names that are special elsewhere', () => {
    const fields = readForm(
      new TextEncoder().encode('a=1&a=2&__proto__=x&constructor=y&Body=%D7%90+b&empty='),
    );
    expect(Object.entries(fields)).toEqual([
      ['a', ['1', '2']],
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['Body', 'א b'],
      ['empty', ''],
    ]);
    expect(Object.getPrototypeOf(fields)).toBeNull();
  });
});
