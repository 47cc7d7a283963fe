import { describe, expect, test } from 'vitest';
import { type Question, type Reading, startSession, step } from '../../src/dialogs/index.ts';
import { sample } from './sample.ts';
import { Talk } from './talk.ts';

const yesNo = (id: string): Question => ({ id, kind: 'yes_no' });
const four = sample(['one', 'two', 'three', 'four'].map(yesNo));

describe('the end', () => {
  test('[D30] is said once', () => {
    const talk = new Talk(sample([yesNo('one')])).start().say('yes');
    expect(talk.happened).toEqual(['accepted one true', 'ended complete']);
    expect(talk.said).toEqual(['end']);
  });

  test('[D30] by screening has its own words', () => {
    const document = sample([{ id: 'one', kind: 'yes_no', next: [{ to: 'screen_out' }] }, yesNo('two')]);
    const talk = new Talk(document).start().say('no');
    expect(talk.happened).toEqual(['accepted one false', 'ended screened_out']);
    expect(talk.said).toEqual(['screened_out']);
  });

  test('[D30] by refusing consent has its own words, and rules have no say in it', () => {
    const document = sample([
      { id: 'agree', kind: 'consent', next: [{ to: 'two' }] },
      yesNo('one'),
      yesNo('two'),
    ]);
    const talk = new Talk(document).start().say('no');
    expect(talk.session).toEqual({ answers: { agree: false }, outcome: 'refused' });
    expect(talk.said).toEqual(['refused']);
    expect(new Talk(document).start().say('yes').session.at).toBe('two');
    expect(new Talk(document).start({ agree: false }).session.outcome).toBe('refused');
  });
});

describe('a conversation left before its end', () => {
  test.each([
    [[], 'break_off'],
    [['yes'], 'break_off'],
    [['yes', 'yes'], 'partial'],
    [['skip', 'yes'], 'break_off'],
    [['skip', 'yes', 'yes'], 'partial'],
  ])('[D31] after %j counts as %s', (replies, outcome) => {
    for (const way of ['expired', 'closed'] as const) {
      const talk = new Talk(four)
        .start()
        .say(...replies)
        .pass(way);
      expect(talk.happened).toEqual([`ended ${outcome}`]);
      expect(talk.message).toBeUndefined();
    }
  });

  test('[D31] is measured by the questions that apply', () => {
    const whenNo = { op: 'eq', of: { answer: 'one' }, value: false } as const;
    const document = sample([
      yesNo('one'),
      { ...yesNo('two'), when: whenNo },
      { ...yesNo('three'), when: whenNo },
      yesNo('four'),
    ]);
    expect(new Talk(document).start().say('yes').pass('closed').session.outcome).toBe('partial');
    expect(new Talk(document).start().say('no').pass('closed').session.outcome).toBe('break_off');
  });

  test('[D31] keeps what Back put aside', () => {
    const talk = new Talk(four).start().say('yes', 'yes', 'no', 'back', 'back').pass('closed');
    expect(talk.happened).toEqual(['ended partial']);
    expect(talk.session.answers).toEqual({ one: true, two: true, three: false });
  });

  test('[D31] keeps what lies behind a question that a correction brought up', () => {
    const document = sample([
      yesNo('one'),
      { ...yesNo('more'), when: { op: 'eq', of: { answer: 'one' }, value: false } },
      { ...yesNo('still'), when: { op: 'eq', of: { answer: 'one' }, value: false } },
      yesNo('two'),
    ]);
    const talk = new Talk(document).start({ two: true }).say('no');
    expect(talk.session).toEqual({
      at: 'more',
      answers: { one: false },
      held: { two: true },
      known: ['two'],
    });
    talk.pass('closed');
    expect(talk.happened).toEqual(['ended partial']);
    expect(talk.session.answers).toEqual({ one: false, two: true });
  });

  test('[D31] withdraws what a correction left off the path', () => {
    const document = sample([
      yesNo('one'),
      { ...yesNo('more'), when: { op: 'eq', of: { answer: 'one' }, value: true } },
      yesNo('two'),
    ]);
    const talk = new Talk(document).start().say('yes', 'yes', 'back', 'back', 'no').pass('closed');
    expect(talk.happened).toEqual(['retracted more', 'ended partial']);
    expect(talk.session).toEqual({ answers: { one: false }, outcome: 'partial' });
  });
});

