import { describe, expect, test } from 'vitest';
import {
  compareRevisions,
  type Question,
  type QuestionnaireDocument,
  replay,
} from '../../src/dialogs/index.ts';
import { prepareQuestionnaire } from '../../src/dialogs/prepare.ts';
import { sample } from './sample.ts';
import { Talk } from './talk.ts';

const one: Question = { id: 'one', kind: 'nps' };
const two: Question = { id: 'two', kind: 'yes_no' };
const three: Question = { id: 'three', kind: 'text' };
const before = sample([one, two, three]);

function withEnd(document: QuestionnaireDocument, end: string): QuestionnaireDocument {
  const { en } = document.texts;
  return { ...document, texts: { ...document.texts, ...(en && { en: { ...en, end } }) } };
}

describe('comparing revisions', () => {
  test('[D52] the same document, stored and read again, has no change', () => {
    const { questions, ...rest } = before;
    const reordered = JSON.parse(JSON.stringify({ questions, ...rest }));
    expect(compareRevisions(before, reordered)).toEqual({ kind: 'texts_only', changedQuestions: [] });
  });

  test('[D52] other words change texts only', () => {
    const after = sample([one, two, three], { texts: { two: { prompt: 'Sure?' } } });
    expect(compareRevisions(before, after)).toEqual({
      kind: 'texts_only',
      changedQuestions: [{ questionId: 'two', change: 'texts' }],
    });
    expect(compareRevisions(before, withEnd(before, 'Bye.')).kind).toBe('texts_only');
  });

  test.each<[string, QuestionnaireDocument, [string, string][]]>([
    ['a new question', sample([one, two, { id: 'new', kind: 'text' }, three]), [['new', 'added']]],
    ['a question less', sample([one, three]), [['two', 'removed']]],
    ['another kind', sample([one, two, { id: 'three', kind: 'email' }]), [['three', 'changed']]],
    ['another setting', sample([one, { ...two, skippable: false }, three]), [['two', 'changed']]],
    [
      'another order',
      sample([two, one, three]),
      [
        ['two', 'moved'],
        ['one', 'moved'],
      ],
    ],
    ['an attribute', sample([one, two, three], { attributes: { name: { type: 'text' } } }), []],
    ['a language less', { ...before, languages: ['he'], texts: { he: before.texts.he } }, []],
    ['another touchpoint', { ...before, touchpoint: 'other' }, []],
  ])('[D52] %s is structural', (_name, after, changes) => {
    const { kind, changedQuestions } = compareRevisions(before, after);
    expect(kind).toBe('structural');
    expect(changedQuestions.map(({ questionId, change }) => [questionId, change])).toEqual(changes);
  });

  test('[D52] the timing belongs to new sessions', () => {
    expect(compareRevisions(before, { ...before, timing: { expiryHours: 24 } }).kind).toBe('texts_only');
  });

  test('[D41] [D52] an open session goes on with other words', () => {
    const talk = new Talk(before).start().say('8');
    talk.happen({ type: 'revised', at: '2026-05-04T09:00:00Z', context: talk.context, revision: 2 });
    expect(talk.effects).toEqual([]);
    const after = prepareQuestionnaire(withEnd(before, 'Bye.'), 2);
    expect(after.revision).toBe(2);
    expect(JSON.stringify(replay(after, talk.say('yes', 'fine').events))).toBe(talk.stored);
  });
});
