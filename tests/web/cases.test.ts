import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { eventually, sentences, textsOf } from './chat-reader.ts';
import { setUpChat } from './chat-setting.ts';
import { signInStaff, staffSentences } from './staff-reader.ts';

const chat = setUpChat();

/** Each test begins with nobody waiting. */
afterEach(async () => {
  if (!hasBrowser) return;
  const { store, now } = chat.server.app;
  const { items } = await store.listCases({ limit: 100 });
  for (const { contactId } of items) await store.eraseContact(contactId, now());
});

describe.skipIf(!hasBrowser).each([
  ['he', 'en'],
  ['en', 'he'],
] as const)('a talk between somebody in %s and staff in %s', (language, staffLanguage) => {
  const own = sentences[language];
  const staffOwn = staffSentences[staffLanguage];
  // Without the company's name, which stands between invisible marks.
  const prompt = textsOf('purchase-nps', 'recommend', language).prompt.split('}} ').at(-1) ?? '';

  test('goes from the request through silence, replies and return to closing, live on both sides', async () => {
    const staff = await signInStaff(chat, staffLanguage);
    await staff.goTo(staffOwn.cases);
    await staff.main.getByText(staffOwn.no_cases, { exact: true }).waitFor();

    // The request: the bot says that a person comes, and is silent from then on.
    const { reader } = await chat.openPurchase(language);
    await reader.button(own.human).click();
    await reader.page.getByText(own.human_waiting).waitFor();
    await reader.rests();
    const before = (await reader.lines()).length;
    await reader.says('9');
    await reader.says(language === 'he' ? 'חויבתי פעמיים' : 'I was charged twice');
    await reader.rests();
    await chat.server.app.conversations.idle();
    expect(await reader.lines()).toHaveLength(before + 2);
    expect(await chat.server.answers()).toEqual([]);

    // Staff see it come in without reloading, and in the tab's title.
    await staff.link(/./).first().click();
    const thread = staff.main.getByRole('region', { name: staffOwn.conversation });
    await thread.getByText(language === 'he' ? 'חויבתי פעמיים' : 'I was charged twice').waitFor();
    await thread.getByText(prompt).first().waitFor();
    await eventually(() => staff.page.title()).toMatch(/^\(1\) /);
    await staff.main.getByText(staffOwn.case_open).first().waitFor();

    // A reply is read in the chat, and the answer to it on the page of staff.
    const box = staff.page.getByRole('textbox', { name: staffOwn.your_reply });
    await box.fill(language === 'he' ? 'בודקים עכשיו' : 'Looking into it');
    await box.press('Enter');
    await reader.hears(language === 'he' ? 'בודקים עכשיו' : 'Looking into it');
    await eventually(() => box.inputValue()).toBe('');
    await staff.main.getByText(staffOwn.case_answered).first().waitFor();
    await eventually(() => staff.page.title()).not.toMatch(/^\(/);
    await reader.says(language === 'he' ? 'תודה' : 'Thanks');
    await thread.getByText(language === 'he' ? 'תודה' : 'Thanks').waitFor();
    await staff.main.getByText(staffOwn.case_open).first().waitFor();

    // Handed back, the bot asks the waiting question again and takes the answer.
    await staff.button(staffOwn.return_to_bot).click();
    await staff.main.getByText(staffOwn.case_over_returned).waitFor();
    await eventually(async () => (await reader.lines()).at(-1)).toContain(prompt);
    await reader.says('9');
    await reader.hears(textsOf('purchase-nps', 'praise', language).prompt);
    expect((await chat.server.answers()).map(({ value }) => value)).toEqual([9]);

    // A second request is a case of its own; closing it closes the survey.
    await reader.button(own.human).click();
    await reader.page.getByText(own.human_waiting).waitFor();
    await staff.goTo(staffOwn.cases);
    await staff.link(/./).first().click();
    await staff.button(staffOwn.close_case).click();
    await staff.button(staffOwn.close_case_no).click();
    expect(await staff.page.getByRole('textbox', { name: staffOwn.your_reply }).count()).toBe(1);
    await staff.button(staffOwn.close_case).click();
    await staff.button(staffOwn.close_case_yes).click();
    await staff.main.getByText(staffOwn.case_over_closed).waitFor();
    await reader.page.getByText(own.human_waiting).waitFor({ state: 'hidden' });
    await staff.page.getByText(staffOwn.cases_ended, { exact: true }).click();
    await staff.main.getByText(staffOwn.case_closed).first().waitFor();
    await staff.main.getByText(staffOwn.case_returned).first().waitFor();
  });

  test('goes on when the server was away', async () => {
    const { reader } = await chat.openPurchase(language);
    await reader.button(own.human).click();
    await reader.page.getByText(own.human_waiting).waitFor();
    const staff = await signInStaff(chat, staffLanguage);
    await staff.goTo(staffOwn.cases);
    await staff.link(/./).first().click();
    const box = staff.page.getByRole('textbox', { name: staffOwn.your_reply });
    await box.fill('half a sentence');

    await chat.server.stop();
    await staff.main.getByText(staffOwn.reconnecting).waitFor();
    await box.press('Enter');
    await staff.main.getByText(staffOwn.offline).waitFor();
    await eventually(() => box.inputValue()).toBe('half a sentence');

    await chat.server.start();
    await staff.main.getByText(staffOwn.reconnecting).waitFor({ state: 'hidden' });
    await box.press('Enter');
    await reader.hears('half a sentence');
    await staff.main.locator('.bubble').getByText('half a sentence').waitFor();
  });

  test('[C19] is sent a reply once whose answer got lost and that is sent again', async () => {
    const { reader } = await chat.openPurchase(language);
    await reader.button(own.human).click();
    await reader.page.getByText(own.human_waiting).waitFor();
    const staff = await signInStaff(chat, staffLanguage);
    await staff.goTo(staffOwn.cases);
    await staff.link(/./).first().click();
    const box = staff.page.getByRole('textbox', { name: staffOwn.your_reply });
    await staff.page.route(
      '**/replies',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await box.fill('only once');
    await box.press('Enter');
    await staff.main.getByText(staffOwn.offline).waitFor();
    await box.press('Enter');
    await eventually(() => box.inputValue()).toBe('');
    await reader.hears('only once');
    await box.fill('only once');
    await box.press('Enter');
    await eventually(() => box.inputValue()).toBe('');
    await reader.rests();
    expect((await reader.lines()).filter((line) => line.includes('only once'))).toHaveLength(2);
  });
});

describe.skipIf(!hasBrowser)('the pages of one member of staff', () => {
  test('are told of cases by one connection of theirs, whichever of them is closed', async () => {
    const staff = await signInStaff(chat, 'en');
    const streams: Page[] = [];
    staff.page.context().on('request', (request) => {
      if (request.url().endsWith('/cases/events')) streams.push(request.frame().page());
    });
    await staff.page.reload();
    await eventually(() => streams.length).toBeGreaterThan(0);
    const others = [await staff.page.context().newPage(), await staff.page.context().newPage()];
    for (const page of others) {
      await page.goto('/results');
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
    const badges = (count: number) =>
      Promise.all(others.map((page) => page.locator('.count', { hasText: `${count}` }).waitFor()));

    const waitFor = async () => {
      const { reader } = await chat.openPurchase('en');
      await reader.button(sentences.en.human).click();
      await reader.page.getByText(sentences.en.human_waiting).waitFor();
    };
    await waitFor();
    await badges(1);
    // The first page may have opened its stream before it was loaded again.
    expect(streams.filter((page) => page !== staff.page)).toEqual([]);

    const opened = streams.length;
    await staff.page.close();
    await eventually(() => streams.length).toBe(opened + 1);
    await waitFor();
    await badges(2);
    expect(streams).toHaveLength(opened + 1);
  });

  test('find the stream again when a server that is starting has refused it', async () => {
    const { reader } = await chat.openPurchase('en');
    await reader.button(sentences.en.human).click();
    await reader.page.getByText(sentences.en.human_waiting).waitFor();
    const staff = await signInStaff(chat, 'en');
    await staff.page.route(/\/events/, (route) => route.fulfill({ status: 503, body: '' }), { times: 2 });
    await staff.goTo(staffSentences.en.cases);
    await staff.link(/./).first().click();
    await reader.says('Is anybody there?');
    const thread = staff.main.getByRole('region', { name: staffSentences.en.conversation });
    await thread.getByText('Is anybody there?').waitFor();
    await staff.main.getByText(staffSentences.en.reconnecting).waitFor({ state: 'hidden' });
  });
});
