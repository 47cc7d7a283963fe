import { expect, test } from 'vitest';
import type { Subject } from '../store.ts';
import {
  answerOf,
  caseOf,
  meet,
  moment,
  noProjection,
  project,
  read,
  responseOf,
  started,
  turnOf,
} from './sample.ts';

export function projections({ store }: Subject): void {
  const answers = async () => (await store().listAnswers({ limit: 100 })).items;
  const responses = async () => (await store().listResponses({ limit: 100 })).items;

  test('a corrected answer takes the place of the one before it', async () => {
    await meet(store(), 'ada');
    await project(store(), 'ada', { answers: [answerOf('ada', 's1')] });
    const corrected = answerOf('ada', 's1', { value: 3, correctedFrom: 9, answeredAt: moment(5) });
    await project(store(), 'ada', { answers: [corrected] });
    expect(await answers()).toEqual([corrected]);
    expect(await store().readTotals({})).toMatchObject([{ value: '3', count: 1 }]);
  });

  test('an answer that is given again without being called a correction takes the place as well', async () => {
    await meet(store(), 'ada');
    await project(store(), 'ada', { answers: [answerOf('ada', 's1')] });
    const again = answerOf('ada', 's1', { value: 0, channel: 'sms', answeredAt: moment(86_400) });
    await project(store(), 'ada', { answers: [again] });
    expect(await answers()).toEqual([again]);
    expect(await store().readTotals({})).toMatchObject([
      { value: '0', channel: 'sms', day: '2026-11-23', count: 1 },
    ]);
  });

  test('a retracted answer is gone, from the totals as well', async () => {
    await meet(store(), 'ada');
    await project(store(), 'ada', {
      answers: [
        answerOf('ada', 's1'),
        answerOf('ada', 's1', { questionId: 'again', kind: 'yes_no', value: true }),
      ],
    });
    await project(store(), 'ada', {
      retracted: [
        { sessionId: 's1', questionId: 'recommend' },
        { sessionId: 's1', questionId: 'never_asked' },
        { sessionId: 'no_session', questionId: 'recommend' },
      ],
    });
    expect((await answers()).map(({ questionId }) => questionId)).toEqual(['again']);
    expect(await store().readTotals({})).toMatchObject([{ questionId: 'again', value: 'true', count: 1 }]);
  });

  test('a turn retracts before it answers', async () => {
    await meet(store(), 'ada');
    await project(store(), 'ada', { answers: [answerOf('ada', 's1')] });
    await project(store(), 'ada', {
      retracted: [{ sessionId: 's1', questionId: 'recommend' }],
      answers: [answerOf('ada', 's1', { value: 1 })],
    });
    expect(await answers()).toMatchObject([{ value: 1 }]);
  });

  test('answers of the same question in two sessions are two answers', async () => {
    await meet(store(), 'ada');
    await project(store(), 'ada', { answers: [answerOf('ada', 's1'), answerOf('ada', 's2')] });
    expect(await answers()).toHaveLength(2);
    expect(await store().readTotals({})).toMatchObject([{ count: 2 }]);
  });

  test('a response is replaced by its newer state', async () => {
    await meet(store(), 'ada');
    await project(store(), 'ada', { responses: [responseOf('ada', 's1')] });
    const ended = responseOf('ada', 's1', {
      status: 'complete',
      updatedAt: moment(9),
      endedAt: moment(9),
      language: 'en',
      channel: 'sms',
    });
    await project(store(), 'ada', { responses: [ended] });
    expect(await responses()).toEqual([ended]);
    const reopened = responseOf('ada', 's1', { updatedAt: moment(12) });
    await project(store(), 'ada', { responses: [reopened] });
    expect(await responses()).toEqual([reopened]);
  });

  test('applying a projection twice changes nothing', async () => {
    await meet(store(), 'ada');
    const projection = {
      ...noProjection,
      answers: [
        answerOf('ada', 's1'),
        answerOf('ada', 's1', { questionId: 'why', kind: 'multi_choice', value: ['a', 'b'] }),
      ],
      responses: [responseOf('ada', 's1')],
      cases: [caseOf('ada', 'c1')],
    };
    await project(store(), 'ada', projection);
    const before = [await answers(), await responses(), await store().readTotals({})];
    await store().applyProjection(projection);
    await project(store(), 'ada', projection);
    expect([await answers(), await responses(), await store().readTotals({})]).toEqual(before);
  });

  test('projections can be cleared and applied again; sessions, events and cases stay', async () => {
    const state = await meet(store(), 'ada');
    const projection = {
      ...noProjection,
      answers: [answerOf('ada', 's1')],
      responses: [responseOf('ada', 's1')],
      cases: [caseOf('ada', 'c1')],
    };
    await store().commitTurn(turnOf(state, { events: [started('ada', 's1')], projection }));
    const before = [await answers(), await responses(), await store().readTotals({})];
    await store().clearProjections();
    expect([await answers(), await responses(), await store().readTotals({})]).toEqual([[], [], []]);
    expect((await store().listSessions({ limit: 10 })).items).toEqual(['s1']);
    expect(await store().readEvents('s1')).toHaveLength(1);
    expect(await store().readCase('c1')).toEqual(caseOf('ada', 'c1'));
    await store().applyProjection(projection);
    expect([await answers(), await responses(), await store().readTotals({})]).toEqual(before);
    expect((await read(store(), 'ada')).contact.version).toBe(2);
  });

  test('a projection of a contact that is gone is refused whole', async () => {
    await meet(store(), 'ada');
    const projection = { ...noProjection, answers: [answerOf('ada', 's1'), answerOf('nobody', 's2')] };
    await expect(store().applyProjection(projection)).rejects.toMatchObject({ code: 'not_found' });
    expect(await answers()).toEqual([]);
    expect(await store().readTotals({})).toEqual([]);
  });
}
