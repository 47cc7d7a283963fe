import { describe, expect, test } from 'vitest';
import { joinTokens, readTimeline, type Timeline } from '../../web/chat/timeline.ts';
import type { ShownMessage, StateEvent } from '../../web/chat/wire.ts';

const at = '2026-05-13T07:00:00.000Z';
const botLeads: StateEvent = { language: 'en', mode: 'bot', optedOut: false, offered: false };

function message(seq: number, about: Partial<ShownMessage> = {}) {
  const layout = about.choices ? 'options' : 'statement';
  return {
    seq,
    at,
    message: { text: `message ${seq}`, language: 'en', from: 'bot', layout, ...about },
  } as const;
}

function question(
  seq: number,
  questionId: string,
  optionIds: readonly string[],
  about: Partial<ShownMessage> = {},
) {
  const choices = optionIds.map((id) => ({ token: `s1.${questionId}.${id}`, label: `Label ${id}` }));
  return message(seq, { sessionId: 's1', questionId, choices, ...about });
}

function tap(seq: number, choice: string) {
  return { seq, at, id: `id-${seq}`, choice };
}

function words(seq: number, text: string) {
  return { seq, at, id: `id-${seq}`, text };
}

function waitingFor(questionId: string, about: Partial<StateEvent> = {}): StateEvent {
  return { ...botLeads, waiting: { sessionId: 's1', questionId }, ...about };
}

function read(timeline: Partial<Timeline>) {
  return readTimeline({ events: [], unsent: [], state: botLeads, ...timeline });
}

function activeKeys(timeline: Partial<Timeline>): string[] {
  return read(timeline).entries.flatMap((entry) =>
    entry.kind === 'message' && entry.isActive ? [entry.key] : [],
  );
}

function chosenAt(timeline: Partial<Timeline>): string[][] {
  return read(timeline).entries.flatMap((entry) => (entry.kind === 'message' ? [[...entry.chosen]] : []));
}

describe('the choices of a question', () => {
  test('can be tapped while the question waits', () => {
    expect(activeKeys({ events: [question(1, 'q1', ['a'])], state: waitingFor('q1') })).toEqual([
      'message-1',
    ]);
  });

  test('cannot be tapped when another question waits, or none', () => {
    const events = [question(1, 'q1', ['a'])];
    expect(activeKeys({ events, state: waitingFor('q2') })).toEqual([]);
    expect(activeKeys({ events, state: botLeads })).toEqual([]);
  });

  test('cannot be tapped where the same question waits in another session', () => {
    const state = { ...botLeads, waiting: { sessionId: 's2', questionId: 'q1' } };
    expect(activeKeys({ events: [question(1, 'q1', ['a'])], state })).toEqual([]);
  });

  test('can be tapped only where the question was asked last', () => {
    const events = [question(1, 'q1', ['a']), words(2, 'hm'), question(3, 'q1', ['a'])];
    expect(activeKeys({ events, state: waitingFor('q1') })).toEqual(['message-3']);
  });

  test('stay open while words that change nothing are answered by a statement', () => {
    const events = [question(1, 'q1', ['a']), words(2, 'help'), message(3)];
    expect(activeKeys({ events, state: waitingFor('q1') })).toEqual(['message-1']);
  });

  test('cannot be tapped between a reply and its answer, whether the server has the reply or not', () => {
    const asked = question(1, 'q1', ['a']);
    const unsent = [{ id: 'x', at: 1, afterSeq: 1, content: { text: 'a' }, state: 'waiting' }] as const;
    expect(activeKeys({ events: [asked, words(2, 'a')], state: waitingFor('q1') })).toEqual([]);
    expect(activeKeys({ events: [asked], unsent, state: waitingFor('q1') })).toEqual([]);
  });

  test('open again when the reply was refused, or its answer is not waited for any more', () => {
    const asked = question(1, 'q1', ['a']);
    const unsent = [
      { id: 'x', at: 1, afterSeq: 1, content: { choice: 's1.q1.a' }, state: 'refused' },
    ] as const;
    expect(activeKeys({ events: [asked], unsent, state: waitingFor('q1') })).toEqual(['message-1']);
    const events = [asked, words(2, 'a')];
    expect(activeKeys({ events, state: waitingFor('q1'), givenUpOn: 'id-2' })).toEqual(['message-1']);
  });

  test('cannot be tapped while a person leads', () => {
    const events = [question(1, 'q1', ['a'])];
    expect(activeKeys({ events, state: waitingFor('q1', { mode: 'human' }) })).toEqual([]);
  });
});

describe('an offer that belongs to no question', () => {
  const choices = [{ token: '!!continue', label: 'Go on' }];

  test('can be tapped beside the question that waits, for as long as it stands', () => {
    const events = [question(1, 'q1', ['a']), message(2, { choices })];
    expect(activeKeys({ events, state: waitingFor('q1', { offered: true }) })).toEqual([
      'message-1',
      'message-2',
    ]);
    expect(activeKeys({ events, state: waitingFor('q1') })).toEqual(['message-1']);
  });
});

