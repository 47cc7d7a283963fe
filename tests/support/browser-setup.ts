import type { TestProject } from 'vitest/node';
import { box } from './box.ts';
import { findBrowser, installBrowser, thisMachine } from './find-browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the browser for the tests; empty when this machine has none. */
    browserPath: string;
  }
}

/**
 * Runs once before the tests: finds a browser, or installs one where it may. Without a browser the browser tests are skipped and a box says so
 * before and after the run; where CI is set a missing browser fails the run, because a skipped test must not look like a passed one there.
 */
export function setup(project: TestProject): (() => void) | undefined {
  const machine = thisMachine();
  const path = findBrowser(machine) ?? installBrowser(machine);
  project.provide('browserPath', path ?? '');
  if (path) return undefined;
  if (process.env.CI) throw new Error(missingBrowser.join(' '));
  console.warn(box(missingBrowser));
  return () => console.warn(box(missingBrowser));
}

const missingBrowser = [
  'THE BROWSER TESTS ARE SKIPPED.',
  'No Chromium or Chrome was found, and none could be installed here.',
  'Install Chromium or Chrome, or set CHROMIUM_PATH to the one that you have,',
  'and run the tests again.',
];