describe('a late reply', () => {
  test('[D32] still counts, is told so, and nothing more is asked', () => {
    const talk = new Talk(four).start().say('yes').pass('expired');
    expect(talk.session).toEqual({ at: 'two', answers: { one: true }, outcome: 'break_off' });
    talk.say('no');
    expect(talk.happened).toEqual(['accepted two false', 'ended partial']);
    expect(talk.said).toEqual(['late']);
    expect(talk.message?.question).toBeUndefined();
    expect(talk.session).toEqual({ answers: { one: true, two: false }, outcome: 'partial' });
    expect(talk.say('yes').said).toEqual(['survey_closed']);
    expect(talk.session.answers).toEqual({ one: true, two: false });
  });

  test('[D32] may complete the answers', () => {
    const talk = new Talk(sample([yesNo('one')])).start().pass('expired').say('yes');
    expect(talk.happened).toEqual(['accepted one true', 'ended complete']);
    expect(talk.said).toEqual(['late']);
  });

  test('[D32] that leaves the outcome as it was does not end the conversation twice', () => {
    const talk = new Talk(four).start().say('yes', 'yes').pass('expired').say('no');
    expect(talk.happened).toEqual(['accepted three false']);
  });

  test('[D32] may be a tap on the question, not on another one', () => {
    const talk = new Talk(four).start().say('yes').pass('expired').tap('one', 'no');
    expect(talk.said).toEqual(['survey_closed']);
    expect(talk.tap('two', 'no').session.answers).toEqual({ one: true, two: false });
  });

  test('[D32] must be clear', () => {
    const doubtful: Reading = {
      outcome: 'answer',
      value: true,
      confidence: 'confirm',
      rule: 'x',
      language: 'en',
    };
    const talk = new Talk(four).start().pass('expired').say('hm');
    expect(talk.effects).toHaveLength(1);
    expect(talk.said).toEqual(['survey_closed']);
    expect(talk.reply(doubtful).said).toEqual(['survey_closed']);
    expect(talk.session).toEqual({ at: 'one', answers: {}, outcome: 'break_off' });
  });

  test('[D32] may confirm what was read before', () => {
    const doubtful: Reading = {
      outcome: 'answer',
      value: false,
      confidence: 'confirm',
      rule: 'x',
      language: 'en',
    };
    const talk = new Talk(four).start().reply(doubtful).pass('expired').say('yes');
    expect(talk.session).toEqual({ answers: { one: false }, outcome: 'break_off' });
  });

  test('[D32] may correct what Back had opened again, and later answers stand while the path leads to them', () => {
    const document = sample([
      yesNo('one'),
      { ...yesNo('more'), when: { op: 'eq', of: { answer: 'one' }, value: true } },
      yesNo('two'),
      yesNo('three'),
    ]);
    const talk = new Talk(document).start().say('yes', 'yes', 'yes', 'back', 'back', 'back').pass('expired');
    expect(talk.session.answers).toEqual({ one: true, more: true, two: true });
    talk.say('no');
    expect(talk.happened).toEqual(['accepted one false was true', 'retracted more']);
    expect(talk.session).toEqual({ answers: { one: false, two: true }, outcome: 'partial' });
  });

  test('[D32] is over when the conversation is closed', () => {
    const talk = new Talk(four).start().pass('expired').pass('closed').say('yes');
    expect(talk.session).toEqual({ answers: {}, outcome: 'break_off' });
    expect(talk.said).toEqual(['survey_closed']);
  });

  test('[D32] time passes once', () => {
    const talk = new Talk(four).start().pass('expired').pass('expired');
    expect(talk.effects).toEqual([]);
    expect(talk.pass('reminded').effects).toEqual([]);
    expect(talk.say('yes').said).toEqual(['late']);
  });
});

