import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import english from '../../locales/en/chat.json' with { type: 'json' };
import hebrew from '../../locales/he/chat.json' with { type: 'json' };
import type { Language } from '../../src/dialogs/language.ts';
import type { QuestionnaireDocument } from '../../src/dialogs/questionnaire.ts';
import { readExamples } from '../support/examples.ts';

export const sentences = { he: hebrew, en: english } as const;

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
export const desktop = { viewport: { width: 1280, height: 800 } } as const;

/** How long a page may take for anything, on a busy machine. */
const timeout = 15_000;

const examples = readExamples();

/** What the shipped questionnaire says at a question. */
export function textsOf(questionnaireId: string, questionId: string, language: Language) {
  const document: QuestionnaireDocument | undefined = examples.get(questionnaireId);
  const texts = document?.texts[language]?.questions?.[questionId];
  const prompt = texts?.prompt;
  if (prompt === undefined)
    throw new Error(`${questionnaireId} has no texts for ${questionId} in ${language}`);
  return { ...texts, prompt, options: texts?.options ?? {} };
}

/** One person's browser, with what it remembers. Everything that its pages complain about is collected. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly complaints: string[];
  open(path: string): Promise<Reader>;
  close(): Promise<void>;
}

export async function newVisitor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: url, locale: 'he-IL', ...desktop, ...options });
  context.setDefaultTimeout(timeout);
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    // What does not load is each test's own business; everything else is a fault of the page.
    if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(message.text()))
      complaints.push(message.text());
  });
  context.on('response', (response) => {
    // Such as when the pages are built anew under the feet of a running test.
    if (response.status() === 404 && response.url().includes('/assets/'))
      complaints.push(`${response.url()} is not there`);
  });
  return {
    context,
    complaints,
    async open(path) {
      const page = await context.newPage();
      await page.goto(path);
      return readerOf(page);
    },
    close: () => context.close(),
  };
}

/** A page as the person who reads it sees and uses it. */
export interface Reader {
  readonly page: Page;
  readonly thread: Locator;
  readonly composer: Locator;
  /** Choices that can be tapped now. */
  choice(name: string | number): Locator;
  box(name: string): Locator;
  /** Taps the row of a box. */
  ticks(name: string): Promise<void>;
  button(name: string): Locator;
  says(text: string): Promise<void>;
  /** Resolves when the words are the last in the conversation. */
  hears(words: string | RegExp): Promise<void>;
  /** The conversation, line by line. */
  lines(): Promise<string[]>;
  /** Resolves when nothing is on its way. */
  rests(): Promise<void>;
}

function readerOf(page: Page): Reader {
  const thread = page.locator('#thread');
  const composer = page.locator('#composer').getByRole('textbox').first();
  const bubbles = thread.locator('.bubble');
  const reader: Reader = {
    page,
    thread,
    composer,
    choice: (name) => thread.getByRole('button', { name: String(name), exact: true, disabled: false }),
    box: (name) => thread.getByRole('checkbox', { name, exact: true, disabled: false }),
    ticks: (name) =>
      thread
        .locator('label', { has: page.getByText(name, { exact: true }) })
        .last()
        .click(),
    button: (name) => page.getByRole('button', { name, exact: true }),
    async says(text) {
      await composer.fill(text);
      await composer.press('Enter');
    },
    async hears(words) {
      await expect.poll(() => bubbles.last().textContent(), { timeout }).toMatch(words);
    },
    lines: () => bubbles.allTextContents(),
    async rests() {
      await expect
        .poll(() => thread.locator('[data-state="waiting"], [data-state="sent"]').count(), { timeout })
        .toBe(0);
      await page.locator('#typing').waitFor({ state: 'hidden' });
    },
  };
  return reader;
}

/** Waits until what is read is as it should be. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout });
}
