import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { openConversation, postMessage } from '../support/chat-client.ts';
import { eventually, phone, sentences, textsOf } from './chat-reader.ts';
import { setUpChat } from './chat-setting.ts';
import { signInStaff, staffSentences } from './staff-reader.ts';

const chat = setUpChat();

describe.skipIf(!hasBrowser).each(['he', 'en'] as const)('the pages of staff in %s', (language) => {
  const own = staffSentences[language];
  const textOf = (questionId: string) => textsOf('purchase-nps', questionId, language);

  test('let one browser in by an admin link, and tell everybody else how to get in', async () => {
    const stranger = await chat.visit(language);
    const { page } = await stranger.open('/results');
    expect((await page.goto('/results'))?.status()).toBe(401);
    await page.getByText(own.sign_in_how).waitFor();
    await page.getByText('npm run admin-link').waitFor();

    const link = await chat.server.adminLink();
    const first = await chat.visit(language);
    const { page: inside } = await first.open(link);
    await inside.waitForURL('**/results');
    await inside.getByRole('heading', { name: own.responses }).waitFor();
    expect((await inside.goto('/results'))?.status()).toBe(200);
    // Whoever is in and opens the old link once more is where they wanted to be.
    await inside.goto(link);
    await inside.getByRole('heading', { name: own.responses }).waitFor();

    const second = await chat.visit(language);
    const { page: outside } = await second.open(link);
    await outside.getByRole('alert').waitFor();
    await outside.getByText(own.sign_in_how).waitFor();
  });

  test('show the response of a chat with its words, its correction and how each answer came', async () => {
    const { reader } = await chat.openPurchase(language);
    await reader.says('8');
    await reader.hears(textOf('missing').prompt);
    await reader.button(sentences[language].back).click();
    await reader.says(language === 'he' ? 'שבע' : 'seven');
    await reader.hears(textOf('missing').prompt);
    await reader.says('=1+1 "זול"');
    await reader.rests();

    const staff = await signInStaff(chat, language);
    const row = staff.main.getByRole('row').nth(1);
    await row.getByText(own.status_in_progress).waitFor();
    await row.getByText(language === 'he' ? '7 מתוך 10' : '7 of 10').waitFor();
    await row.getByRole('link').click();

    const answers = staff.main.getByRole('list').first().locator(':scope > li');
    await eventually(() => answers.count()).toBe(2);
    const score = answers.first();
    await score.getByText(language === 'he' ? 'שבע' : 'seven', { exact: true }).waitFor();
    await score.getByText(own.corrected_from.replace('{{value}}', '8')).waitFor();
    await score.getByText(own.mode_typed).waitFor();
    await score.getByText(own.how_it_came).click();
    await score.getByText(own.reading_rule).waitFor();
    await answers.last().getByText('=1+1 "זול"', { exact: true }).first().waitFor();
  });

  test('hand the responses out as a file for a spreadsheet', async () => {
    const { reader } = await chat.openPurchase(language);
    await reader.says('3');
    await reader.hears(textOf('got_in_way').prompt);
    const staff = await signInStaff(chat, language);
    await staff.page.getByRole('combobox').selectOption('purchase-nps');
    const download = staff.page.waitForEvent('download');
    await staff.page.getByRole('link', { name: own.download_csv }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    expect(file.startsWith('\ufeffcontactId,')).toBe(true);
    expect(file).toMatch(/,purchase-nps,1,recommend,purchase,3,3,/);
    expect(file).not.toMatch(/(^|,)"?=/m);
  });

  test('say what to do where there is nothing yet', async () => {
    const staff = await signInStaff(chat, language);
    await staff.page.getByRole('combobox').selectOption('churn-exit');
    await staff.main.getByText(own.no_responses_here).waitFor();
    await staff.link(own.make_survey_link).click();
    await staff.main.getByRole('heading', { name: own.survey_link }).waitFor();
    await staff.open('/results/questionnaires/churn-exit');
    await staff.main.getByText(own.no_answers_yet, { exact: true }).waitFor();
  });

  test('count answers, and show no distribution below five', async () => {
    // Each language counts on a questionnaire of its own, because both ask the same server.
    const [touchpoint, questionnaireId, text] =
      language === 'he' ? ['billing', 'billing-clarity', 'כן'] : ['support', 'support-effort', '6'];
    const answer = async () => {
      const { conversationId } = await openConversation(chat.server.url, { touchpoint, language });
      await postMessage(chat.server.url, conversationId, { id: '1', text });
      await chat.server.app.conversations.idle();
    };
    const staff = await signInStaff(chat, language);
    const first = staff.main.locator('ol > li').first();
    const look = () => staff.open(`/results/questionnaires/${questionnaireId}`);
    for (let count = 0; count < 4; count += 1) await answer();
    await look();
    await first.getByText(own.answers_count_other.replace('{{count}}', '4')).waitFor();
    await first.getByText(own.too_few_yet_other.replace('{{count}}', '5')).waitFor();
    expect(await first.getByRole('table').count()).toBe(0);

    await answer();
    await look();
    await first.getByText(own.answers_count_other.replace('{{count}}', '5')).waitFor();
    await first.getByRole('table').waitFor();
  });

  test('make a survey link that opens the survey for its person', async () => {
    const staff = await signInStaff(chat, language);
    await staff.goTo(own.links);
    await staff.page.getByLabel(own.touchpoint).selectOption('delivery');
    await staff.page.getByLabel(own.person_name).fill('דנה לוי');
    await staff.button(own.make_survey_link).click();
    const field = staff.page.getByRole('textbox', { name: own.survey_link });
    const link = new URL(await field.inputValue());
    await staff.button(own.copy).click();

    const person = await chat.visit(language);
    const reader = await person.open(link.pathname);
    await reader.hears(textsOf('delivery-csat', 'arrived', language).prompt);
    expect((await reader.lines()).join()).not.toContain('דנה');
    await reader.button(sentences[language].human).click();
    await reader.rests();
    await staff.goTo(own.cases);
    await staff.link(/./).first().click();
    await staff.main.getByRole('heading', { name: 'דנה לוי' }).waitFor();
  });

  test('publish a questionnaire from a file, or say by place and in words what is wrong with it', async () => {
    const path = join(import.meta.dirname, '../../examples/delivery-csat.json');
    const document = JSON.parse(readFileSync(path, 'utf8'));
    const choose = (name: string, content: string) =>
      staff.page.locator('input[type=file]').setInputFiles({
        name,
        mimeType: 'application/json',
        buffer: Buffer.from(content),
      });
    const staff = await signInStaff(chat, language);
    await staff.goTo(own.questionnaires);

    await choose('torn.json', '{"format": 1');
    await staff.main.getByText(own.not_json).waitFor();

    document.id = `pickup-${language}`;
    document.touchpoint = `pickup-${language}`;
    document.questions[0].next[0].to = 'nowhere';
    await choose('wrong.json', JSON.stringify(document));
    await staff.main.getByText('/questions/0/next/0/to').waitFor();
    await staff.main
      .getByText(/nowhere.*|.*"nowhere"/)
      .first()
      .waitFor();

    document.questions[0].next[0].to = 'screen_out';
    await choose('right.json', JSON.stringify(document));
    const published = own.published_as.replace('{{id}}', document.id).replace('{{revision}}', '1');
    await staff.main.getByText(published).waitFor();
    await staff.main.getByText(document.touchpoint, { exact: true }).waitFor();
    expect(await staff.button(own.apply_texts).count()).toBe(0);
  });

  test('take open conversations over to a new wording, once it is published', async () => {
    const touchpoint = `exchange-${language}`;
    const path = join(import.meta.dirname, '../../examples/delivery-csat.json');
    const document = { ...JSON.parse(readFileSync(path, 'utf8')), id: touchpoint, touchpoint };
    await chat.server.app.store.publishQuestionnaire(document, chat.server.app.now());
    await openConversation(chat.server.url, { touchpoint, language });
    await chat.server.app.conversations.idle();
    document.texts[language].title = 'Exchange';

    const staff = await signInStaff(chat, language);
    await staff.goTo(own.questionnaires);
    await staff.page.locator('input[type=file]').setInputFiles({
      name: 'exchange.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(document)),
    });
    await staff.button(own.apply_texts).click();
    await staff.main.getByText(own.texts_applied_one).waitFor();
  });

  test('[O7] show a questionnaire that paused itself with the reason, and let people begin it again', async () => {
    const touchpoint = `returns-${language}`;
    const path = join(import.meta.dirname, '../../examples/delivery-csat.json');
    const document = { ...JSON.parse(readFileSync(path, 'utf8')), id: touchpoint, touchpoint };
    const { store, now } = chat.server.app;
    await store.publishQuestionnaire(document, now());
    const pause = { at: now(), reason: `odd words of ${language}` };
    await store.pauseQuestionnaire({ id: touchpoint, revision: 1, pause });

    const staff = await signInStaff(chat, language);
    await staff.goTo(own.questionnaires);
    await staff.main.getByText(own.paused, { exact: true }).waitFor();
    await staff.main.getByText(pause.reason).waitFor();
    await staff.button(own.resume_questionnaire).click();
    await staff.main.getByText(pause.reason).waitFor({ state: 'detached' });
    expect((await store.readQuestionnaire(touchpoint))?.paused).toBeUndefined();
  });

  test('turn to the other language and direction, and stay there', async () => {
    const other = language === 'he' ? 'en' : 'he';
    const staff = await signInStaff(chat, language, phone);
    const html = staff.page.locator('html');
    expect(await html.getAttribute('dir')).toBe(language === 'he' ? 'rtl' : 'ltr');
    await staff.button(own.other_language).click();
    await staff.main.getByRole('heading', { name: staffSentences[other].responses }).waitFor();
    await staff.page.reload();
    await staff.main.getByRole('heading', { name: staffSentences[other].responses }).waitFor();
    expect([await html.getAttribute('lang'), await html.getAttribute('dir')]).toEqual([
      other,
      other === 'he' ? 'rtl' : 'ltr',
    ]);
  });

  test('let nobody read on after signing out', async () => {
    const staff = await signInStaff(chat, language);
    await staff.button(own.sign_out).click();
    await staff.page.getByText(own.sign_in_how).waitFor();
    expect((await staff.page.goto('/results'))?.status()).toBe(401);
    await staff.page.getByText(own.sign_in_how).waitFor();
  });
});
