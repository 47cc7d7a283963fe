import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type App, createApp } from '../src/app.ts';
import { testConfig } from './support/test-app.ts';

let folder: string;
let keyFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kashuv-key-'));
  keyFile = join(folder, 'secret.key');
});

afterEach(() => rmSync(folder, { recursive: true }));

function start(settings: Readonly<Record<string, string>> = {}): Promise<App> {
  return createApp({
    config: testConfig({ DATA_DIR: folder, ...settings }),
    log: pino({ level: 'silent' }),
  });
}

async function startAndStop(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  await (await start(settings)).close();
}

const key = 'a key of the settings that is long enough';

describe('[K4] the secret key', () => {
  test('is made at the first start, for its owner only, and stays', async () => {
    await startAndStop();
    const made = readFileSync(keyFile, 'utf8');
    expect(made.length).toBeGreaterThan(40);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    await startAndStop();
    expect(readFileSync(keyFile, 'utf8')).toBe(made);
  });

  test('of the settings is used as it is, and no other is made', async () => {
    await startAndStop({ SECRET_KEY: key });
    expect(existsSync(keyFile)).toBe(false);
    await startAndStop({ SECRET_KEY: key });
  });

  test('that differs from the one the data was written with is refused, and says which is right', async () => {
    await startAndStop();
    await expect(start({ SECRET_KEY: key })).rejects.toMatchObject({
      name: 'StoreError',
      code: 'wrong_key',
      message: expect.stringMatching(/^SECRET_KEY holds another key .*leave SECRET_KEY out\.$/),
    });
    await startAndStop();
  });

  test('that was replaced in the data folder is refused', async () => {
    await startAndStop();
    const kept = `${keyFile}.kept`;
    renameSync(keyFile, kept);
    writeFileSync(keyFile, key);
    await expect(start()).rejects.toMatchObject({
      code: 'wrong_key',
      message: expect.stringContaining(`${keyFile} holds another key than this data was written with`),
    });
    renameSync(kept, keyFile);
    await startAndStop();
  });

  test('that is gone is not made anew: nobody would be found again', async () => {
    await startAndStop({ SECRET_KEY: key });
    await expect(start()).rejects.toMatchObject({
      code: 'wrong_key',
      message: expect.stringMatching(/is gone: .*does not exist and SECRET_KEY is not set/),
    });
    expect(existsSync(keyFile)).toBe(false);
    await startAndStop({ SECRET_KEY: key });
  });
});
