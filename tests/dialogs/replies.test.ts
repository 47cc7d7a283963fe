import { describe, expect, test } from 'vitest';
import type { Question, Reading } from '../../src/dialogs/index.ts';
import { retry, sample } from './sample.ts';
import { Talk } from './talk.ts';

const score: Question = { id: 'score', kind: 'nps' };
const why: Question = { id: 'why', kind: 'text' };
const pick: Question = {
  id: 'pick',
  kind: 'choice',
  options: [{ id: 'late' }, { id: 'rude' }, { id: 'other' }],
};
const sure: Question = { id: 'sure', kind: 'yes_no' };

const basis = { rule: 'test', language: 'en' } as const;
const doubtful = (value: string | number | boolean): Reading => ({
  outcome: 'answer',
  value,
  confidence: 'confirm',
  ...basis,
});
const ambiguous = (...values: (string | number)[]): Reading => ({
  outcome: 'ambiguous',
  candidates: values.map((value) => ({ value, rule: 'test' })),
  ...basis,
});

describe('a reply', () => {
  test('[D10] is recorded, and the next question is asked', () => {
    const talk = new Talk(sample([score, why])).start().say('8');
    expect(talk.happened).toEqual(['accepted score 8', 'asked why']);
    expect(talk.said).toEqual(['questions.why.prompt']);
    expect(talk.message?.question).toBe('why');
  });

  test('[D10] brings along what was said beside the answer', () => {
    const reading: Reading = {
      outcome: 'answer',
      value: 4,
      confidence: 'take',
      comment: 'it was late',
      ...basis,
    };
    const talk = new Talk(sample([score, why])).start().reply(reading);
    expect(talk.happened).toEqual(['accepted score 4 comment it was late', 'asked why']);
  });

  test('[D10] may be a tap', () => {
    const talk = new Talk(sample([score, pick])).start().tap('score', '10').tap('pick', 'rude');
    expect(talk.session).toEqual({ answers: { score: 10, pick: 'rude' }, outcome: 'complete' });
    expect(talk.events.at(-1)).toMatchObject({ reading: { rule: 'tap' }, tapped: 'pick' });
  });

  test('[D11] that cannot be taken is answered with the reason and what can be answered', () => {
    const talk = new Talk(sample([score, why])).start().say('11');
    expect(talk.happened).toEqual(['rejected score out_of_range']);
    expect(talk.message).toEqual({
      type: 'message',
      texts: [
        { from: 'system', key: 'reasons.out_of_range' },
        { from: 'system', key: 'hints.scale', parameters: { min: 0, max: 10 } },
      ],
      question: 'score',
    });
    expect(talk.session).toEqual({ at: 'score', answers: {}, tries: 1 });
  });

  test("[D11] that cannot be taken is answered with the question's own sentence where it has one", () => {
    const talk = new Talk(sample([score], { texts: { score: { retry: 'A number, please.' } } }))
      .start()
      .say('what');
    expect(talk.said).toEqual(['questions.score.retry']);
  });

  test('[D11] whose value the question does not take is refused like one that was not read', () => {
    const reading: Reading = { outcome: 'answer', value: 12, confidence: 'take', ...basis };
    const talk = new Talk(sample([score])).start().reply(reading);
    expect(talk.happened).toEqual(['rejected score out_of_range']);
    expect(talk.reply({ ...reading, confidence: 'confirm' }).happened).toEqual([
      'rejected score out_of_range',
    ]);
  });

  test('[D11] tapped choices that are not offered are no answer', () => {
    const talk = new Talk(sample([score])).start().tap('score', '11');
    expect(talk.happened).toEqual(['rejected score not_an_option']);
  });
});

