import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Config, describeConfigFaults, readConfig } from '../src/config.ts';

const secret = 'a-secret-of-more-than-32-characters';
const token = 'a-token-of-more-than-32-characters-too';

function config(environment: Record<string, string | undefined>): Config {
  const reading = readConfig(environment);
  if (!reading.ok) throw new Error(describeConfigFaults(reading.faults));
  return reading.config;
}

function faults(environment: Record<string, string | undefined>): string[] {
  const reading = readConfig(environment);
  return reading.ok ? [] : reading.faults.map(({ setting }) => setting);
}

function said(environment: Record<string, string | undefined>): string {
  const reading = readConfig(environment);
  return reading.ok ? '' : describeConfigFaults(reading.faults);
}

describe('settings', () => {
  test('need not be written at all: every one has a default or may be absent', () => {
    expect(config({ PATH: '/bin', HOME: '/root' })).toEqual({
      port: 3000,
      host: '127.0.0.1',
      publicBaseUrl: undefined,
      dataDir: resolve('data'),
      secretKey: undefined,
      mongodbUri: undefined,
      defaultLanguage: 'he',
      defaultRegion: 'IL',
      defaultTimeZone: 'Asia/Jerusalem',
      logLevel: 'info',
      metricsToken: undefined,
      inboundQueueMax: 2000,
      shutdownGraceSeconds: 10,
      chromiumPath: undefined,
      widgetOrigins: ['*'],
      brandName: { he: 'קשוב', en: 'Kashuv' },
    });
  });

  test('are taken from the environment', () => {
    const read = config({
      PORT: '0',
      HOST: '::',
      PUBLIC_BASE_URL: 'https://survey.example.com/',
      DATA_DIR: '/data',
      SECRET_KEY: secret,
      MONGODB_URI: 'mongodb://db.example.com/surveys?replicaSet=rs0',
      DEFAULT_LANGUAGE: 'en',
      DEFAULT_REGION: 'GB',
      DEFAULT_TIME_ZONE: 'Europe/London',
      LOG_LEVEL: 'debug',
      METRICS_TOKEN: token,
      INBOUND_QUEUE_MAX: '50',
      SHUTDOWN_GRACE_SECONDS: '25',
      CHROMIUM_PATH: '/opt/chrome',
      WIDGET_ORIGINS: 'https://shop.example.com  http://localhost:8080',
      BRAND_NAME: 'הדואר',
    });
    expect(read).toEqual({
      port: 0,
      host: '::',
      publicBaseUrl: 'https://survey.example.com',
      dataDir: resolve('/data'),
      secretKey: secret,
      mongodbUri: 'mongodb://db.example.com/surveys?replicaSet=rs0',
      defaultLanguage: 'en',
      defaultRegion: 'GB',
      defaultTimeZone: 'Europe/London',
      logLevel: 'debug',
      metricsToken: token,
      inboundQueueMax: 50,
      shutdownGraceSeconds: 25,
      chromiumPath: '/opt/chrome',
      widgetOrigins: ['https://shop.example.com', 'http://localhost:8080'],
      brandName: { he: 'הדואר', en: 'הדואר' },
    });
  });

  test('that are empty count as absent', () => {
    expect(config({ PORT: '', DEFAULT_LANGUAGE: ' ', SECRET_KEY: '', TWILIO_AUTH_TOKEN: '' }).port).toBe(
      3000,
    );
  });

  test.each([
    ['PORT', ['abc', '-1', '65536', '3000.5', '0x10', '1e3']],
    ['HOST', ['http://localhost', 'a b', 'host/path']],
    [
      'PUBLIC_BASE_URL',
      [
        'survey.example.com',
        'ftp://example.com',
        'https://example.com/surveys',
        'https://example.com/?a=1',
        'https://me:word@example.com',
      ],
    ],
    ['SECRET_KEY', ['short', 'x'.repeat(31)]],
    ['DEFAULT_LANGUAGE', ['fr', 'HE', 'hebrew']],
    ['DEFAULT_REGION', ['il', 'ISR', 'QQ', '972']],
    ['DEFAULT_TIME_ZONE', ['Israel/Haifa', '+03:00', 'IST2']],
    ['LOG_LEVEL', ['loud', 'INFO', '30']],
    ['METRICS_TOKEN', ['short', `${token} ${token}`]],
    ['INBOUND_QUEUE_MAX', ['0', '-1', '1e3', '1000001', 'many']],
    ['SHUTDOWN_GRACE_SECONDS', ['0', '3601', '2.5', '10s']],
    ['WIDGET_ORIGINS', ['example.com', '* https://a.example', 'https://a.example/page']],
    ['BRAND_NAME', ['x'.repeat(61)]],
  ])('refuse a wrong %s', (setting, values) => {
    for (const value of values) expect(faults({ [setting]: value }), value).toEqual([setting]);
  });

  test('are all checked before anything is said, and each fault says what to write instead', () => {
    const told = said({
      PORT: 'abc',
      DEFAULT_LANGUAGE: 'fr',
      DEFAULT_TIME_ZONE: 'Mars',
      SLACK_BOT_TOKEN: 'a-token',
    });
    expect(told.split('\n')).toEqual([
      '4 settings are wrong:',
      '  SLACK_BOT_TOKEN is set, and this version has no Slack channel. Remove it.',
      '  PORT is "abc". Write a number from 0 to 65535; 0 takes any free port.',
      '  DEFAULT_LANGUAGE is "fr". Write one of: he, en.',
      '  DEFAULT_TIME_ZONE is "Mars". Write the name of a time zone, such as Asia/Jerusalem.',
    ]);
  });

  test('of parts that this version does not have are refused, never ignored', () => {
    expect(faults({ SLACK_BOT_TOKEN: 'a-token', DIRECTLINE_SECRET_FILE: '/run/secrets/directline' })).toEqual(
      ['SLACK_BOT_TOKEN', 'DIRECTLINE_SECRET_FILE'],
    );
  });

  test('never show a secret in a fault', () => {
    const told = said({
      SECRET_KEY: 'my-short-secret',
      TWILIO_AUTH_TOKEN: 'my-token',
      METRICS_TOKEN: 'my-bearer',
    });
    expect(told).toContain('SECRET_KEY is too short.');
    expect(told).toContain('METRICS_TOKEN is too short, or holds spaces.');
    expect(told).not.toMatch(/my-short-secret|my-token|my-bearer/);
  });
});