describe('what was chosen', () => {
  test('is marked where it was offered last before', () => {
    const events = [
      question(1, 'q1', ['a', 'b']),
      tap(2, 's1.q1.a'),
      question(3, 'q1', ['a', 'b']),
      tap(4, 's1.q1.b'),
      question(5, 'q1', ['a', 'b']),
    ];
    expect(chosenAt({ events })).toEqual([['s1.q1.a'], ['s1.q1.b'], []]);
  });

  test('is marked at once, before the server has it', () => {
    const unsent = [
      { id: 'x', at: 1, afterSeq: 1, content: { choice: 's1.q1.a' }, state: 'waiting' },
    ] as const;
    expect(chosenAt({ events: [question(1, 'q1', ['a', 'b'])], unsent })).toEqual([['s1.q1.a']]);
  });

  test('is not marked when the server refused it', () => {
    const unsent = [
      { id: 'x', at: 1, afterSeq: 1, content: { choice: 's1.q1.a' }, state: 'refused' },
    ] as const;
    expect(chosenAt({ events: [question(1, 'q1', ['a', 'b'])], unsent })).toEqual([[]]);
  });

  test('may be several at once', () => {
    const events = [question(1, 'q1', ['a', 'b', 'c']), tap(2, joinTokens(['s1.q1.a', 's1.q1.c']))];
    expect(chosenAt({ events })).toEqual([['s1.q1.a', 's1.q1.c']]);
    expect(read({ events }).entries.at(-1)).toMatchObject({
      words: { kind: 'labels', labels: ['Label a', 'Label c'], language: 'en' },
    });
  });
});

describe('what the reader said', () => {
  test.each([
    [words(1, 'eight'), { kind: 'typed', text: 'eight' }],
    [tap(1, '!back'), { kind: 'command', command: 'back' }],
    [tap(1, '!language:he'), { kind: 'command', command: 'language:he' }],
  ])('%o is shown in words', (event, shown) => {
    expect(read({ events: [event] }).entries).toMatchObject([{ kind: 'reply', words: shown }]);
  });

  test('is shown by the label of the button, also where the button stands for a reserved word', () => {
    const events = [message(1, { choices: [{ token: '!start', label: 'Come back' }] }), tap(2, '!start')];
    expect(read({ events }).entries.at(-1)).toMatchObject({
      words: { kind: 'labels', labels: ['Come back'] },
    });
  });

  test('stands after everything else until the server shows it, under the same key', () => {
    const unsent = [{ id: 'x', at: 1, afterSeq: 1, content: { text: 'eight' }, state: 'sent' }] as const;
    const before = read({ events: [message(1)], unsent }).entries.map(({ key }) => key);
    const after = read({ events: [message(1), { seq: 2, at, id: 'x', text: 'eight' }] }).entries.map(
      ({ key }) => key,
    );
    expect(before).toEqual(['message-1', 'x']);
    expect(after).toEqual(before);
  });
});

describe('what the server refused', () => {
  test('stays where it was said', () => {
    const unsent = [
      { id: 'no', at: 1, afterSeq: 1, content: { text: 'no' }, state: 'refused' },
      { id: 'way', at: 2, afterSeq: 1, content: { text: 'way' }, state: 'waiting' },
    ] as const;
    const { entries } = read({ events: [message(1), words(2, 'yes'), message(3)], unsent });
    expect(entries.map(({ key }) => key)).toEqual(['message-1', 'no', 'id-2', 'message-3', 'way']);
  });
});

describe('the conversation', () => {
  test('has ended when an end was said after the last question and nothing waits', () => {
    const events = [question(1, 'q1', ['a']), tap(2, 's1.q1.a'), message(3, { ended: true })];
    expect(read({ events }).hasEnded).toBe(true);
    expect(read({ events: [...events, words(4, 'thanks'), message(5)] }).hasEnded).toBe(true);
    expect(read({ events: [...events, question(6, 'q1', ['a'])], state: waitingFor('q1') }).hasEnded).toBe(
      false,
    );
    expect(read({ events, state: { ...botLeads, mode: 'human' } }).hasEnded).toBe(false);
    expect(read({ events, state: { ...botLeads, optedOut: true } }).hasEnded).toBe(false);
  });

  test('tells whether the person who leads has written yet', () => {
    const human: StateEvent = { ...botLeads, mode: 'human' };
    const staff = message(3, { from: 'staff' });
    expect(read({ events: [message(1)], state: botLeads }).person).toBe('absent');
    expect(read({ events: [message(1)], state: human }).person).toBe('expected');
    expect(read({ events: [message(1), staff, words(4, 'hi')], state: human }).person).toBe('talking');
  });

  test('shows the progress that was said last', () => {
    const events = [question(1, 'q1', ['a'], { progress: 0.25 }), message(2)];
    expect(read({ events }).progress).toBe(0.25);
    expect(read({ events: [] }).progress).toBeUndefined();
  });

  test('waits for nothing before anything was said', () => {
    expect(read({ events: [] })).toMatchObject({ isAwaitingAnswer: false, entries: [], question: undefined });
  });
});
