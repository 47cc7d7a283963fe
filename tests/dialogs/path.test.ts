import { describe, expect, test } from 'vitest';
import { prepareQuestionnaire, type Question } from '../../src/dialogs/index.ts';
import { sample } from './sample.ts';
import { Talk } from './talk.ts';

const low = { op: 'lte', of: { answer: 'score' }, value: 6 } as const;
const high = { op: 'gte', of: { answer: 'score' }, value: 9 } as const;

const branching: Question[] = [
  { id: 'score', kind: 'nps', next: [{ when: high, to: 'praise' }] },
  { id: 'why', kind: 'text', when: low },
  { id: 'fix', kind: 'text', when: low, next: [{ to: 'end' }] },
  { id: 'praise', kind: 'text' },
];

describe('the path', () => {
  test.each([
    ['5', ['score', 'why', 'fix']],
    ['8', ['score', 'praise']],
    ['9', ['score', 'praise']],
  ])('[D2] [D3] leads after a score of %s over %j', (score, asked) => {
    const talk = new Talk(sample(branching)).start().say(score);
    while (!talk.session.outcome) talk.say('words');
    expect(Object.keys(talk.session.answers)).toEqual(asked);
    expect(talk.session.outcome).toBe('complete');
  });

  test('[D2] questions come in the order of the document', () => {
    const ids = ['one', 'two', 'three'];
    const talk = new Talk(sample(ids.map((id) => ({ id, kind: 'yes_no' })))).start();
    for (const id of ids) {
      expect(talk.session.at).toBe(id);
      talk.say('yes');
    }
    expect(talk.session.outcome).toBe('complete');
  });

  test('[D3] the first rule that holds wins, and rules may depend on attributes, channel and language', () => {
    const document = sample(
      [
        {
          id: 'first',
          kind: 'yes_no',
          next: [
            { when: { op: 'eq', of: { attribute: 'segment' }, value: 'vip' }, to: 'vip' },
            { when: { op: 'eq', of: { context: 'channel' }, value: 'sms' }, to: 'short' },
            { when: { op: 'eq', of: { context: 'language' }, value: 'he' }, to: 'end' },
            { when: { op: 'in', of: { context: 'language' }, values: ['he', 'en'] }, to: 'screen_out' },
          ],
        },
        { id: 'vip', kind: 'yes_no' },
        { id: 'short', kind: 'yes_no' },
      ],
      { attributes: { segment: { type: 'text' } } },
    );
    const placeAfter = (change: Partial<Talk>) => {
      const talk = Object.assign(new Talk(document), change).start().say('yes');
      return talk.session.at ?? talk.session.outcome;
    };
    expect(placeAfter({ attributes: { segment: 'vip' }, channel: 'sms' })).toBe('vip');
    expect(placeAfter({ attributes: { segment: 'other' }, channel: 'sms' })).toBe('short');
    expect(placeAfter({ language: 'he' })).toBe('complete');
    expect(placeAfter({})).toBe('screened_out');
  });

  test('[D4] an event carries the attributes that conditions look at, and no others', () => {
    const vip = { op: 'eq', of: { attribute: 'vip' }, value: true } as const;
    const old = { op: 'gt', of: { attribute: 'years' }, value: 2 } as const;
    const document = sample(
      [
        { id: 'one', kind: 'yes_no', when: { op: 'any', conditions: [{ op: 'not', condition: vip }] } },
        { id: 'two', kind: 'yes_no', next: [{ when: old, to: 'end' }], count: { attribute: 'orders' } },
      ],
      { attributes: { vip: { type: 'boolean' }, years: { type: 'number' }, orders: { type: 'number' } } },
    );
    expect(prepareQuestionnaire(document).conditionAttributes).toEqual(['vip', 'years']);
  });

  test('[D3] a jump to nowhere or backwards counts for nothing, so that a draft ends too', () => {
    const talk = new Talk(
      sample([
        { id: 'one', kind: 'yes_no', next: [{ to: 'one' }, { to: 'nowhere' }] },
        { id: 'two', kind: 'yes_no', next: [{ to: 'one' }] },
      ]),
    );
    expect(talk.start().say('yes', 'yes').session.outcome).toBe('complete');
  });

  test('[D5] facts are not asked, and are recorded as such', () => {
    const talk = new Talk(sample(branching)).start({ score: 3, why: 'It broke' });
    expect(talk.happened).toEqual(['accepted score 3 known', 'accepted why "It broke" known', 'asked fix']);
    expect(talk.session).toEqual({
      at: 'fix',
      answers: { score: 3, why: 'It broke' },
      known: ['score', 'why'],
    });
  });

  test('[D5] a fact whose question is never reached is withdrawn', () => {
    const talk = new Talk(sample(branching)).start({ why: 'It broke' }).say('9', 'nice');
    expect(talk.happened).toEqual(['accepted praise "nice"', 'retracted why', 'ended complete']);
  });

  test('[D5] a fact that is no answer is asked', () => {
    const talk = new Talk(sample(branching)).start({ score: 11, nothing: 1 });
    expect(talk.happened).toEqual(['asked score']);
  });

  test('[D5] Back passes over what was never asked', () => {
    const talk = new Talk(sample(branching)).start({ score: 3 }).say('back');
    expect(talk.said).toEqual(['back_at_first', 'questions.why.prompt']);
  });

  test('[D6] statements are said with the next question, in one message', () => {
    const talk = new Talk(
      sample(
        [
          { id: 'hello', kind: 'info' },
          { id: 'one', kind: 'yes_no' },
          { id: 'well', kind: 'info', when: { op: 'eq', of: { answer: 'one' }, value: true } },
          { id: 'bye', kind: 'info' },
        ],
        { opening: 'Hi.' },
      ),
    ).start();
    expect(talk.said).toEqual(['opening', 'questions.hello.prompt', 'questions.one.prompt']);
    talk.say('yes');
    expect(talk.said).toEqual(['questions.well.prompt', 'questions.bye.prompt', 'end']);
    expect(talk.effects.filter(({ type }) => type === 'message')).toHaveLength(1);
  });

  test('[D6] the message comes last', () => {
    const talk = new Talk(sample(branching)).start().say('3');
    expect(talk.effects.map(({ type }) => type)).toEqual(['answer_accepted', 'question_asked', 'message']);
  });
});

