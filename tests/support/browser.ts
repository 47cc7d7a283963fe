import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/** False when this machine has no browser: browser tests are then skipped (`describe.skipIf(!hasBrowser)`), and the run says so in a box. */
export const hasBrowser = inject('browserPath') !== '';

/** Starts the browser that the set-up step found, headless and with an empty profile of its own. The test that starts it closes it. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: inject('browserPath'),
    headless: true,
    args: [
      '--no-sandbox', // the tests may run as root in a container, where Chromium's sandbox cannot start
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
