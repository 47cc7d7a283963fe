import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { desktop, eventually, phone, type Reader, sentences, textsOf } from './chat-reader.ts';
import { setUpChat } from './chat-setting.ts';

const chat = setUpChat();

describe.skipIf(!hasBrowser).each(['he', 'en'] as const)('the chat page in %s', (language) => {
  const own = sentences[language];
  const textOf = (questionId: string) => textsOf('purchase-nps', questionId, language);
  async function openPurchase(options: BrowserContextOptions = {}): Promise<Reader> {
    const { reader } = await chat.openPurchase(language, options);
    return reader;
  }

  async function seriousFindings(page: Page) {
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  test.each([
    ['a phone by day', { ...phone, colorScheme: 'light' }],
    ['a desktop by night', { ...desktop, colorScheme: 'dark' }],
  ] as const)('has no serious finding of axe on %s, at any step', async (_, options) => {
    const visitor = await chat.visit(language, options);
    const list = await visitor.open('/');
    await list.page.getByRole('listitem').first().waitFor();
    expect(await seriousFindings(list.page)).toEqual([]);

    const reader = await visitor.open('/?touchpoint=purchase');
    const { page } = reader;
    await reader.choice(0).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await reader.choice(3).click();
    await reader.hears(textOf('got_in_way').prompt);
    await reader.ticks(textOf('got_in_way').options.price ?? '');
    expect(await seriousFindings(page)).toEqual([]);
    await reader.button(own.human).click();
    await page.getByText(own.human_waiting).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('can be used with the keyboard alone, from the list to the end', async () => {
    const visitor = await chat.visit(language);
    const reader = await visitor.open('/');
    const { page } = reader;
    await page.getByRole('listitem').first().waitFor();
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

    await tabTo(page.getByRole('listitem').first().getByRole('link'));
    await press('Enter');
    await reader.choice(0).waitFor();

    // The arrows follow what is seen: 1 stands left of 0 in Hebrew and right of it in English.
    await tabTo(reader.choice(0));
    await press(language === 'he' ? 'ArrowLeft' : 'ArrowRight');
    expect(await focused.textContent()).toBe('1');
    await press('End');
    expect(await focused.textContent()).toBe('10');
    await press('Home');
    await press('ArrowDown');
    await press('ArrowDown');
    await press('Enter');

    // The next question takes the focus over.
    await reader.hears(textOf('got_in_way').prompt);
    await eventually(() => focused.getAttribute('type')).toBe('checkbox');
    // Also when the button that was pressed is gone with it: there is nothing before the first question.
    await tabTo(reader.button(own.back));
    await press('Enter');
    await eventually(() => focused.textContent()).toBe('0');
    await press('Enter');
    await reader.hears(textOf('got_in_way').prompt);
    await eventually(() => focused.getAttribute('type')).toBe('checkbox');
    await press('Space');
    await tabTo(reader.button(own.done));
    await press('Space');
    await reader.hears(textOf('ordering').prompt);
    await eventually(() => focused.textContent()).toBe('1');
    await press('Enter');
    await reader.hears(textOf('brought').prompt);
    await eventually(() => focused.textContent()).toBe(textOf('brought').options.price);
    await press('Enter');
    await eventually(() => focused.textContent()).toBe(own.other_moments);

    // What got the focus was read with it; only the words at the end had to be announced.
    const heard = page.locator('[aria-live="polite"]:not([role]) p');
    await eventually(() => heard.count()).toBe(1);
    expect(await heard.textContent()).toBe((await reader.lines()).at(-1));
  });

  test('gives the focus to the composer where an answer is typed, and sends begun typing there', async () => {
    const reader = await openPurchase();
    await reader.page.keyboard.type('9');
    expect(await reader.composer.inputValue()).toBe('9');
    await reader.page.keyboard.press('Enter');
    await reader.hears(textOf('praise').prompt);
    expect(await reader.composer.evaluate((node) => node === document.activeElement)).toBe(true);
  });

  test('tells screen readers what is new, and not the history', async () => {
    const reader = await openPurchase();
    const heard = reader.page.locator('[aria-live="polite"]:not([role])');
    expect(await heard.textContent()).toBe('');
    await reader.says('3');
    await eventually(() => heard.locator('p').allTextContents()).toEqual([
      [textOf('got_in_way').prompt, Object.values(textOf('got_in_way').options).join(', ')].join('\n'),
    ]);
    await reader.page.reload();
    await reader.hears(textOf('got_in_way').prompt);
    expect(await heard.textContent()).toBe('');
    expect(await reader.thread.getAttribute('role')).toBeNull();
  });

  test('names its parts: the conversation, the groups of choices by their questions, the ends of a scale', async () => {
    const reader = await openPurchase();
    const { page, thread } = reader;
    await page.getByRole('list', { name: own.conversation }).waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const question = (await reader.lines()).at(-1) ?? '';
    const group = thread.getByRole('group', { name: question });
    await group.waitFor();
    expect(await group.getByRole('button').allTextContents()).toEqual(
      Array.from({ length: 11 }, (_, value) => String(value)),
    );
    const { low, high } = textOf('recommend');
    await group.getByRole('button', { name: '0', exact: true, description: low ?? '' }).waitFor();
    await group.getByRole('button', { name: '10', exact: true, description: high ?? '' }).waitFor();
  });

  test.each([320, 390, 1280])(
    'lays the scale out in one row of cells that a thumb can hit, %i wide',
    async (width) => {
      const reader = await openPurchase({ viewport: { width, height: 800 } });
      const cells = await reader.thread.getByRole('button').all();
      const boxes = await Promise.all(cells.map((cell) => cell.boundingBox()));
      const places = boxes.map((box) => box ?? { x: 0, y: 0, width: 0, height: 0 });
      expect(new Set(places.map(({ y }) => y)).size).toBe(1);
      for (const box of places) {
        expect(box.width).toBeGreaterThanOrEqual(24);
        expect(box.height).toBeGreaterThanOrEqual(44);
      }
      const starts = places.map(({ x }) => x);
      const inOrder = starts.toSorted((one, other) => (language === 'he' ? other - one : one - other));
      expect(starts).toEqual(inOrder);
      expect(await reader.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    },
  );

  test('has targets of 44 pixels around the conversation', async () => {
    const reader = await openPurchase(phone);
    await reader.choice(10).tap();
    await reader.hears(textOf('praise').prompt);
    const targets = reader.page
      .locator('#bar a, #bar button, #dock button, #dock textarea')
      .filter({ visible: true });
    for (const target of await targets.all()) {
      const box = await target.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), await target.ariaSnapshot()).toBeGreaterThanOrEqual(
        44,
      );
    }
    expect(await targets.count()).toBe(7);
  });

  test('stays at the end of the conversation unless the reader looks at what was before', async () => {
    const { visitor, reader } = await chat.openPurchase(language, { viewport: { width: 390, height: 500 } });
    const { page } = reader;
    const question = (name: string) => reader.thread.locator('.bubble', { hasText: name });
    await reader.says(language === 'he' ? 'אולי' : 'maybe');
    await reader.choice(10).click();
    await reader.hears(textOf('praise').prompt);
    await eventually(() => isSeen(question(textOf('praise').prompt))).toBe(true);

    await page.mouse.move(100, 200);
    await page.mouse.wheel(0, -2000);
    await eventually(() => page.evaluate(() => window.scrollY)).toBe(0);
    const second = await visitor.open('/?touchpoint=purchase');
    await second.says('From elsewhere');
    const newer = reader.button(own.new_message);
    await newer.waitFor();
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    await newer.click();
    await eventually(() => isSeen(reader.choice(5))).toBe(true);
    await newer.waitFor({ state: 'hidden' });
  });

  test('does not move what is being read while an answer comes', async () => {
    const reader = await openPurchase(phone);
    const first = reader.thread.getByRole('listitem').first();
    const before = await first.boundingBox();
    await reader.choice(10).tap();
    await reader.hears(textOf('praise').prompt);
    await reader.rests();
    expect(await first.boundingBox()).toEqual(before);
  });

  test('keeps the composer above a keyboard that covers the page', async () => {
    const visitor = await chat.visit(language, phone);
    // What Safari on iOS does: the window keeps its height, and only the visual viewport tells of the keyboard.
    await visitor.context.addInitScript(() => {
      const covered = Object.assign(new EventTarget(), {
        scale: 1,
        height: window.innerHeight,
        offsetTop: 0,
      });
      Object.defineProperty(window, 'visualViewport', { value: covered });
      window.addEventListener('focusin', () => {
        covered.height = 500;
        covered.dispatchEvent(new Event('resize'));
      });
    });
    const reader = await visitor.open('/?touchpoint=purchase');
    await reader.choice(10).waitFor();
    await reader.composer.tap();
    await eventually(async () => {
      const box = await reader.composer.boundingBox();
      return box && box.y + box.height <= 500 && box.y > 400;
    }).toBe(true);
    await reader.says('9');
    await reader.hears(textOf('praise').prompt);
    await eventually(async () => {
      const [question, composer] = await Promise.all([
        reader.thread.locator('.bubble').last().boundingBox(),
        reader.composer.boundingBox(),
      ]);
      return question && composer && question.y + question.height < composer.y;
    }).toBe(true);
  });

  test('can be read in little room, as with large zoom', async () => {
    const reader = await openPurchase({ viewport: { width: 320, height: 256 } });
    await reader.choice(10).click();
    await reader.hears(textOf('praise').prompt);
    await eventually(() => isSeen(reader.thread.locator('.bubble').last())).toBe(true);
    await reader.says('ok');
    await reader.hears(textOf('ordering').prompt);
  });

  test('shows what was chosen where the reader sets the colours, and keeps still for those who ask', async () => {
    const reader = await openPurchase({ forcedColors: 'active', reducedMotion: 'reduce' });
    await reader.choice(10).click();
    await reader.hears(textOf('praise').prompt);
    const colourOf = (cell: Locator) => cell.evaluate((node) => getComputedStyle(node).backgroundColor);
    const chosen = await colourOf(reader.thread.getByRole('button', { pressed: true }));
    const left = await colourOf(reader.thread.getByRole('button').first());
    expect(chosen).not.toBe(left);
    const moving = await reader.page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
  });
});

/** Within the window and not behind the header. */
function isSeen(target: Locator): Promise<boolean> {
  return target.evaluate((node) => {
    const { top, bottom } = node.getBoundingClientRect();
    const covered = document.getElementById('bar')?.getBoundingClientRect().bottom ?? 0;
    return top >= Math.max(0, covered) && bottom <= window.innerHeight;
  });
}
