import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { openConversation, postMessage } from '../support/chat-client.ts';
import { desktop, eventually, phone } from './chat-reader.ts';
import { setUpChat } from './chat-setting.ts';
import { signInStaff, staffSentences } from './staff-reader.ts';

const chat = setUpChat();

/** Somebody who has answered and now waits for a person. */
async function somebodyWaits(): Promise<{ sessionId: string; caseId: string }> {
  const { url, app } = chat.server;
  const { conversationId } = await openConversation(url, { touchpoint: 'purchase', language: 'he' });
  for (const [id, text] of Object.entries({ a: '8', b: 'נציג', c: 'אפשר לדבר עם מישהו?' })) {
    await postMessage(url, conversationId, { id, text });
    await app.conversations.idle();
  }
  const { items } = await app.store.listCases({ limit: 1, open: true });
  return { sessionId: items[0]?.sessionId ?? '', caseId: items[0]?.id ?? '' };
}

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe.skipIf(!hasBrowser).each(['he', 'en'] as const)('the pages of staff in %s', (language) => {
  const own = staffSentences[language];

  test.each([
    ['a phone by day', { ...phone, colorScheme: 'light' }],
    ['a desktop by night', { ...desktop, colorScheme: 'dark' }],
  ] as const)(
    'have no serious finding of axe on %s, and nothing wider than the screen',
    async (_, options) => {
      const { sessionId, caseId } = await somebodyWaits();
      const visitor = await chat.visit(language, options);
      const { page: outside } = await visitor.open('/results');
      await outside.getByText(own.sign_in_how).waitFor();
      expect(await seriousFindings(outside)).toEqual([]);

      const { page, open, main } = await signInStaff(chat, language, options);
      const places = [
        '/results',
        `/results/responses/${sessionId}`,
        '/results/cases',
        `/results/cases/${caseId}`,
        '/results/questionnaires',
        '/results/questionnaires/purchase-nps',
        '/results/links',
      ];
      for (const place of places) {
        await open(place);
        await main.locator('.card').first().waitFor();
        expect([place, await seriousFindings(page)]).toEqual([place, []]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([place, Math.max(0, overflow)]).toEqual([place, 0]);
      }
    },
  );

  test('can be used with the keyboard alone, from the first Tab to a reply', async () => {
    const { caseId } = await somebodyWaits();
    const { page, main } = await signInStaff(chat, language);
    const focused = page.locator(':focus');
    const press = (key: string) => page.keyboard.press(key);
    async function tabTo(target: Locator): Promise<void> {
      for (let count = 0; count < 40; count += 1) {
        if ((await target.count()) > 0 && (await target.evaluate((node) => node === document.activeElement)))
          return;
        await press('Tab');
      }
      throw new Error(`Tab does not lead to ${target}`);
    }

    await press('Tab');
    expect(await focused.textContent()).toBe(own.skip_to_content);
    await tabTo(page.getByRole('navigation').getByRole('link', { name: own.cases }));
    await press('Enter');
    // The focus goes on at the new view, as it would after a new page.
    await eventually(() => focused.evaluate((node) => node.id)).toBe('content');
    await tabTo(main.locator(`a[href="/results/cases/${caseId}"]`));
    await press('Enter');
    const box = page.getByRole('textbox', { name: own.your_reply });
    await box.waitFor();
    await tabTo(box);
    await page.keyboard.type('Hello');
    await press('Shift+Enter');
    await page.keyboard.type('there');
    await press('Enter');
    await main.locator('.bubble').getByText('Hello there').waitFor();
    await tabTo(page.getByRole('button', { name: own.close_case, exact: true }));
    await press('Enter');
    await tabTo(page.getByRole('button', { name: own.close_case_yes, exact: true }));
    await press('Enter');
    await main.getByText(own.case_over_closed).waitFor();
  });
});