describe('MONGODB_URI', () => {
  test.each([
    'db.example.com',
    'http://db.example.com',
    'mongodb://',
    'mongodb:///kashuv',
    'mongodb+srv://?x',
  ])('refuses %s, which is no address of a MongoDB, and does not repeat it', (uri) => {
    const told = said({ MONGODB_URI: uri, SECRET_KEY: secret });
    expect(told).toContain('MONGODB_URI is not the address of a MongoDB.');
    expect(told).not.toContain(`"${uri}"`);
  });

  test.each(['mongodb://a,b:27018/?replicaSet=rs0', 'mongodb+srv://me:word@cluster.example.com/kashuv'])(
    'takes %s',
    (uri) => {
      expect(config({ MONGODB_URI: uri, SECRET_KEY: secret }).mongodbUri).toBe(uri);
    },
  );

  test('needs a SECRET_KEY beside it, because a secret of one machine would seal what the others cannot open', () => {
    expect(said({ MONGODB_URI: 'mongodb://db/kashuv', PORT: 'abc' }).split('\n')).toEqual([
      '2 settings are wrong:',
      expect.stringContaining('PORT is "abc".'),
      expect.stringMatching(/SECRET_KEY is needed beside MONGODB_URI\. .*the same for every process/),
    ]);
    expect(said({ MONGODB_URI: 'mongodb://db/kashuv', SECRET_KEY: 'short' })).toContain(
      'SECRET_KEY is too short.',
    );
  });
});

describe('SECRET_KEY_FILE', () => {
  function secretFile(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'kashuv-secret-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'secret'), text);
    return join(folder, 'secret');
  }

  test('names a file that holds the secret, whose final line break does not count', () => {
    expect(config({ SECRET_KEY_FILE: secretFile(`${secret}\n`) }).secretKey).toBe(secret);
  });

  test('is a fault when the file cannot be read', () => {
    expect(said({ SECRET_KEY_FILE: '/nowhere/secret' })).toContain(
      'SECRET_KEY_FILE names /nowhere/secret, which cannot be read (ENOENT).',
    );
  });

  test('is a fault beside SECRET_KEY, because nobody could tell which one counts', () => {
    expect(faults({ SECRET_KEY: secret, SECRET_KEY_FILE: secretFile(secret) })).toEqual(['SECRET_KEY_FILE']);
  });

  test('has its like for the address of MongoDB', () => {
    const uri = 'mongodb://me:word@db/kashuv';
    expect(config({ SECRET_KEY: secret, MONGODB_URI_FILE: secretFile(uri) }).mongodbUri).toBe(uri);
    expect(faults({ SECRET_KEY: secret, MONGODB_URI: uri, MONGODB_URI_FILE: secretFile(uri) })).toEqual([
      'MONGODB_URI_FILE',
    ]);
    expect(said({ SECRET_KEY: secret, MONGODB_URI: 'word@db' })).not.toContain('word@db');
  });

  test('is held to the same length as SECRET_KEY', () => {
    expect(faults({ SECRET_KEY_FILE: secretFile('short') })).toEqual(['SECRET_KEY']);
  });

  test('is a fault when the file is empty', () => {
    expect(faults({ SECRET_KEY_FILE: secretFile('\n') })).toEqual(['SECRET_KEY']);
  });
});
