import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { desktop, eventually, phone, sentences, textsOf } from './chat-reader.ts';
import { setUpChat } from './chat-setting.ts';

const chat = setUpChat();

describe.skipIf(!hasBrowser)('the widget in a page of another site', () => {
  let site: Server;
  let siteUrl: string;
  let tag = '';

  beforeAll(async () => {
    site = createServer((_, response) => {
      // The site's own policy is as strict as it can be while it allows the chat.
      response.setHeader(
        'content-security-policy',
        `default-src 'none'; script-src ${chat.server.url}; frame-src ${chat.server.url}`,
      );
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Shop</title></head><body><h1>Shop</h1><button>Buy</button>${tag}</body></html>`,
      );
    });
    site.listen(0, 'localhost');
    await once(site, 'listening');
    const address = site.address();
    siteUrl = `http://localhost:${typeof address === 'object' ? address?.port : ''}/`;
  });

  afterAll(() => {
    site?.closeAllConnections();
    site?.close();
  });

  async function open(attributes: string, options: BrowserContextOptions = {}): Promise<Page> {
    tag = `<script async src="${chat.server.url}/widget.js" ${attributes}></script>`;
    const visitor = await chat.visit('en', options, siteUrl);
    const { page } = await visitor.open('/');
    return page;
  }

  const frameOf = (page: Page) => page.frameLocator('iframe');

  test('opens the chat at its touchpoint and in its language, and takes answers', async () => {
    const page = await open('data-touchpoint="purchase" data-language="he"');
    await page.getByRole('button', { name: 'ספרו לנו איך היה' }).click();
    const frame = frameOf(page);
    await frame.getByRole('button', { name: '10', exact: true }).click();
    await frame
      .locator('#thread')
      .getByText(textsOf('purchase-nps', 'praise', 'he').prompt)
      .waitFor();
    expect(await frame.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await frame.getByRole('link', { name: sentences.he.other_moments }).count()).toBe(0);
  });

  test('takes its language from the site where the tag says none, and its words, colour and side from the tag', async () => {
    const page = await open(
      'data-touchpoint="purchase" data-label="Feedback" data-color="#7c2d12" data-side="start"',
    );
    const launcher = page.getByRole('button', { name: 'Feedback' });
    await launcher.waitFor();
    expect(await launcher.evaluate((node) => getComputedStyle(node).backgroundColor)).toBe(
      'rgb(124, 45, 18)',
    );
    expect((await launcher.boundingBox())?.x).toBe(20);
    await launcher.click();
    await frameOf(page).locator('html[lang="en"]').waitFor();
  });

  test('stands at the end of the line: on the left in Hebrew, on the right in English', async () => {
    for (const [language, isLeft] of [
      ['he', true],
      ['en', false],
    ] as const) {
      const page = await open(`data-language="${language}"`);
      const launcher = page.locator('[data-kashuv-widget]').getByRole('button').first();
      const box = await launcher.boundingBox();
      expect((box?.x ?? 0) < 640).toBe(isLeft);
    }
  });

  test('is opened and closed with the keyboard, and gives the focus back', async () => {
    const page = await open('data-touchpoint="purchase"');
    const launcher = page.getByRole('button', { name: 'Tell us how it went' });
    const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName);
    await launcher.focus();
    await page.keyboard.press('Enter');
    await frameOf(page).getByRole('button', { name: '10', exact: true }).waitFor();
    expect(await focused()).toBe('IFRAME');
    await page.keyboard.press('Escape');
    await launcher.waitFor();
    expect(await focused()).toBe('BUTTON');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Close' }).press('Escape');
    await launcher.waitFor();
    expect(await focused()).toBe('BUTTON');
  });

  test('keeps the conversation while it is closed, and tells of news', async () => {
    const page = await open('data-touchpoint="purchase"');
    await page.getByRole('button', { name: 'Tell us how it went' }).click();
    const frame = frameOf(page);
    await frame.getByRole('button', { name: sentences.en.human }).click();
    await frame.getByText(sentences.en.human_waiting).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    const { items } = await chat.server.app.store.listCases({ limit: 1, open: true });
    await chat.server.app.conversations.actOnCase(items[0]?.id ?? '', { type: 'reply', text: 'Dana here.' });
    await page.getByRole('button', { name: 'Tell us how it went (New message)' }).click();
    await frame.locator('#thread').getByText('Dana here.').waitFor();
  });

  test('fills a phone, keeps what is behind out of reach, and can always be closed', async () => {
    const page = await open('data-touchpoint="purchase"', phone);
    await page.getByRole('button', { name: 'Tell us how it went' }).tap();
    await frameOf(page).getByRole('button', { name: '10', exact: true }).waitFor();
    const box = await page.getByRole('dialog').boundingBox();
    expect(box).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    const takesFocus = await page.getByText('Buy').evaluate((node) => {
      if (node instanceof HTMLElement) node.focus();
      return document.activeElement === node;
    });
    expect(takesFocus).toBe(false);
    await page.getByRole('button', { name: 'Close' }).tap();
    await page.getByRole('button', { name: 'Buy' }).tap();
  });

  test("moves its close button with the chat's language", async () => {
    const page = await open('data-touchpoint="purchase"', desktop);
    await page.getByRole('button', { name: 'Tell us how it went' }).click();
    const dialog = await page.getByRole('dialog').boundingBox();
    const middle = (dialog?.x ?? 0) + (dialog?.width ?? 0) / 2;
    const close = page.locator('.close');
    expect((await close.boundingBox())?.x).toBeGreaterThan(middle);
    await frameOf(page).getByRole('button', { name: 'עברית' }).click();
    await page.getByRole('button', { name: 'סגירה' }).waitFor();
    await eventually(async () => ((await close.boundingBox())?.x ?? middle) < middle).toBe(true);
    expect(await page.getByRole('dialog').boundingBox()).toEqual(dialog);
  });

  test('stands there once even when its tag stands there twice, and leaves the page as it is', async () => {
    const script = `<script async src="${chat.server.url}/widget.js"></script>`;
    const page = await open(`></script>${script}<script async src="${chat.server.url}/widget.js"`);
    await page.locator('[data-kashuv-widget]').waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    expect(await page.locator('[data-kashuv-widget]').count()).toBe(1);
    expect(await page.evaluate(() => Object.keys(window).filter((name) => /kashuv/i.test(name)))).toEqual([]);
    expect(
      await page.getByRole('heading', { name: 'Shop' }).evaluate((node) => getComputedStyle(node).color),
    ).toBe('rgb(0, 0, 0)');
  });

  test('believes messages of its own frame only', async () => {
    const page = await open('data-touchpoint="purchase"');
    await page.getByRole('button', { name: 'Tell us how it went' }).click();
    await frameOf(page).getByRole('button', { name: '10', exact: true }).waitFor();
    await page.evaluate(() => window.postMessage({ kashuv: { kind: 'close' } }, '*'));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
  });

  test('has no serious finding of axe, closed and open', async () => {
    const page = await open('data-touchpoint="purchase"');
    const launcher = page.getByRole('button', { name: 'Tell us how it went' });
    await launcher.waitFor();
    const findings = async () =>
      (await new AxeBuilder({ page }).include('[data-kashuv-widget]').analyze()).violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, help }) => `${id}: ${help}`);
    expect(await findings()).toEqual([]);
    await launcher.click();
    await frameOf(page).getByRole('button', { name: '10', exact: true }).waitFor();
    expect(await findings()).toEqual([]);
  });
});
