import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { eventually, phone, type Reader, sentences, textsOf } from './chat-reader.ts';
import { setUpChat } from './chat-setting.ts';

const chat = setUpChat();

const messagesOf = '**/conversations/*/messages';

describe.skipIf(!hasBrowser).each(['he', 'en'] as const)('the chat page in %s', (language) => {
  const own = sentences[language];
  const promptOf = (questionId: string) => textsOf('purchase-nps', questionId, language).prompt;
  async function waitingMark(page: Page): Promise<void> {
    await page.locator('.waiting:visible', { hasText: own.waiting_to_send }).waitFor();
  }

  test('shows the whole conversation again after a reload, nothing twice, and goes on', async () => {
    const { reader } = await chat.openPurchase(language);
    await reader.choice(10).click();
    await reader.hears(promptOf('praise'));
    await reader.says('All of it');
    await reader.hears(promptOf('ordering'));
    await reader.rests();
    const before = await reader.lines();

    await reader.page.reload();
    await reader.choice(5).waitFor();
    expect(await reader.lines()).toEqual(before);
    expect(await reader.choice(10).count()).toBe(0);
    await reader.choice(5).click();
    await reader.hears(promptOf('brought'));
  });

  test('keeps what was said while the server was down, and says it once when it is back', async () => {
    const { reader } = await chat.openPurchase(language, phone);
    const { page } = reader;
    await reader.choice(10).tap();
    await reader.hears(promptOf('praise'));
    const before = await reader.lines();

    await chat.server.stop();
    await page.getByText(own.offline, { exact: true }).waitFor();
    await reader.says('Said to nobody');
    await waitingMark(page);
    await page.getByText(own.offline_kept).waitFor();

    await chat.server.start();
    await reader.hears(promptOf('ordering'));
    await page.locator('#connection:empty').waitFor({ state: 'attached' });
    await reader.rests();
    expect(await reader.lines()).toEqual([...before, 'Said to nobody', promptOf('ordering')]);
    expect(await timesStored(reader, 'Said to nobody')).toBe(1);
  });

  test('keeps a tap while it is offline, shows it at once, and sends it when the network is back', async () => {
    const { visitor, reader } = await chat.openPurchase(language, phone);
    await visitor.context.setOffline(true);
    await reader.choice(9).tap();
    await waitingMark(reader.page);
    expect(await reader.thread.getByRole('button', { pressed: true }).allTextContents()).toEqual(['9']);
    expect(await reader.choice(8).count()).toBe(0);
    await reader.page.getByText(own.offline_kept).waitFor();
    await reader.page.locator('#typing').waitFor({ state: 'hidden' });
    await visitor.context.setOffline(false);
    await reader.hears(promptOf('praise'));
    await reader.rests();
  });

  test('sends after a reload what the page before could not send, under the same id', async () => {
    const { visitor, reader } = await chat.openPurchase(language);
    await reader.choice(10).click();
    await reader.hears(promptOf('praise'));
    const ids = new Set<string>();
    await visitor.context.route(messagesOf, (route) => {
      const { id }: { id: string } = route.request().postDataJSON();
      ids.add(id);
      return ids.size === 1 && isBlocked ? route.abort() : route.continue();
    });
    let isBlocked = true;
    await reader.says('Sent later');
    await waitingMark(reader.page);
    await eventually(() => ids.size).toBe(1);
    await reader.page.reload();
    await waitingMark(reader.page);
    isBlocked = false;
    await reader.hears(promptOf('ordering'));
    await reader.rests();
    expect(ids.size).toBe(1);
    expect(await timesStored(reader, 'Sent later')).toBe(1);
  });

  test('waits as long as a busy server asks, and says so', async () => {
    const { visitor, reader } = await chat.openPurchase(language);
    let attempts = 0;
    await visitor.context.route(messagesOf, (route) => {
      attempts += 1;
      return attempts === 1
        ? route.fulfill({ status: 503, headers: { 'retry-after': '3' }, body: '' })
        : route.continue();
    });
    await reader.choice(10).click();
    await reader.page.getByText(own.busy_kept).waitFor();
    expect(attempts).toBe(1);
    await reader.hears(promptOf('praise'));
    expect(attempts).toBe(2);
  });

  test('gives words back that the server refused, so that they can be changed', async () => {
    const { visitor, reader } = await chat.openPurchase(language);
    await reader.choice(10).click();
    await reader.hears(promptOf('praise'));
    await visitor.context.route(messagesOf, (route) => route.fulfill({ status: 413, body: '{}' }), {
      times: 1,
    });
    await reader.says('Not taken');
    await reader.page.getByText(own.refused_too_long).waitFor();
    await reader.page.reload();
    await reader.button(own.edit).click();
    expect(await reader.composer.inputValue()).toBe('Not taken');
    await reader.composer.press('Enter');
    await reader.hears(promptOf('ordering'));
  });

  test('keeps two tabs in step', async () => {
    const { visitor, reader } = await chat.openPurchase(language);
    const second = await visitor.open('/?touchpoint=purchase');
    await second.choice(0).waitFor();
    expect(await second.lines()).toEqual(await reader.lines());

    await reader.choice(9).click();
    await second.hears(promptOf('praise'));
    expect(await second.thread.getByRole('button', { pressed: true }).allTextContents()).toEqual(['9']);
    expect(await second.choice(9).count()).toBe(0);
    await second.says('From the other tab');
    await reader.choice(4).click();
    await second.hears(promptOf('brought'));
    await second.button(own.other_language).click();
    await eventually(() => reader.page.locator('html').getAttribute('lang')).not.toBe(language);
    await Promise.all([reader.rests(), second.rests()]);
    expect(await second.lines()).toEqual(await reader.lines());
  });

  test('passes the reader to a person and back, and tells who speaks', async () => {
    const { reader } = await chat.openPurchase(language, phone);
    const { page } = reader;
    await reader.button(own.human).tap();
    await page.getByText(own.human_waiting).waitFor();
    expect(await reader.button(own.human_on).isDisabled()).toBe(true);
    expect(await reader.choice(9).count()).toBe(0);
    await reader.says('Hello?');
    await reader.rests();

    const { items } = await chat.server.app.store.listCases({ limit: 10, open: true });
    const caseId = items[0]?.id ?? '';
    await chat.server.app.conversations.actOnCase(caseId, {
      type: 'reply',
      text: 'Dana here. https://example.com/7',
    });
    await reader.hears('Dana here. https://example.com/7');
    await page.getByText(own.human_talking).waitFor();
    expect(await reader.thread.getByRole('listitem').last().textContent()).toContain(own.from_staff);

    await chat.server.app.conversations.actOnCase(caseId, { type: 'return' });
    await reader.choice(9).tap();
    await reader.hears(promptOf('praise'));
    expect(await reader.button(own.human).isEnabled()).toBe(true);
  });

  test('lets the reader stop everything and come back', async () => {
    const { reader } = await chat.openPurchase(language);
    await reader.says(language === 'he' ? 'הסר' : 'STOP');
    await reader.button(own.start).click();
    await reader.button(own.start).waitFor({ state: 'hidden' });
    await reader.rests();
  });
});

