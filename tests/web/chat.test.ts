import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/dialogs/language.ts';
import { hasBrowser } from '../support/browser.ts';
import { eventually, phone, sentences, textsOf } from './chat-reader.ts';
import { setUpChat } from './chat-setting.ts';

const chat = setUpChat();

describe.skipIf(!hasBrowser).each(['he', 'en'] as const)('the chat page in %s', (language) => {
  const own = sentences[language];
  const other: Language = language === 'he' ? 'en' : 'he';
  const purchase = (questionId: string, spoken = language) => textsOf('purchase-nps', questionId, spoken);
  const option = (questionId: string, optionId: string) =>
    purchase(questionId).options?.[optionId] ?? optionId;
  /** Notes what there is, and answers what was answered since, in the order of answering. */
  async function watchAnswers() {
    const known = new Set((await chat.server.answers()).map(({ sessionId }) => sessionId));
    return async () =>
      (await chat.server.answers())
        .filter(({ sessionId }) => !known.has(sessionId))
        .sort((one, other) => one.answeredAt.localeCompare(other.answeredAt));
  }

  test('leads from the list of moments by taps to the end and back to the list', async () => {
    const newAnswers = await watchAnswers();
    const visitor = await chat.visit(language, phone);
    const reader = await visitor.open('/');
    const { page } = reader;
    await page.getByRole('heading', { name: own.list_title }).waitFor();
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(6);
    expect(await page.locator('html').getAttribute('dir')).toBe(language === 'he' ? 'rtl' : 'ltr');

    await page.getByRole('link', { name: language === 'he' ? 'קנייה באתר' : 'Shopping on our site' }).click();
    await reader.choice(3).tap();
    await reader.hears(purchase('got_in_way').prompt);
    await reader.ticks(option('got_in_way', 'price'));
    await reader.ticks(option('got_in_way', 'service'));
    await reader.button(own.done).tap();
    await reader.hears(purchase('ordering').prompt);
    await reader.choice(4).tap();
    await reader.hears(purchase('brought').prompt);
    await reader.choice(option('brought', 'ad')).tap();
    await page.getByRole('main').getByRole('link', { name: own.other_moments }).waitFor();

    expect(await newAnswers()).toMatchObject([
      { questionId: 'recommend', value: 3, inputMode: 'tap' },
      { questionId: 'got_in_way', value: ['price', 'service'], inputMode: 'tap' },
      { questionId: 'ordering', value: 4, inputMode: 'tap' },
      { questionId: 'brought', value: 'ad', inputMode: 'tap' },
    ]);
    expect(await reader.thread.getByRole('button', { pressed: true }).allTextContents()).toEqual([
      '3',
      '4',
      option('brought', 'ad'),
    ]);
    expect(await reader.thread.getByRole('checkbox', { checked: true }).count()).toBe(2);
    expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('100');
    await page.getByRole('main').getByRole('link', { name: own.other_moments }).tap();
    await page.getByRole('heading', { name: own.list_title }).waitFor();
  });

  test('takes typed words at every question, and says kindly what it could not read', async () => {
    const newAnswers = await watchAnswers();
    const { reader } = await chat.openPurchase(language);
    await reader.says(language === 'he' ? 'תלוי' : 'it depends');
    await reader.choice(9).waitFor();
    await reader.says('9');
    await reader.hears(purchase('praise').prompt);
    await reader.composer.pressSequentially('one');
    await reader.composer.press('Shift+Enter');
    await reader.composer.pressSequentially('two');
    await reader.composer.press('Enter');
    await reader.hears(purchase('ordering').prompt);
    await reader.says(language === 'he' ? 'ארבע' : 'four');
    await reader.hears(purchase('brought').prompt);
    await reader.says(option('brought', 'product'));
    await reader.page.getByRole('main').getByRole('link', { name: own.other_moments }).waitFor();

    expect(await newAnswers()).toMatchObject([
      { questionId: 'recommend', value: 9, inputMode: 'typed' },
      { questionId: 'praise', value: 'one\ntwo', inputMode: 'typed' },
      { questionId: 'ordering', value: 4, inputMode: 'typed' },
      { questionId: 'brought', value: 'product', inputMode: 'typed' },
    ]);
  });

  test('goes back by a button, and takes the other answer instead', async () => {
    const newAnswers = await watchAnswers();
    const { reader } = await chat.openPurchase(language);
    expect(await reader.button(own.back).count()).toBe(0);
    await reader.choice(9).click();
    await reader.hears(purchase('praise').prompt);
    await reader.button(own.back).click();
    await reader.choice(2).click();
    await reader.hears(purchase('got_in_way').prompt);
    await reader.rests();
    expect(await newAnswers()).toMatchObject([{ questionId: 'recommend', value: 2, correctedFrom: 9 }]);
    expect(await reader.thread.getByRole('button', { pressed: true }).allTextContents()).toEqual(['9', '2']);
  });

  test('skips by a button where the question allows it', async () => {
    const { reader } = await chat.openPurchase(language);
    expect(await reader.button(own.skip).count()).toBe(0);
    await reader.choice(10).click();
    await reader.hears(purchase('praise').prompt);
    await reader.button(own.skip).click();
    await reader.hears(purchase('ordering').prompt);
    expect(await reader.lines()).toContain(own.skip);
  });

  test('offers only as many answers as may be chosen, and one that excludes the others', async () => {
    const { reader } = await chat.openPurchase(language);
    await reader.choice(1).click();
    await reader.hears(purchase('got_in_way').prompt);
    const done = reader.button(own.done);
    const box = (optionId: string) => reader.box(option('got_in_way', optionId));
    expect(await done.isEnabled()).toBe(false);
    for (const optionId of ['price', 'range', 'site']) await reader.ticks(option('got_in_way', optionId));
    expect(await box('payment').count()).toBe(0);
    await reader.ticks(option('got_in_way', 'nothing'));
    expect(await reader.thread.getByRole('checkbox', { checked: true }).count()).toBe(1);
    await reader.ticks(option('got_in_way', 'price'));
    expect(await box('nothing').isChecked()).toBe(false);
    expect(await done.isEnabled()).toBe(true);
  });

  test('switches the language of page and conversation at any question, and remembers it', async () => {
    const { visitor, reader } = await chat.openPurchase(language);
    const { page } = reader;
    await reader.choice(10).click();
    await reader.hears(purchase('praise').prompt);
    await reader.button(own.other_language).click();
    await reader.hears(purchase('praise', other).prompt);
    expect(await page.locator('html').getAttribute('lang')).toBe(other);
    expect(await page.locator('html').getAttribute('dir')).toBe(other === 'he' ? 'rtl' : 'ltr');
    expect(await page.title()).toContain(other === 'he' ? 'קנייה באתר' : 'Shopping on our site');
    const asked = reader.thread.locator('.bubble', { hasText: purchase('praise').prompt });
    expect(await asked.getAttribute('lang')).toBe(language);
    expect(await asked.getAttribute('dir')).toBe(language === 'he' ? 'rtl' : 'ltr');

    const list = await visitor.open('/');
    await list.page.getByRole('heading', { name: sentences[other].list_title }).waitFor();
  });

  test('follows the language that is asked for in words', async () => {
    const { reader } = await chat.openPurchase(language);
    await reader.says(own.other_language);
    await eventually(() => reader.page.locator('html').getAttribute('lang')).toBe(other);
  });

  test('opens a survey link in the language of the person it was made for', async () => {
    const path = await chat.server.invite('delivery', { language: other });
    const visitor = await chat.visit(language);
    const reader = await visitor.open(path);
    await reader.thread.locator('.bubble').first().waitFor();
    expect(await reader.page.locator('html').getAttribute('lang')).toBe(other);
    expect(await reader.thread.locator('.bubble').first().getAttribute('lang')).toBe(other);
  });

  test('says in words that a link is wrong, and leads on', async () => {
    const visitor = await chat.visit(language);
    const { page } = await visitor.open('/s/nothing-opens-with-this');
    await page.getByText(own.unknown_code).waitFor();
    await page.getByRole('main').getByRole('link', { name: own.other_moments }).click();
    await page.getByRole('heading', { name: own.list_title }).waitFor();
  });

  test('offers to go on with the open survey, or to change to the other', async () => {
    const { visitor, reader } = await chat.openPurchase(language);
    await reader.choice(10).click();
    await reader.hears(purchase('praise').prompt);
    const second = await visitor.open('/?touchpoint=delivery');
    const goOn = second.thread.getByRole('button', { disabled: false }).first();
    await goOn.click();
    await second.hears(purchase('praise').prompt);
    await second.rests();
    expect(await second.thread.getByRole('button', { disabled: false }).count()).toBe(0);
  });

  test('shows what anybody wrote as words and never as markup, and makes web addresses links', async () => {
    const { reader } = await chat.openPurchase(language);
    const text = '<img src=x onerror=alert(1)> https://example.com/a?b=1. \u202Eevil\u202C <b>no</b>';
    await reader.choice(10).click();
    await reader.hears(purchase('praise').prompt);
    await reader.says(text);
    await reader.hears(purchase('ordering').prompt);
    expect(await reader.lines()).toContain(text);
    expect(await reader.thread.locator('img, b').count()).toBe(0);
    const link = reader.thread.getByRole('link', { name: 'https://example.com/a?b=1' });
    expect(await link.getAttribute('rel')).toContain('noopener');
    expect(await link.getAttribute('href')).toBe('https://example.com/a?b=1');
  });

  test('keeps what was typed and not sent over a reload, and does not send more than can be taken', async () => {
    const { reader } = await chat.openPurchase(language);
    await reader.choice(10).click();
    await reader.hears(purchase('praise').prompt);
    await reader.composer.fill('x'.repeat(1001));
    await reader.page.getByText(own.too_long.replace('{{max}}', '1,000')).waitFor();
    await reader.composer.press('Enter');
    expect(await reader.composer.inputValue()).toHaveLength(1001);
    await reader.page.reload();
    await reader.hears(purchase('praise').prompt);
    expect(await reader.composer.inputValue()).toHaveLength(1001);
    await reader.composer.fill('x'.repeat(1000));
    await reader.composer.press('Enter');
    await reader.hears(purchase('ordering').prompt);
  });

  test('asks for numbers, mail, phone and dates with the fitting keyboard', async () => {
    const visitor = await chat.visit(language);
    const reader = await visitor.open('/?touchpoint=churn');
    const churn = (questionId: string, optionId: string) =>
      textsOf('churn-exit', questionId, language).options?.[optionId] ?? optionId;
    await reader.choice(churn('reason', 'price')).click();
    await reader.button(own.skip).click();
    await reader.choice(5).click();
    await reader.choice(churn('get_back', 'phone')).click();
    await reader.thread.getByRole('button', { disabled: false }).first().click();
    const field = reader.page.getByRole('textbox', { name: own.write_phone });
    await field.waitFor();
    expect(await field.getAttribute('type')).toBe('tel');
    expect(await field.getAttribute('autocomplete')).toBe('tel');
    await field.fill('050-1234567');
    await field.press('Enter');
    await reader.page.getByRole('textbox', { name: own.write_date }).waitFor();
    await reader.page.getByLabel(own.pick_date).fill('2031-05-12');
    expect(await reader.composer.inputValue()).toBe(language === 'he' ? '12 במאי 2031' : '12 May 2031');
  });
});