describe('the tries of a question', () => {
  test('[D12] are counted, and begin anew with the next question', () => {
    const talk = new Talk(sample([score, pick])).start().say('what', 'why');
    expect(talk.session.tries).toBe(2);
    talk.say('8', 'nothing');
    expect(talk.session).toEqual({ at: 'pick', answers: { score: 8 }, tries: 1 });
  });

  test('[D12] are three, and then the question is passed', () => {
    const talk = new Talk(sample([score, why])).start().say('what', 'what', 'what');
    expect(talk.happened).toEqual(['rejected score not_a_number', 'skipped score by retries', 'asked why']);
    expect(talk.said).toEqual(['moving_on', 'questions.why.prompt']);
    expect(talk.session).toEqual({ at: 'why', answers: {}, skipped: ['score'] });
  });

  test('[D12] of the last question end with the last words alone', () => {
    const note: Question = { id: 'note', kind: 'info' };
    const talk = new Talk(sample([{ ...score, retry: retry(1, 'skip') }, note])).start().say('what');
    expect(talk.said).toEqual(['questions.note.prompt', 'end']);
  });

  test('[D12] may end in a default', () => {
    const talk = new Talk(sample([{ ...score, retry: retry(1, 'default', 5) }, why])).start().say('what');
    expect(talk.happened).toEqual(['rejected score not_a_number', 'accepted score 5 default', 'asked why']);
    expect(talk.said).toEqual(['moving_on', 'questions.why.prompt']);
  });

  test('[D12] that end in a default which is none pass the question', () => {
    const talk = new Talk(sample([{ ...score, retry: retry(1, 'default', 50) }, why])).start().say('what');
    expect(talk.happened).toEqual(['rejected score not_a_number', 'skipped score by retries', 'asked why']);
  });

  test('[D12] may end with a person, and begin anew after that', () => {
    const talk = new Talk(sample([{ ...score, retry: retry(2, 'human') }])).start().say('what', 'what');
    expect(talk.happened).toEqual(['rejected score not_a_number', 'human_requested']);
    expect(talk.message).toBeUndefined();
    expect(talk.session).toEqual({ at: 'score', answers: {} });
  });

  test('[D12] may end the conversation', () => {
    const talk = new Talk(sample([sure, { ...score, retry: retry(1, 'end') }, why]))
      .start()
      .say('yes', 'what');
    expect(talk.happened).toEqual(['rejected score not_a_number', 'ended break_off']);
    expect(talk.said).toEqual(['ended_by_retries']);
  });

  test('[D12] of a consent end the conversation when nothing else is said: unclear words are no consent', () => {
    const talk = new Talk(sample([{ id: 'agree', kind: 'consent' }, why])).start().say('hm', 'hm', 'hm');
    expect(talk.session).toEqual({ answers: {}, outcome: 'break_off' });
  });

  test('[D12] that run out after Back leave the answer from before', () => {
    const talk = new Talk(sample([score, why])).start().say('8', 'back', 'what', 'what', 'what');
    expect(talk.happened).toEqual(['rejected score not_a_number', 'asked why']);
    expect(talk.session).toEqual({ at: 'why', answers: { score: 8 } });
  });
});

describe('a doubtful reading', () => {
  test('[D13] is confirmed before it counts', () => {
    const talk = new Talk(sample([score, why])).start().reply(doubtful(8));
    expect(talk.happened).toEqual([]);
    expect(talk.message).toEqual({
      type: 'message',
      texts: [{ from: 'system', key: 'confirm_digits', parameters: { value: 8 } }],
      question: 'score',
      confirm: 8,
    });
    expect(talk.session).toEqual({ at: 'score', answers: {}, confirm: 8 });
    expect(talk.say('yes').happened).toEqual(['accepted score 8', 'asked why']);
  });

  test('[D13] that is denied is asked again and counts as a try', () => {
    const talk = new Talk(sample([score, why])).start().reply(doubtful(8)).say('no');
    expect(talk.happened).toEqual(['rejected score not_confirmed']);
    expect(talk.said).toEqual(['not_confirmed', 'questions.score.prompt']);
    expect(talk.session).toEqual({ at: 'score', answers: {}, tries: 1 });
  });

  test('[D13] keeps what was said beside it, then and with the yes', () => {
    const first: Reading = {
      outcome: 'answer',
      value: 4,
      confidence: 'confirm',
      comment: 'it was late',
      ...basis,
    };
    const yes: Reading = { outcome: 'answer', value: true, confidence: 'take', comment: 'very', ...basis };
    const asked = new Talk(sample([score, why])).start().reply(first);
    expect(asked.session).toEqual({ at: 'score', answers: {}, confirm: 4, comment: 'it was late' });
    expect(asked.say('yes').happened[0]).toBe('accepted score 4 comment it was late');
    const both = new Talk(sample([score, why])).start().reply(first).reply(yes, 'confirmation');
    expect(both.happened[0]).toBe('accepted score 4 comment it was late\nvery');
    expect(both.session).toEqual({ at: 'why', answers: { score: 4 } });
    const other = new Talk(sample([score, why])).start().reply(first).reply(doubtful(8)).say('yes');
    expect(other.happened[0]).toBe('accepted score 8');
  });

  test('[D13] is forgotten when the reply to it was another that cannot be taken', () => {
    const talk = new Talk(sample([score, why])).start().reply(doubtful(8)).tap('score', '11');
    expect(talk.session).toEqual({ at: 'score', answers: {}, tries: 1 });
    expect(talk.reply(doubtful(8)).reply(ambiguous(6, 7)).session).toEqual({
      at: 'score',
      answers: {},
      tries: 2,
    });
  });

  test('[D13] gives way to a plain answer', () => {
    const talk = new Talk(sample([score, why])).start().reply(doubtful(8)).say('7');
    expect(talk.happened).toEqual(['accepted score 7', 'asked why']);
    expect(talk.session.confirm).toBeUndefined();
  });

  test('[D13] gives way to an answer that comes with the no', () => {
    const talk = new Talk(sample([score, why])).start().reply(doubtful(8)).say('no, 7');
    expect(talk.happened).toEqual(['accepted score 7', 'asked why']);
  });

  test('[D13] gives way to a tap on the question itself', () => {
    const talk = new Talk(sample([score, why])).start().reply(doubtful(8)).tap('score', '2');
    expect(talk.happened).toEqual(['accepted score 2', 'asked why']);
  });

  test('[D13] is asked about again after words that mean neither', () => {
    const talk = new Talk(sample([score, why])).start().reply(doubtful(8)).say('hm');
    expect(talk.happened).toEqual(['rejected score unclear']);
    expect(talk.said).toEqual(['reasons.unclear', 'confirm_digits']);
    expect(talk.session).toEqual({ at: 'score', answers: {}, tries: 1, confirm: 8 });
  });

  test('[D13] is not confirmed by a doubtful yes', () => {
    const talk = new Talk(sample([score, why]))
      .start()
      .reply(doubtful(8))
      .reply(doubtful(true), 'confirmation');
    expect(talk.session).toEqual({ at: 'score', answers: {}, tries: 1, confirm: 8 });
  });

  test('[D13] of yes or no is confirmed by yes, whichever it was', () => {
    const talk = new Talk(sample([sure, why])).start().reply(doubtful(false)).say('yes');
    expect(talk.happened).toEqual(['accepted sure false', 'asked why']);
  });

  test('[D13] stands through help, and a wish is obeyed meanwhile', () => {
    const talk = new Talk(sample([score, why])).start().reply(doubtful(8)).say('help');
    expect(talk.said).toEqual(['help', 'confirm_digits']);
    expect(talk.say('skip').happened).toEqual(['skipped score by contact', 'asked why']);
    expect(talk.session.confirm).toBeUndefined();
  });

  test('[D13] a yes to nothing asks the question again and counts nothing', () => {
    const yes: Reading = { outcome: 'answer', value: true, confidence: 'take', ...basis };
    const talk = new Talk(sample([score])).start().reply(yes, 'confirmation');
    expect(talk.said).toEqual(['questions.score.prompt']);
    expect(talk.session).toEqual({ at: 'score', answers: {} });
  });
});

