import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Channel, OutboundMessage } from '../../src/channels/channel.ts';
import { transcriptLines } from '../../src/channels/console/transcript.ts';
import { questionKindSchema } from '../../src/dialogs/index.ts';
import { type Language, languages } from '../../src/dialogs/language.ts';
import { questionnaireSchema } from '../../src/dialogs/questionnaire.ts';
import { createTestApp, testClock } from '../support/test-app.ts';
import { type GoldenRenderer, goldenRenderers } from './golden/renderers.ts';

/** `npm run test:update` writes what is rendered now; read the difference as product text. */
const update = process.env.UPDATE_SCENARIOS === '1';

const document = questionnaireSchema.parse(
  JSON.parse(readFileSync(new URL('../fixtures/questionnaires/every-kind.json', import.meta.url), 'utf8')),
);

/** One talk through every kind of question, with replies that are not understood, that are read with doubt, and that could mean two things. */
const replies: Record<Language, readonly string[]> = {
  he: [
    'אפשר',
    'בננה',
    '7 או 8',
    '8',
    '4',
    'בערך 6',
    'כן',
    '3',
    '2',
    '4',
    '1, 3',
    'אולי',
    'כן',
    '3',
    'אתמול',
    'הכול בסדר',
    'dana@example.com',
    '050-1234567',
    'כן',
  ],
  en: [
    'You may',
    'banana',
    '7 or 8',
    '8',
    '4',
    'about 6',
    'yes',
    '3',
    '2',
    '4',
    '1, 3',
    'maybe',
    'y',
    '3',
    'yesterday',
    'All fine',
    'dana@example.com',
    '050-1234567',
    'y',
  ],
};

test('the talk has every kind of question', () => {
  const kinds = new Set(document.questions.map(({ kind }) => kind));
  expect(questionKindSchema.options.filter((kind) => !kinds.has(kind))).toEqual([]);
});

describe.each(goldenRenderers)('every kind of question on $channel', (renderer) => {
  test.each(languages)('reads well in %s', async (language) => {
    const path = new URL(`golden/${renderer.channel}.${language}.txt`, import.meta.url);
    const happened = await talk(renderer, language);
    if (update) writeFileSync(path, happened);
    else expect(happened).toBe(readFileSync(path, 'utf8'));
  });
});

async function talk(
  { channel: name, capabilities, render }: GoldenRenderer,
  language: Language,
): Promise<string> {
  const inbox: OutboundMessage[] = [];
  const account = 'golden';
  const address = 'person';
  const channel: Channel = {
    name,
    account,
    capabilities,
    send({ message }) {
      inbox.push(message);
      return Promise.resolve({});
    },
  };
  const app = await createTestApp({ channels: [channel], now: testClock().now });
  try {
    await app.store.publishQuestionnaire(document, app.now());
    const wanted = await app.library.latest(document.id);
    if (!wanted) throw new Error('Nothing was published');
    await app.store.attachAddress({
      address: app.addressBook.register(name, account, address),
      newContact: {
        id: 'contact',
        language,
        attributes: { product: 'Nespresso', name: language === 'he' ? 'דנה' : 'Dana' },
      },
      at: app.now(),
    });
    const lines: string[] = [];
    const listen = async () => {
      await app.conversations.idle();
      lines.push(...inbox.splice(0).flatMap((message) => transcriptLines('bot', render(message))));
    };
    const start = { channel: name, account, address, wanted, resume: false };
    await app.conversations.start({ ...start, language: { code: language, chosen: false } });
    await listen();
    for (const [index, text] of replies[language].entries()) {
      lines.push(...transcriptLines('contact', text));
      await app.conversations.receive({
        channel: name,
        account,
        address,
        providerMessageId: String(index),
        content: { kind: 'text', text },
      });
      await listen();
    }
    expect(lines.at(-1) ?? '').not.toBe('');
    return `${lines.join('\n')}\n`;
  } finally {
    await app.close();
  }
}

describe.each(goldenRenderers)('what $channel shows', ({ channel }) => {
  const read = (language: Language) =>
    readFileSync(new URL(`golden/${channel}.${language}.txt`, import.meta.url), 'utf8');
  const said = (text: string) =>
    text
      .split('\n')
      .map((line) => line.replace(/^(?:bot>|contact>| {4}) ?/, ''))
      // Notes for whoever reads the file, and links, which have a line of their own.
      .filter((line) => !/^\(|^https:|^(?:buttons|list|ticks|input): /.test(line));

  test('[M4] begins every Hebrew line with a Hebrew letter, also after a number, so that it is read from the right everywhere', () => {
    const wrong = said(read('he')).filter((line) => {
      const first = /\p{L}/u.exec(line)?.[0];
      return first !== undefined && !/\p{Script=Hebrew}/u.test(first) && !line.includes('@');
    });
    expect(wrong).toEqual([]);
  });

  test('holds no placeholder that nobody filled, and no mark that nobody sees', () => {
    for (const language of languages) {
      expect(read(language)).not.toMatch(/\{\{|undefined|\[object/);
      if (channel === 'sms')
        expect(read(language)).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00a0]/);
    }
  });
});
