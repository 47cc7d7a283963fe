import { describe, expect, test } from 'vitest';
import { arrange } from '../../src/channels/arrange.ts';
import type { Capabilities, OutboundMessage } from '../../src/channels/channel.ts';
import { renderText } from '../../src/channels/render.ts';
import { question, scale, textOnly, withControls } from './sample.ts';

const kindOf = (message: OutboundMessage, capabilities: Capabilities) => arrange(message, capabilities).kind;

describe('[M4] choices are shown by what a channel can', () => {
  test.each<[string, OutboundMessage, Capabilities, string]>([
    ['nothing to choose', question([], { layout: 'open' }), withControls, 'text'],
    ['two short labels', question(['Yes', 'No']), withControls, 'buttons'],
    ['three labels as long as buttons bear', question(['a', 'b', 'c'.repeat(20)]), withControls, 'buttons'],
    ['a label beyond a button', question(['a', 'b', 'c'.repeat(21)]), withControls, 'list'],
    ['a label that only fits a description', question(['a', 'c'.repeat(72)]), withControls, 'list'],
    ['a label that fits nowhere', question(['a', 'c'.repeat(73)]), withControls, 'numbers'],
    ['two labels that read the same', question(['Other', 'Other']), withControls, 'list'],
    ['ten choices', question([...'abcdefghij']), withControls, 'list'],
    ['eleven choices', question([...'abcdefghijk']), withControls, 'numbers'],
    ['emoji, of which each counts as one', question(['🙂'.repeat(20), 'b']), withControls, 'buttons'],
    ['a short scale', scale(1, 5), withControls, 'list'],
    ['a scale beyond the list', scale(0, 10), withControls, 'steps'],
    ['a scale without controls', scale(0, 10), textOnly, 'text'],
    ['choices without controls', question(['a', 'b']), textOnly, 'numbers'],
    [
      'several to tick where that works',
      question(['a', 'b'], { layout: 'multiple' }),
      { ...withControls, multipleChoice: true },
      'ticks',
    ],
    [
      'several to tick where it does not',
      question(['a', 'b'], { layout: 'multiple' }),
      withControls,
      'numbers',
    ],
  ])('%s', (_, message, capabilities, kind) => {
    expect(kindOf(message, capabilities)).toBe(kind);
  });

  test('a long scale falls into as many nearly equal parts as there are buttons', () => {
    const arrangement = arrange(scale(0, 10), withControls);
    expect(arrangement).toMatchObject({ kind: 'steps' });
    const groups = arrangement.kind === 'steps' ? arrangement.groups : [];
    expect(groups.map((group) => group.map(({ label }) => label).join(' '))).toEqual([
      '0 1 2 3',
      '4 5 6 7',
      '8 9 10',
    ]);
  });

  test('a scale that does not fit in two steps is typed', () => {
    expect(kindOf(scale(0, 40), withControls)).toBe('text');
  });
});

describe('[M7] a link takes the place of a question', () => {
  const paid: Capabilities = {
    ...textOnly,
    segments: { questionMax: 3, count: (text) => Math.ceil(text.length / 10) },
    reservedWords: new Set(['stop', 'yes']),
  };

  test('that takes more segments than it may, with its choices', () => {
    expect(kindOf(question(['a', 'b'], { text: 'x'.repeat(20) }), paid)).toBe('numbers');
    expect(arrange(question(['a', 'b'], { text: 'x'.repeat(21) }), paid)).toEqual({
      kind: 'link',
      because: 'length',
    });
  });

  test.each(['Yes', 'STOP', ' stop. ', '"Yes"'])('that would offer %s', (label) => {
    expect(arrange(question([label, 'No']), paid)).toEqual({ kind: 'link', because: 'reserved_word' });
  });

  test('but not where the word is only a part of a label', () => {
    expect(kindOf(question(['Yes, it did', 'No'], { text: '?' }), paid)).toBe('numbers');
  });

  test('and never of what belongs to no question', () => {
    const { questionId: _, ...statement } = question([], { layout: 'statement', text: 'x'.repeat(99) });
    expect(kindOf(statement, paid)).toBe('text');
  });
});

describe('a message as text', () => {
  const asText = (message: OutboundMessage) => renderText(message, arrange(message, textOnly));

  test('[M4] numbers choices, so that one can be answered by its number', () => {
    expect(asText(question(['The price', 'The service']))).toBe('Which one?\n1. The price\n2. The service');
  });

  test('[M4] does not number what is a number itself', () => {
    expect(asText(question(['7', '8'], { text: 'Did you mean 7 or 8?' }))).toBe('Did you mean 7 or 8?');
  });

  test('[M4] names the ends of a scale, or its points with their digits', () => {
    expect(asText(scale(0, 10, { low: 'not likely', high: 'very likely' }))).toBe(
      'Which one?\n0 – not likely, 10 – very likely',
    );
    expect(asText(question(['1', '2 – fair', '3'], { layout: 'scale' }))).toBe('Which one?\n1\n2 – fair\n3');
  });

  test('leaves choices to buttons and lists, and names the ends all the same', () => {
    const message = scale(1, 5, { low: 'bad', high: 'good' });
    expect(renderText(message, { kind: 'list' })).toBe('Which one?\n1 – bad, 5 – good');
    expect(renderText(question(['a', 'b']), { kind: 'buttons' })).toBe('Which one?');
  });
});
