import { expect, test } from 'vitest';
import { progress, type Question } from '../../src/dialogs/index.ts';
import { sample } from './sample.ts';
import { Talk } from './talk.ts';

const yesNo = (id: string): Question => ({ id, kind: 'yes_no' });
const document = sample([
  yesNo('one'),
  { ...yesNo('two'), when: { op: 'eq', of: { answer: 'one' }, value: true } },
  yesNo('three'),
  yesNo('four'),
]);

function progressOf(talk: Talk) {
  return progress(talk.questionnaire, talk.session);
}

test('[D43] progress is what was passed, measured by the longest way that is left', () => {
  const talk = new Talk(document);
  expect(progressOf(talk)).toEqual({ answered: 0, remainingMax: 4, fraction: 0 });
  expect(progressOf(talk.start())).toEqual({ answered: 0, remainingMax: 4, fraction: 0 });
  expect(progressOf(talk.say('no'))).toEqual({ answered: 1, remainingMax: 2, fraction: 1 / 3 });
  expect(progressOf(talk.say('what', 'help', 'עברית'))).toEqual({
    answered: 1,
    remainingMax: 2,
    fraction: 1 / 3,
  });
  expect(progressOf(talk.say('skip'))).toEqual({ answered: 1, remainingMax: 1, fraction: 2 / 3 });
  expect(progressOf(talk.say('yes'))).toEqual({ answered: 2, remainingMax: 0, fraction: 1 });
});

test('[D43] Back takes it back, and coming to where one was restores it', () => {
  const talk = new Talk(document).start().say('yes', 'yes', 'yes');
  expect(progressOf(talk).fraction).toBe(3 / 4);
  expect(progressOf(talk.say('back', 'back')).fraction).toBe(1 / 4);
  expect(progressOf(talk.say('no')).fraction).toBe(3 / 4);
});

test('[D43] a conversation that was left has no more to ask', () => {
  expect(progressOf(new Talk(document).start().pass('closed'))).toEqual({
    answered: 0,
    remainingMax: 0,
    fraction: 1,
  });
});

test('[D44] a question may have a name that objects inherit', () => {
  const talk = new Talk(sample([yesNo('constructor'), yesNo('two')])).start();
  expect(talk.session.at).toBe('constructor');
  talk.say('yes');
  expect(talk.happened).toEqual(['accepted constructor true', 'asked two']);
  expect(talk.say('back').session).toEqual({ at: 'constructor', answers: {}, held: { constructor: true } });
});
