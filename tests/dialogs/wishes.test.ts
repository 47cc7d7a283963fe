import { describe, expect, test } from 'vitest';
import { canGoBack, canSkip, type Question } from '../../src/dialogs/index.ts';
import { sample } from './sample.ts';
import { Talk } from './talk.ts';

const low = { op: 'lte', of: { answer: 'score' }, value: 6 } as const;
const score: Question = { id: 'score', kind: 'nps' };
const why: Question = { id: 'why', kind: 'text', when: low };
const again: Question = { id: 'again', kind: 'yes_no' };
const last: Question = { id: 'last', kind: 'text' };

const survey = sample([score, why, again, last]);

describe('Back', () => {
  test('[D20] asks the last answered question again', () => {
    const talk = new Talk(survey).start().say('3', 'late', 'back');
    expect(talk.happened).toEqual(['asked why']);
    expect(talk.said).toEqual(['questions.why.prompt']);
    expect(talk.session).toEqual({ at: 'why', answers: { score: 3 }, held: { why: 'late' } });
  });

  test('[D20] asks a skipped question again', () => {
    const talk = new Talk(survey).start().say('3', 'skip', 'back');
    expect(talk.session).toEqual({ at: 'why', answers: { score: 3 } });
  });

  test('[D20] goes further back each time', () => {
    const talk = new Talk(survey).start().say('3', 'late', 'yes', 'back', 'back', 'back');
    expect(talk.session).toEqual({ at: 'score', answers: {}, held: { again: true, why: 'late', score: 3 } });
  });

  test('[D20] does not ask again what was answered and is still on the path', () => {
    const talk = new Talk(survey).start().say('3', 'late', 'yes', 'back', 'back', 'back', '5');
    expect(talk.happened).toEqual(['accepted score 5 was 3', 'asked last']);
    expect(talk.session).toEqual({ at: 'last', answers: { score: 5, why: 'late', again: true } });
  });

  test('[D20] withdraws at the end what the path did not come to again', () => {
    const talk = new Talk(survey).start().say('3', 'late', 'back', 'back', '9', 'yes', 'fine');
    expect(talk.happened).toEqual(['accepted last "fine"', 'retracted why', 'ended complete']);
    expect(talk.session).toEqual({ answers: { score: 9, again: true, last: 'fine' }, outcome: 'complete' });
  });

  test('[D20] finds an answer again that was put aside twice', () => {
    const talk = new Talk(survey).start().say('3', 'late', 'back', 'back', '9', 'back', '4');
    expect(talk.session).toEqual({ at: 'again', answers: { score: 4, why: 'late' } });
  });

  test('[D20] says kindly that there is nothing before the first question', () => {
    const talk = new Talk(survey).start().say('back');
    expect(talk.said).toEqual(['back_at_first', 'questions.score.prompt']);
    expect(canGoBack(talk.questionnaire, talk.session)).toBe(false);
    expect(canGoBack(talk.questionnaire, talk.say('9').session)).toBe(true);
  });

  test('[D21] a new answer names the one before it; the same answer is no correction', () => {
    expect(new Talk(survey).start().say('3', 'back', '4').happened[0]).toBe('accepted score 4 was 3');
    expect(new Talk(survey).start().say('3', 'back', '3').happened[0]).toBe('accepted score 3');
  });

  test('[D21] lists are corrected only when they differ', () => {
    const many: Question = { id: 'many', kind: 'multi_choice', options: [{ id: 'a' }, { id: 'b' }] };
    const talk = new Talk(sample([many, again]))
      .start()
      .tap('many', 'a', 'b')
      .say('back')
      .tap('many', 'b', 'a');
    expect(talk.happened[0]).toBe('accepted many ["a","b"]');
    expect(talk.say('back').tap('many', 'b').happened[0]).toBe('accepted many ["b"] was ["a","b"]');
  });
});

