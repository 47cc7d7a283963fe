import { describe, expect, test } from 'vitest';
import { decodeChoice } from '../../src/channels/choice.ts';
import { fitMessage, shorten } from '../../src/channels/fit.ts';
import { renderText } from '../../src/channels/render.ts';
import { question, scale, textOnly, withControls, words } from './sample.ts';

describe('fitting a message', () => {
  test('leaves what fits as it is', () => {
    const message = question(['a', 'b']);
    expect(fitMessage(message, withControls, words)).toEqual({
      messages: [message],
      arrangement: { kind: 'buttons' },
    });
  });

  test('[M4] offers a long scale in two steps: its parts first', () => {
    const message = scale(0, 10, { low: 'no', high: 'yes', text: 'How likely?' });
    const { messages, arrangement } = fitMessage(message, withControls, words);
    expect(arrangement).toEqual({ kind: 'buttons' });
    expect(messages).toHaveLength(1);
    const [{ text, choices = [], low, high } = message] = messages;
    expect(text).toBe('How likely?\n0 – no, 10 – yes');
    expect([low, high]).toEqual([undefined, undefined]);
    expect(choices.map(({ label }) => label)).toEqual(['0 to 3', '4 to 7', '8 to 10']);
    expect(choices.map(({ token }) => decodeChoice(token))).toEqual([
      { kind: 'group', sessionId: 'session', questionId: 'question', optionIds: ['o0', 'o1', 'o2', 'o3'] },
      { kind: 'group', sessionId: 'session', questionId: 'question', optionIds: ['o4', 'o5', 'o6', 'o7'] },
      { kind: 'group', sessionId: 'session', questionId: 'question', optionIds: ['o8', 'o9', 'o10'] },
    ]);
  });

  test('[M6] sends a long text in parts, of which only the last can be answered', () => {
    const text = 'A sentence of some length. '.repeat(30).trim();
    const { messages } = fitMessage(question(['a', 'b'], { text, progress: 0.5 }), withControls, words);
    expect(messages.length).toBeGreaterThan(2);
    expect(messages.map((one) => one.text).join('')).toBe(text);
    for (const one of messages) expect(one.text.length).toBeLessThanOrEqual(300);
    const parts = messages.slice(0, -1);
    expect(
      parts.every(({ layout, choices, questionId }) => layout === 'statement' && !choices && !questionId),
    ).toBe(true);
    expect(messages.at(-1)).toMatchObject({ layout: 'options', questionId: 'question', progress: 0.5 });
  });

  test('[M6] leaves room for the lines of the choices', () => {
    const message = question(
      [...'abcdefghijkl'].map((letter) => letter.repeat(30)),
      { text: 'word '.repeat(180) },
    );
    const { messages, arrangement } = fitMessage(message, textOnly, words);
    expect(messages.length).toBeGreaterThan(1);
    for (const one of messages) expect(renderText(one, arrangement).length).toBeLessThanOrEqual(1000);
  });

  test('[M6] cuts thirty labels that would leave no room for the question', () => {
    const labels = Array.from({ length: 30 }, (_, index) => `${index} ${'long label '.repeat(18)}`);
    const { messages, arrangement } = fitMessage(question(labels), textOnly, words);
    expect(messages).toHaveLength(1);
    const shown = messages[0] ? renderText(messages[0], arrangement) : '';
    expect(shown.length).toBeLessThanOrEqual(1000);
    expect(shown).toContain('\n30. 29 long label');
    expect(messages[0]?.choices).toHaveLength(30);
  });

  test('[M7] sends what stands before a question by itself, where the question alone is short enough', () => {
    const paid = {
      ...textOnly,
      segments: { questionMax: 3, count: (text: string) => Math.ceil(text.length / 20) },
    };
    const message = question(['a', 'b'], {
      text: `${'We would like to know. '.repeat(4)}\n\nWhich one?`,
    });
    const { messages, arrangement } = fitMessage(message, paid, words);
    expect(arrangement).toEqual({ kind: 'numbers' });
    expect(messages.map(({ text }) => text)).toEqual(['We would like to know. '.repeat(4), 'Which one?']);
  });
});

test('a text is shortened between its graphemes', () => {
  expect(shorten('abcdef', 6, 'utf16')).toBe('abcdef');
  expect(shorten('abcdef', 5, 'utf16')).toBe('abcd…');
  expect(shorten('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 13, 'utf16')).toBe('👨‍👩‍👧‍👦…');
});
