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

describe('WhatsApp', () => {
  const cloud = {
    WHATSAPP_TRANSPORT: 'cloud',
    WHATSAPP_VERIFY_TOKEN: 'verify',
    WHATSAPP_APP_SECRET: 'app-secret',
    WHATSAPP_ACCESS_TOKEN: 'access',
    WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
  };
  const twilio = {
    WHATSAPP_TRANSPORT: 'twilio',
    PUBLIC_BASE_URL: 'https://survey.example.com',
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_WHATSAPP_FROM: '+972591112222',
  };
  const without = (settings: Record<string, string>, name: string) =>
    Object.fromEntries(Object.entries(settings).filter(([other]) => other !== name));

  test('is off without a setting of its own', () => {
    expect(configOf({}).whatsapp).toBeUndefined();
    expect(configOf(sms).whatsapp).toBeUndefined();
  });

  test('goes by the Cloud API of the version that it was written for', () => {
    expect(configOf(cloud).whatsapp).toEqual({
      transport: 'cloud',
      verifyToken: 'verify',
      appSecret: 'app-secret',
      accessToken: 'access',
      phoneNumberId: '106540352242922',
      apiBaseUrl: 'https://graph.facebook.com/v25.0',
      templates: {},
    });
  });

  test.each([
    ['http://localhost:4010', 'http://localhost:4010/v25.0'],
    ['http://localhost:4010/v21.0/', 'http://localhost:4010/v21.0'],
    ['https://proxy.example.com/meta/v24.0', 'https://proxy.example.com/meta/v24.0'],
  ])('finds the API at %s', (value, apiBaseUrl) => {
    expect(configOf({ ...cloud, WHATSAPP_API_BASE_URL: value }).whatsapp).toMatchObject({ apiBaseUrl });
  });

  test('goes by Twilio without SMS', () => {
    const config = configOf(twilio);
    expect(config.whatsapp).toEqual({
      transport: 'twilio',
      account: { accountSid, authToken, apiBaseUrl: undefined },
      publicBaseUrl: 'https://survey.example.com',
      from: '+972591112222',
      templates: {},
    });
    expect(config.sms).toBeUndefined();
    const withPrefix = configOf({ ...twilio, TWILIO_WHATSAPP_FROM: 'whatsapp:+972591112222' });
    expect(withPrefix.whatsapp).toEqual(config.whatsapp);
  });

  test('goes by Twilio beside SMS of the same account', () => {
    const config = configOf({ ...twilio, TWILIO_FROM: '+972591112222' });
    expect([config.whatsapp?.transport, config.sms?.sender]).toEqual(['twilio', { from: '+972591112222' }]);
  });

  test('goes by WhatsApp Web in a browser that is named', () => {
    const settings = { WHATSAPP_TRANSPORT: 'webjs', CHROMIUM_PATH: '/usr/bin/chromium', DATA_DIR: '/data' };
    expect(configOf(settings).whatsapp).toEqual({
      transport: 'webjs',
      chromiumPath: '/usr/bin/chromium',
      dataDir: '/data',
    });
  });

  test('goes by the only transport of which something is set', () => {
    expect(configOf(without(cloud, 'WHATSAPP_TRANSPORT')).whatsapp?.transport).toBe('cloud');
    expect(configOf(without(twilio, 'WHATSAPP_TRANSPORT')).whatsapp?.transport).toBe('twilio');
  });

  test('is switched by one setting, with the others in place', () => {
    const both = { ...cloud, ...twilio };
    expect(configOf({ ...both, WHATSAPP_TRANSPORT: 'cloud' }).whatsapp?.transport).toBe('cloud');
    expect(configOf({ ...both, WHATSAPP_TRANSPORT: 'twilio' }).whatsapp?.transport).toBe('twilio');
    expect(faultsOf(without(both, 'WHATSAPP_TRANSPORT')).map(({ setting }) => setting)).toEqual([
      'WHATSAPP_TRANSPORT',
    ]);
  });

  test.each(
    [
      ...Object.keys(cloud).map((name) => [name, cloud] as const),
      ...Object.keys(twilio).map((name) => [name, twilio] as const),
      ['CHROMIUM_PATH', { WHATSAPP_TRANSPORT: 'webjs', CHROMIUM_PATH: '/usr/bin/chromium' }] as const,
    ].filter(([name]) => name !== 'WHATSAPP_TRANSPORT'),
  )('does not start without %s when anything else of it is there', (name, settings) => {
    expect(faultsOf(without(settings, name))).toMatchObject([
      {
        setting: name,
        problem: 'is needed beside WHATSAPP_TRANSPORT',
        advice: expect.stringMatching(/.{20}/),
      },
    ]);
  });

  test('says at once all that is missing, of SMS too, each once', () => {
    expect(faultsOf({ WHATSAPP_TRANSPORT: 'cloud' }).map(({ setting }) => setting)).toEqual([
      'WHATSAPP_VERIFY_TOKEN',
      'WHATSAPP_APP_SECRET',
      'WHATSAPP_ACCESS_TOKEN',
      'WHATSAPP_PHONE_NUMBER_ID',
    ]);
    const alone = { WHATSAPP_TRANSPORT: 'twilio', TWILIO_FROM: '+972591112222' };
    expect(faultsOf(alone).map(({ setting }) => setting)).toEqual([
      'TWILIO_ACCOUNT_SID',
      'TWILIO_AUTH_TOKEN',
      'PUBLIC_BASE_URL',
      'TWILIO_WHATSAPP_FROM',
    ]);
    expect(faultsOf({ WHATSAPP_TEMPLATE: 'survey' }).map(({ setting }) => setting)).toEqual([
      'WHATSAPP_TRANSPORT',
    ]);
  });

  test.each([
    ['WHATSAPP_TRANSPORT', 'pigeon'],
    ['WHATSAPP_APP_SECRET', 'with spaces'],
    ['WHATSAPP_PHONE_NUMBER_ID', '+15550001111'],
    ['WHATSAPP_API_BASE_URL', 'graph.facebook.com'],
    ['WHATSAPP_API_BASE_URL', 'https://graph.facebook.com/v25.0?x=1'],
    ['WHATSAPP_TEMPLATE', 'two words'],
    ['WHATSAPP_TEMPLATE', 'fr=survey'],
    ['TWILIO_WHATSAPP_FROM', 'KASHUV'],
  ])('does not start with %s as %s', (name, value) => {
    expect(faultsOf({ ...cloud, [name]: value }).map(({ setting }) => setting)).toEqual([name]);
  });

  test.each([
    ['survey', { he: 'survey', en: 'survey' }],
    ['he=skr en=survey', { he: 'skr', en: 'survey' }],
    ['en=survey', { en: 'survey' }],
  ])('takes the template %s', (value, templates) => {
    expect(configOf({ ...cloud, WHATSAPP_TEMPLATE: value }).whatsapp).toMatchObject({ templates });
  });

  test('shows no secret', () => {
    const wrong = describeConfigFaults(
      faultsOf({ ...cloud, WHATSAPP_APP_SECRET: 'secret one', WHATSAPP_ACCESS_TOKEN: 'secret two' }),
    );
    expect(wrong).toContain('WHATSAPP_ACCESS_TOKEN is too short, or holds spaces');
    expect(wrong).not.toMatch(/secret (one|two)/);
  });
});