describe('the longest way that is left', () => {
  test('[D43] is found in one pass, every branch considered', () => {
    const { questions } = prepareQuestionnaire(sample(branching));
    expect(questions.map(({ id, remainingMax }) => [id, remainingMax])).toEqual([
      ['score', 3],
      ['why', 2],
      ['fix', 1],
      ['praise', 1],
    ]);
  });

  test('[D43] looks beyond a question that may be passed over, and along jumps', () => {
    const { questions } = prepareQuestionnaire(
      sample([
        { id: 'one', kind: 'yes_no', next: [{ when: low, to: 'four' }] },
        { id: 'two', kind: 'yes_no', when: low, next: [{ to: 'end' }] },
        { id: 'three', kind: 'yes_no', next: [{ to: 'end' }] },
        { id: 'four', kind: 'yes_no' },
        { id: 'five', kind: 'yes_no', when: low, next: [{ to: 'end' }] },
        { id: 'six', kind: 'yes_no' },
        { id: 'seven', kind: 'yes_no' },
      ]),
    );
    expect(questions.map(({ remainingMax }) => remainingMax)).toEqual([4, 1, 1, 3, 2, 2, 1]);
  });

  test('[D43] does not count statements', () => {
    const { questions } = prepareQuestionnaire(
      sample([
        { id: 'hello', kind: 'info' },
        { id: 'one', kind: 'yes_no' },
        { id: 'bye', kind: 'info' },
      ]),
    );
    expect(questions.map(({ remainingMax }) => remainingMax)).toEqual([1, 1, 0]);
  });
});