describe('a reply with several readings', () => {
  test('[D14] is answered with them as choices, and counts as a try', () => {
    const talk = new Talk(sample([score])).start().reply(ambiguous(7, 8));
    expect(talk.happened).toEqual(['rejected score ambiguous']);
    expect(talk.message).toEqual({
      type: 'message',
      texts: [{ from: 'system', key: 'ambiguous_two_digits', parameters: { first: 7, second: 8 } }],
      question: 'score',
      candidates: [7, 8],
    });
    expect(talk.session).toEqual({ at: 'score', answers: {}, tries: 1 });
    expect(talk.tap('score', '7').session.answers).toEqual({ score: 7 });
  });

  test('[D14] names words as words, and more than two as a list', () => {
    const talk = new Talk(sample([pick])).start().reply(ambiguous('late', 'rude'));
    expect(talk.said).toEqual(['ambiguous_two_words']);
    talk.reply(ambiguous('late', 'rude', 'other'));
    expect(talk.said).toEqual(['ambiguous_several']);
    expect(talk.message?.candidates).toEqual(['late', 'rude', 'other']);
  });

  test('[D14] of which the question takes one is confirmed', () => {
    const talk = new Talk(sample([score])).start().reply(ambiguous(8, 80));
    expect(talk.message?.confirm).toBe(8);
    expect(talk.session).toEqual({ at: 'score', answers: {}, confirm: 8 });
  });

  test('[D14] of which there are none to name, or too many, is answered with what can be answered', () => {
    const talk = new Talk(sample([score])).start().reply(ambiguous());
    expect(talk.said).toEqual(['ambiguous', 'hints.scale']);
    expect(talk.reply(ambiguous(1, 2, 3, 4, 5, 6)).said).toEqual(['ambiguous', 'hints.scale']);
  });
});

describe('a tap on an old button', () => {
  test('[D15] of an answered question is answered kindly and changes nothing', () => {
    const talk = new Talk(sample([score, pick])).start().say('8');
    const before = talk.stored;
    talk.tap('score', '3');
    expect(talk.happened).toEqual([]);
    expect(talk.said).toEqual(['stale_tap', 'questions.pick.prompt']);
    expect(talk.stored).toBe(before);
  });

  test('[D15] of a question that is still to come, or of another survey, says so', () => {
    const talk = new Talk(sample([score, pick])).start().tap('pick', 'late');
    expect(talk.said).toEqual(['foreign_tap', 'questions.score.prompt']);
    expect(talk.tap('', 'x').said).toEqual(['foreign_tap', 'questions.score.prompt']);
    expect(talk.session).toEqual({ at: 'score', answers: {} });
  });

  test('[D15] does not score the same words against the waiting question', () => {
    const talk = new Talk(sample([score, { id: 'other_score', kind: 'nps' }]))
      .start()
      .say('8')
      .tap('score', '3');
    expect(talk.session.answers).toEqual({ score: 8 });
  });
});

test('[D16] a message without text is answered kindly and counts as no try', () => {
  const talk = new Talk(sample([score])).start().pass('media_received');
  expect(talk.said).toEqual(['media_received', 'questions.score.prompt']);
  expect(talk.session).toEqual({ at: 'score', answers: {} });
});
