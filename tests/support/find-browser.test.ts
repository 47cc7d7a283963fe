import { describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from './browser.ts';
import { findBrowser, installCommands, type Machine } from './find-browser.ts';

function machine(files: string[], rest: Partial<Machine> = {}): Machine {
  return {
    environment: {},
    platform: 'linux',
    home: '/home/me',
    isRoot: false,
    playwrightBrowser: '/home/me/.cache/ms-playwright/chrome',
    exists: (path) => files.includes(path),
    ...rest,
  };
}

describe('the browser for the tests', () => {
  test('is the one that CHROMIUM_PATH names, before any other', () => {
    const found = findBrowser(
      machine(['/usr/bin/chromium', '/opt/chrome'], { environment: { CHROMIUM_PATH: '/opt/chrome' } }),
    );
    expect(found).toBe('/opt/chrome');
  });

  test('is refused, not replaced, when CHROMIUM_PATH names no file', () => {
    const wrong = machine(['/usr/bin/chromium'], { environment: { CHROMIUM_PATH: '/opt/gone' } });
    expect(() => findBrowser(wrong)).toThrow('/opt/gone');
  });

  test.each([
    ['Debian', 'linux', ['/usr/bin/google-chrome', '/usr/bin/chromium'], '/usr/bin/chromium'],
    ['Linux with Chrome', 'linux', ['/usr/bin/google-chrome'], '/usr/bin/google-chrome'],
    [
      'macOS',
      'darwin',
      ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    [
      'Windows',
      'win32',
      ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    ],
    [
      'a machine where Playwright downloaded one',
      'linux',
      ['/home/me/.cache/ms-playwright/chrome'],
      '/home/me/.cache/ms-playwright/chrome',
    ],
  ] as const)('is found on %s', (_, platform, files, path) => {
    const environment = { PROGRAMFILES: 'C:\\Program Files' };
    expect(findBrowser(machine([...files], { platform, environment }))).toBe(path);
  });

  test('is absent on a machine that has none', () => {
    expect(findBrowser(machine([]))).toBeUndefined();
  });

  test('is installed by apt-get only for root on Debian, and by Playwright everywhere', () => {
    const debian = ['/etc/debian_version', '/usr/bin/apt-get'];
    const programs = (of: Machine) => installCommands(of).map(({ program }) => program);
    expect(programs(machine(debian, { isRoot: true }))).toEqual(['apt-get', 'apt-get', process.execPath]);
    expect(programs(machine(debian))).toEqual([process.execPath]);
    expect(programs(machine([], { isRoot: true }))).toEqual([process.execPath]);
  });

  test.skipIf(!hasBrowser)('starts and shows a page', async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.setContent('<h1 lang="he" dir="rtl">שלום</h1>');
      expect(await page.getByRole('heading').textContent()).toBe('שלום');
    } finally {
      await browser.close();
    }
  });
});