describe('Skip', () => {
  test('[D22] passes a question', () => {
    const talk = new Talk(survey).start().say('skip');
    expect(talk.happened).toEqual(['skipped score by contact', 'asked again']);
    expect(talk.session).toEqual({ at: 'again', answers: {}, skipped: ['score'] });
  });

  test('[D22] is refused kindly where an answer is needed, and counts as no try', () => {
    const talk = new Talk(sample([{ ...score, skippable: false }])).start();
    expect(canSkip(talk.questionnaire, talk.session)).toBe(false);
    expect(talk.say('skip').said).toEqual(['skip_not_possible', 'questions.score.prompt']);
    expect(talk.session).toEqual({ at: 'score', answers: {} });
  });

  test('[D22] is refused for a consent unless the document allows it', () => {
    const consent: Question = { id: 'agree', kind: 'consent' };
    expect(new Talk(sample([consent])).start().say('skip').session.at).toBe('agree');
    expect(new Talk(sample([{ ...consent, skippable: true }])).start().say('skip').session.outcome).toBe(
      'complete',
    );
  });

  test('[D22] withdraws an answer that Back put aside', () => {
    const talk = new Talk(survey).start().say('3', 'late', 'back', 'skip');
    expect(talk.happened).toEqual(['retracted why', 'skipped why by contact', 'asked again']);
    expect(talk.session).toEqual({ at: 'again', answers: { score: 3 }, skipped: ['why'] });
  });
});

test('[D23] restart forgets what was skipped', () => {
  expect(new Talk(survey).start().say('skip', 'restart').session).toEqual({ at: 'score', answers: {} });
});

test('[D23] restart withdraws what was said, keeps facts, and begins again', () => {
  const talk = new Talk(survey).start({ again: true }).say('3', 'late', 'back', 'restart');
  expect(talk.happened).toEqual(['retracted score', 'retracted why', 'asked score']);
  expect(talk.said).toEqual(['restarted', 'questions.score.prompt']);
  expect(talk.session).toEqual({ at: 'score', answers: {}, held: { again: true }, known: ['again'] });
  expect(talk.say('9').session.at).toBe('last');
});

describe('other wishes', () => {
  test('[D24] help asks again and changes nothing', () => {
    const talk = new Talk(survey).start().say('what');
    const before = talk.stored;
    expect(talk.say('help').said).toEqual(['help', 'questions.score.prompt']);
    expect(talk.stored).toBe(before);
  });

  test('[D24] a pause changes nothing', () => {
    const talk = new Talk(survey).start();
    const before = talk.stored;
    expect(talk.say('later').happened).toEqual(['paused']);
    expect(talk.said).toEqual(['paused']);
    expect(talk.stored).toBe(before);
  });

  test('[D24] a person is asked for without a word of ours, who knows not when one is there', () => {
    const talk = new Talk(survey).start().say('agent');
    expect(talk.effects).toEqual([{ type: 'human_requested' }]);
    expect(talk.session.at).toBe('score');
  });

  test.each([
    ['עברית', 'he'],
    ['English', 'en'],
  ])('[D25] %s asks the question again in that language', (word, language) => {
    const talk = new Talk(survey).start().say(word);
    expect(talk.happened).toEqual([`language ${language}`]);
    expect(talk.said).toEqual(['language_switched', 'questions.score.prompt']);
    expect(talk.effects.map(({ type }) => type)).toEqual(['language_chosen', 'message']);
  });

  test('[D26] stop ends the conversation and asks for the opt-out, without a word of ours', () => {
    const talk = new Talk(survey).start().say('3', 'stop');
    expect(talk.effects).toEqual([
      { type: 'session_ended', outcome: 'break_off' },
      { type: 'opt_out_requested' },
    ]);
    expect(talk.session).toEqual({ answers: { score: 3 }, outcome: 'break_off' });
  });

  test('[D26] start asks the waiting question again, or for the opt-in when none waits', () => {
    const talk = new Talk(survey).start().say('START');
    expect(talk.effects).toHaveLength(1);
    expect(talk.said).toEqual(['questions.score.prompt']);
    expect(talk.say('stop', 'start').effects).toEqual([{ type: 'opt_in_requested' }]);
  });

  test('[D26] the wishes that belong to the contact are heard after the end too', () => {
    const talk = new Talk(survey).start().say('9', 'yes', 'fine');
    expect(talk.say('stop').happened).toEqual(['opt_out_requested']);
    expect(talk.say('agent').happened).toEqual(['human_requested']);
    expect(talk.say('עברית').happened).toEqual(['language he']);
    expect(talk.say('help').said).toEqual(['help']);
    expect(talk.say('back').said).toEqual(['survey_closed']);
  });
});