describe('after the end', () => {
  test('[D33] nothing is scored', () => {
    const talk = new Talk(sample([yesNo('one')])).start().say('yes');
    const before = talk.stored;
    for (const send of [
      () => talk.say('no'),
      () => talk.tap('one', 'no'),
      () => talk.pass('media_received'),
    ]) {
      send();
      expect(talk.said).toEqual(['survey_closed']);
      expect(talk.happened).toEqual([]);
    }
    expect(talk.stored).toBe(before);
  });

  test('[D33] a reply before the start is told that nothing is open', () => {
    expect(new Talk(four).say('yes').said).toEqual(['nothing_open']);
  });
});

describe('taking up a conversation', () => {
  const withBranch = sample([
    yesNo('one'),
    { ...yesNo('two'), next: [{ when: { op: 'eq', of: { answer: 'two' }, value: true }, to: 'end' }] },
    yesNo('three'),
  ]);

  test('[D34] says how many questions are left', () => {
    const talk = new Talk(four).start().say('yes').pass('resumed');
    expect(talk.message?.texts).toEqual([
      { from: 'system', key: 'resume', parameters: { count: 3 } },
      { from: 'questionnaire', key: 'questions.two.prompt' },
    ]);
    expect(talk.pass('reminded').message?.texts[0]).toEqual({
      from: 'system',
      key: 'reminder',
      parameters: { count: 3 },
    });
    expect(talk.happened).toEqual([]);
  });

  test('[D34] does not say a number that is not certain', () => {
    const talk = new Talk(withBranch).start().say('yes').pass('resumed');
    expect(talk.said).toEqual(['resume_uncounted', 'questions.two.prompt']);
    expect(talk.pass('reminded').said).toEqual(['reminder_uncounted', 'questions.two.prompt']);
    expect(talk.say('no').pass('resumed').said).toEqual(['resume', 'questions.three.prompt']);
  });

  test('[D34] does not say a number when a question further on depends on an answer to come', () => {
    const document = sample([
      yesNo('one'),
      yesNo('two'),
      { ...yesNo('three'), when: { op: 'eq', of: { answer: 'two' }, value: true } },
    ]);
    const talk = new Talk(document).start().say('yes').pass('resumed');
    expect(talk.said).toEqual(['resume_uncounted', 'questions.two.prompt']);
  });

  test('[D34] counts no answer that is there already', () => {
    const talk = new Talk(four).start({ three: true }).say('yes').pass('resumed');
    expect(talk.message?.texts[0]?.parameters).toEqual({ count: 2 });
  });

  test('[D34] before the first answer asks the question, and a reminder says that we would like to hear', () => {
    const talk = new Talk(four).start().pass('resumed');
    expect(talk.said).toEqual(['questions.one.prompt']);
    expect(talk.pass('reminded').said).toEqual(['reminder_first', 'questions.one.prompt']);
  });

  test('[D34] starting twice asks the waiting question again', () => {
    const talk = new Talk(four).start().say('yes').start();
    expect(talk.said).toEqual(['questions.two.prompt']);
    expect(talk.session.answers).toEqual({ one: true });
  });

  test('[D34] a session that was never started has nothing to take up', () => {
    const { questionnaire, context } = new Talk(four);
    for (const type of ['resumed', 'reminded', 'expired', 'closed'] as const) {
      const taken = step(questionnaire, startSession(), { type, at: '2026-05-04T09:00:00Z', context });
      expect(taken).toEqual({ session: startSession(), effects: [] });
    }
  });
});
