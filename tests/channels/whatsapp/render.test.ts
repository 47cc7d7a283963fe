import { describe, expect, test } from 'vitest';
import { fitMessage } from '../../../src/channels/fit.ts';
import {
  cloudCapabilities,
  renderAsText,
  renderForCloud,
  twilioCapabilities,
  webCapabilities,
} from '../../../src/channels/whatsapp/render.ts';
import { question, scale, words } from '../sample.ts';

describe('[M4] a message for the Cloud API', () => {
  test('has buttons for up to three short choices', () => {
    expect(renderForCloud(question(['כן', 'לא'], { text: 'נכון?', language: 'he' }))).toEqual({
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: 'נכון?' },
        action: {
          buttons: [
            { type: 'reply', reply: { id: 'session.question.o0', title: 'כן' } },
            { type: 'reply', reply: { id: 'session.question.o1', title: 'לא' } },
          ],
        },
      },
    });
  });

  test('has a list for up to ten, whose button is in the language of the message', () => {
    const list = renderForCloud(question([...'abcd'], { language: 'en' }));
    expect(list).toMatchObject({
      interactive: {
        type: 'list',
        action: { button: 'Choose', sections: [{ rows: [{ title: 'a' }, {}, {}, {}] }] },
      },
    });
    expect(renderForCloud(question([...'אבגד'], { language: 'he' }))).toMatchObject({
      interactive: { action: { button: 'לבחירה' } },
    });
  });

  test('goes on in the description where a label is too long for its row, between words', () => {
    const label = 'המשלוח הגיע מאוחר מכדי שנוכל להשתמש בו';
    const [row] = rowsOf(question([label, 'ב', 'ג', 'ד'], { language: 'he' }));
    expect(row).toEqual({
      id: 'session.question.o0',
      title: 'המשלוח הגיע מאוחר מכדי',
      description: 'שנוכל להשתמש בו',
    });
    const [whole] = rowsOf(question(['א'.repeat(24), 'ב', 'ג', 'ד']));
    expect(whole).toEqual({ id: 'session.question.o0', title: 'א'.repeat(24) });
  });

  test('says the ends of a scale above its list and in their rows, because the list covers what is above it', () => {
    const message = scale(1, 5, { low: 'bad', high: 'good' });
    expect(renderForCloud(message)).toMatchObject({
      interactive: { type: 'list', body: { text: 'Which one?\n1 – bad, 5 – good' } },
    });
    expect(rowsOf(message).map(({ title, description }) => [title, description])).toEqual([
      ['1', 'bad'],
      ['2', undefined],
      ['3', undefined],
      ['4', undefined],
      ['5', 'good'],
    ]);
  });

  test('asks a scale beyond the list in two steps', () => {
    const { messages } = fitMessage(scale(0, 10, { low: 'no', high: 'yes' }), cloudCapabilities, words);
    expect(messages.map(renderForCloud)).toMatchObject([
      {
        interactive: {
          type: 'button',
          body: { text: 'Which one?\n0 – no, 10 – yes' },
          action: {
            buttons: [
              { reply: { title: '0 to 3' } },
              { reply: { title: '4 to 7' } },
              { reply: { title: '8 to 10' } },
            ],
          },
        },
      },
    ]);
  });

  test('is text where nothing is chosen, and shows no preview of links', () => {
    expect(renderForCloud(question([], { layout: 'open', text: 'Why?' }))).toEqual({
      type: 'text',
      text: { body: 'Why?', preview_url: false },
    });
  });

  test('numbers choices that are too many or too long', () => {
    const many = renderForCloud(question([...'abcdefghijk']));
    expect(many).toMatchObject({ type: 'text', text: { body: expect.stringContaining('\n11. k') } });
    const long = renderForCloud(question(['a', 'b', 'c'.repeat(73)]));
    expect(long).toMatchObject({ type: 'text', text: { body: expect.stringContaining('\n2. b') } });
  });

  test('is cut where WhatsApp would cut it, and controls stand under the last part', () => {
    const text = 'משפט ארוך למדי בעברית 🙂. '.repeat(60).trim();
    const { messages } = fitMessage(question(['כן', 'לא'], { text }), cloudCapabilities, words);
    const rendered = messages.map(renderForCloud);
    expect(rendered.map(({ type }) => type)).toEqual(['text', 'interactive']);
    for (const one of messages) expect([...one.text].length).toBeLessThanOrEqual(1024);
  });
});

test.each([
  ['Twilio', twilioCapabilities],
  ['WhatsApp Web', webCapabilities],
])('by %s choices are numbered', (_, capabilities) => {
  expect(renderAsText(question(['כן', 'לא'], { text: 'נכון?' }), capabilities)).toBe('נכון?\n1. כן\n2. לא');
});

function rowsOf(message: Parameters<typeof renderForCloud>[0]) {
  const content = renderForCloud(message);
  if (content.type !== 'interactive' || content.interactive.type !== 'list') throw new Error('It is no list');
  return content.interactive.action.sections.flatMap(({ rows }) => rows);
}
