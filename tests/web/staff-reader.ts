import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import english from '../../locales/en/results.json' with { type: 'json' };
import hebrew from '../../locales/he/results.json' with { type: 'json' };
import type { Language } from '../../src/dialogs/language.ts';
import type { ChatSetting } from './chat-setting.ts';

export const staffSentences = { he: hebrew, en: english } as const;

/** A member of staff at the pages, signed in. */
export interface StaffReader {
  readonly page: Page;
  readonly main: Locator;
  open(path: string): Promise<void>;
  button(name: string): Locator;
  link(name: string | RegExp): Locator;
  /** Goes to a section by its name in the navigation. */
  goTo(section: string): Promise<void>;
}

/** Opens a fresh admin link in a browser of this language. */
export async function signInStaff(
  chat: ChatSetting,
  language: Language,
  options: BrowserContextOptions = {},
): Promise<StaffReader> {
  const visitor = await chat.visit(language, options);
  const { page } = await visitor.open(await chat.server.adminLink());
  await page.waitForURL('**/results');
  const main = page.getByRole('main');
  await main.getByRole('heading', { level: 1 }).waitFor();
  return {
    page,
    main,
    async open(path) {
      await page.goto(path);
      await main.getByRole('heading', { level: 1 }).first().waitFor();
    },
    button: (name) => page.getByRole('button', { name, exact: true }),
    link: (name) => main.getByRole('link', { name }),
    async goTo(section) {
      await page.getByRole('navigation').getByRole('link', { name: section }).click();
    },
  };
}