describe.skipIf(!hasBrowser)('the chat page', () => {
  const language = 'he';
  const own = sentences[language];
  const promptOf = (questionId: string) => textsOf('purchase-nps', questionId, language).prompt;

  test('catches up with what was said elsewhere while it was away', async () => {
    const { visitor, reader } = await chat.openPurchase(language);
    const second = await visitor.open('/?touchpoint=purchase');
    await second.choice(10).waitFor();
    await reader.page.route('**/events*', (route) => route.abort());
    await chat.server.stop();
    await chat.server.start();
    await second.choice(10).click();
    await second.hears(promptOf('praise'));
    await reader.page.getByText(own.offline, { exact: true }).waitFor();
    await reader.page.unroute('**/events*');
    await reader.hears(promptOf('praise'));
    await reader.rests();
    expect(await reader.lines()).toEqual(await second.lines());
  });

  test('repeats under the same id when the answer to a message was lost', async () => {
    const { visitor, reader } = await chat.openPurchase(language);
    await reader.choice(10).click();
    await reader.hears(promptOf('praise'));
    let attempts = 0;
    await visitor.context.route(messagesOf, async (route) => {
      attempts += 1;
      if (attempts > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await reader.says('Only once');
    await reader.hears(promptOf('ordering'));
    await reader.rests();
    expect(await timesStored(reader, 'Only once')).toBe(1);
  });

  test('works where the browser keeps nothing', async () => {
    const visitor = await chat.visit(language);
    await visitor.context.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('denied', 'SecurityError');
          },
        });
      }
    });
    const reader = await visitor.open('/?touchpoint=purchase');
    await reader.choice(10).click();
    await reader.hears(promptOf('praise'));
    await reader.says('Still here');
    await reader.hears(promptOf('ordering'));
  });

  test('opens the conversation again when the server has forgotten it, and keeps the words', async () => {
    const { visitor, reader } = await chat.openPurchase(language);
    await visitor.context.clearCookies();
    await visitor.context.route(messagesOf, (route) => route.fulfill({ status: 404, body: '{}' }), {
      times: 1,
    });
    await reader.says('Lost with it');
    await reader.page.getByText(own.refused_gone).waitFor();
    await reader.choice(10).click();
    await reader.hears(promptOf('praise'));
    await reader.button(own.edit).click();
    expect(await reader.composer.inputValue()).toBe('Lost with it');
  });
});

/** How often the words were said in the conversation as the server has it. */
async function timesStored(reader: Reader, words: string): Promise<number> {
  const [cookie] = await reader.page.context().cookies();
  if (!cookie) throw new Error('The visitor has no cookie');
  const second = await chat.visit('he');
  await second.context.addCookies([cookie]);
  const { page, thread, rests } = await second.open('/?touchpoint=purchase');
  await thread.locator('.bubble').first().waitFor();
  await rests();
  return page.locator('.own .bubble', { hasText: words }).count();
}
