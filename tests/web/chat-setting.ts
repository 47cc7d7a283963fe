import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import type { Language } from '../../src/dialogs/language.ts';
import { hasBrowser, launchBrowser } from '../support/browser.ts';
import { newVisitor, type Reader, type Visitor } from './chat-reader.ts';
import { type ChatServer, startChatServer } from './chat-server.ts';

/** One browser and one server for the tests of a file; each visitor is a new person. */
export interface ChatSetting {
  readonly browser: Browser;
  readonly server: ChatServer;
  /** Someone whose browser speaks this language; gone after the test, and the test fails if a page complained. */
  visit(language: Language, options?: BrowserContextOptions, url?: string): Promise<Visitor>;
  openPurchase(
    language: Language,
    options?: BrowserContextOptions,
  ): Promise<{ visitor: Visitor; reader: Reader }>;
}

export function setUpChat({ channels = [] }: { readonly channels?: readonly Channel[] } = {}): ChatSetting {
  const visitors: Visitor[] = [];
  let running: { browser: Browser; server: ChatServer } | undefined;

  function parts() {
    if (!running) throw new Error('The browser and the server run during the tests only');
    return running;
  }

  beforeAll(async () => {
    if (!hasBrowser) return;
    const [browser, server] = await Promise.all([launchBrowser(), startChatServer({}, channels)]);
    running = { browser, server };
  });

  afterAll(async () => {
    await running?.browser.close();
    await running?.server.close();
  });

  afterEach(async () => {
    await running?.server.start();
    const complaints = visitors.flatMap((visitor) => visitor.complaints);
    for (const visitor of visitors.splice(0)) await visitor.close();
    expect(complaints).toEqual([]);
  });

  async function visit(language: Language, options: BrowserContextOptions = {}, url = parts().server.url) {
    const locale = language === 'he' ? 'he-IL' : 'en-GB';
    const visitor = await newVisitor(parts().browser, url, { locale, ...options });
    visitors.push(visitor);
    return visitor;
  }

  return {
    get browser() {
      return parts().browser;
    },
    get server() {
      return parts().server;
    },
    visit,
    async openPurchase(language, options) {
      const visitor = await visit(language, options);
      const reader = await visitor.open('/?touchpoint=purchase');
      await reader.choice(0).waitFor();
      return { visitor, reader };
    },
  };
}
