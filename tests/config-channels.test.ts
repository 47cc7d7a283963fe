import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { describeConfigFaults, readConfig } from '../src/config.ts';

const accountSid = 'AC00000000000000000000000000000001';
const authToken = '12345678901234567890123456789012';
const sms = {
  PUBLIC_BASE_URL: 'https://survey.example.com',
  TWILIO_ACCOUNT_SID: accountSid,
  TWILIO_AUTH_TOKEN: authToken,
  TWILIO_FROM: '+972591112222',
};

function configOf(environment: Record<string, string>) {
  const reading = readConfig(environment);
  if (!reading.ok) throw new Error(describeConfigFaults(reading.faults));
  return reading.config;
}

function faultsOf(environment: Record<string, string>) {
  const reading = readConfig(environment);
  return reading.ok ? [] : reading.faults;
}

describe('SMS', () => {
  test('is off without a setting of its own', () => {
    expect(configOf({}).sms).toBeUndefined();
    expect(configOf({ PUBLIC_BASE_URL: 'https://survey.example.com' }).sms).toBeUndefined();
  });

  test('is on with an account, a sender and the public address', () => {
    expect(configOf(sms).sms).toEqual({
      account: { accountSid, authToken, apiBaseUrl: undefined },
      sender: { from: '+972591112222' },
      publicBaseUrl: 'https://survey.example.com',
    });
    const { TWILIO_FROM: _, ...rest } = sms;
    const service = { ...rest, TWILIO_MESSAGING_SERVICE_SID: 'MG00000000000000000000000000000001' };
    expect(configOf(service).sms?.sender).toEqual({
      messagingServiceSid: 'MG00000000000000000000000000000001',
    });
  });

  test.each(['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'PUBLIC_BASE_URL', 'TWILIO_FROM'])(
    'does not start without %s when anything else of it is there',
    (name) => {
      const rest = Object.fromEntries(Object.entries(sms).filter(([other]) => other !== name));
      expect(faultsOf(rest)).toMatchObject([
        { setting: name, problem: expect.stringContaining('is needed beside TWILIO_') },
      ]);
    },
  );

  test('says at once all that is missing', () => {
    expect(faultsOf({ TWILIO_FROM: '+972591112222' }).map(({ setting }) => setting)).toEqual([
      'TWILIO_ACCOUNT_SID',
      'TWILIO_AUTH_TOKEN',
      'PUBLIC_BASE_URL',
    ]);
    expect(faultsOf({ TWILIO_API_BASE_URL: 'http://localhost:1' }).map(({ setting }) => setting)).toEqual([
      'TWILIO_ACCOUNT_SID',
      'TWILIO_AUTH_TOKEN',
      'PUBLIC_BASE_URL',
      'TWILIO_FROM',
    ]);
  });

  test.each([
    ['TWILIO_ACCOUNT_SID', 'SK00000000000000000000000000000001'],
    ['TWILIO_ACCOUNT_SID', 'AC1'],
    ['TWILIO_AUTH_TOKEN', 'short'],
    ['TWILIO_AUTH_TOKEN', 'with spaces in between it'],
    ['TWILIO_FROM', 'KASHUV'],
    ['TWILIO_FROM', '0591112222'.padEnd(12, '0')],
    ['TWILIO_FROM', 'whatsapp:+972591112222'],
    ['TWILIO_API_BASE_URL', 'https://api.twilio.com/2010-04-01'],
  ])('does not start with %s as %s', (name, value) => {
    expect(faultsOf({ ...sms, [name]: value }).map(({ setting }) => setting)).toEqual([name]);
  });

  test('has one sender', () => {
    const both = { ...sms, TWILIO_MESSAGING_SERVICE_SID: 'MG00000000000000000000000000000001' };
    expect(faultsOf(both)).toMatchObject([
      { setting: 'TWILIO_MESSAGING_SERVICE_SID', advice: 'Keep one of the two.' },
    ]);
  });

  test('takes its token from a file, and shows it nowhere', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kashuv-config-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'token');
    writeFileSync(path, `${authToken}\n`);
    const { TWILIO_AUTH_TOKEN: _, ...rest } = sms;
    expect(configOf({ ...rest, TWILIO_AUTH_TOKEN_FILE: path }).sms?.account.authToken).toBe(authToken);
    const wrong = describeConfigFaults(faultsOf({ ...sms, TWILIO_AUTH_TOKEN: 'secret bad' }));
    expect(wrong).toContain('TWILIO_AUTH_TOKEN is too short, or holds spaces');
    expect(wrong).not.toContain('secret bad');
  });
});
