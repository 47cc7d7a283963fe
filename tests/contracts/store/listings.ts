import { expect, test } from 'vitest';
import type { ListQuery } from '../../../src/store/store.ts';
import type { Subject } from '../store.ts';
import { answerOf, caseOf, meet, moment, project, readAll, responseOf, started } from './sample.ts';

export function listings({ store }: Subject): void {
  /** Sessions s0 to s(count - 1), each a second after the one before, with two answers. */
  const fill = async (count: number, from = 0) => {
    await meet(store(), 'ada', `from ${from}`);
    for (let index = from; index < from + count; index += 1) {
      const id = sessionId(index);
      const questionnaireId = index % 2 === 0 ? 'purchase-nps' : 'support-effort';
      const touchpointId = index % 3 === 0 ? 'purchase' : 'support';
      const place = { questionnaireId, touchpointId };
      await project(
        store(),
        'ada',
        {
          responses: [responseOf('ada', id, { ...place, startedAt: moment(index) })],
          answers: [
            answerOf('ada', id, { ...place, questionId: 'second', answeredAt: moment(index + 200) }),
            answerOf('ada', id, { ...place, questionId: 'first', answeredAt: moment(index + 100) }),
          ],
        },
        { events: [started('ada', id, index)] },
      );
    }
  };
  const responseIds = async (query: Omit<ListQuery, 'limit'> = {}, limit = 500) =>
    (await readAll((page) => store().listResponses({ ...query, ...page }), limit)).map(
      (response) => response.sessionId,
    );
  const answerIds = async (query: Omit<ListQuery, 'limit'> = {}, limit = 500) =>
    (await readAll((page) => store().listAnswers({ ...query, ...page }), limit)).map(
      (answer) => `${answer.sessionId} ${answer.questionId}`,
    );
  const sessionId = (index: number) => `s${String(index).padStart(2, '0')}`;
  const idsDown = (...indexes: number[]) => indexes.map(sessionId);

  test('responses come newest first, the same by pages of any size', async () => {
    await fill(7);
    const all = idsDown(6, 5, 4, 3, 2, 1, 0);
    for (const limit of [1, 2, 3, 6, 7, 8]) expect(await responseIds({}, limit)).toEqual(all);
    const { items, next } = await store().listResponses({ limit: 7 });
    expect(items).toHaveLength(7);
    expect(next).toBeUndefined();
  });

  test('responses of one moment are all listed, by falling id', async () => {
    await meet(store(), 'ada');
    const ids = ['b', 'd', 'a', 'c'];
    await project(store(), 'ada', { responses: ids.map((id) => responseOf('ada', id)) });
    for (const limit of [1, 3, 10]) expect(await responseIds({}, limit)).toEqual(['d', 'c', 'b', 'a']);
  });

  test('answers come by session, and within it as they were given, the same by pages of any size', async () => {
    await fill(4);
    const all = idsDown(3, 2, 1, 0).flatMap((id) => [`${id} first`, `${id} second`]);
    for (const limit of [1, 2, 3, 5, 8, 9]) expect(await answerIds({}, limit)).toEqual(all);
  });

  test('answers of one moment come in the order in which they were given', async () => {
    await meet(store(), 'ada');
    const given = ['delta', 'alpha', 'charlie', 'bravo'];
    await project(store(), 'ada', {
      answers: given.map((questionId) => answerOf('ada', 's', { questionId })),
    });
    for (const limit of [1, 3, 10]) {
      expect(await answerIds({}, limit)).toEqual(given.map((questionId) => `s ${questionId}`));
    }
  });

  test('listings can be narrowed down', async () => {
    await fill(7);
    expect(await responseIds({ questionnaireId: 'purchase-nps' }, 2)).toEqual(idsDown(6, 4, 2, 0));
    expect(await responseIds({ touchpointId: 'purchase' }, 2)).toEqual(idsDown(6, 3, 0));
    expect(await responseIds({ questionnaireId: 'purchase-nps', touchpointId: 'purchase' })).toEqual(
      idsDown(6, 0),
    );
    expect(await responseIds({ sessionId: sessionId(3) })).toEqual([sessionId(3)]);
    expect(await responseIds({ sessionId: sessionId(3), questionnaireId: 'purchase-nps' })).toEqual([]);
    expect(await responseIds({ sessionId: 'none' })).toEqual([]);
    expect(await answerIds({ questionnaireId: 'support-effort', touchpointId: 'purchase' }, 1)).toEqual([
      's03 first',
      's03 second',
    ]);
    expect(await answerIds({ sessionId: sessionId(5) })).toEqual(['s05 first', 's05 second']);
  });

  test('the bounds of a time are inclusive and exclusive', async () => {
    await fill(4);
    expect(await responseIds({ from: moment(1), until: moment(3) }, 1)).toEqual(idsDown(2, 1));
    expect(await responseIds({ from: moment(3) })).toEqual([sessionId(3)]);
    expect(await responseIds({ until: moment(0) })).toEqual([]);
    expect(await answerIds({ from: moment(101), until: moment(103) }, 1)).toEqual(['s02 first', 's01 first']);
    expect(await answerIds({ questionnaireId: 'purchase-nps', from: moment(202) })).toEqual(['s02 second']);
  });

  test('what comes in while somebody turns the pages is neither repeated nor in the way', async () => {
    await fill(4);
    const first = await store().listResponses({ limit: 2 });
    const firstAnswers = await store().listAnswers({ limit: 3 });
    await fill(3, 4);
    const after = (next: string | undefined) => ({ limit: 50, ...(next !== undefined && { after: next }) });
    const rest = await store().listResponses(after(first.next));
    expect([...first.items, ...rest.items].map((one) => one.sessionId)).toEqual(idsDown(3, 2, 1, 0));
    const restAnswers = await store().listAnswers(after(firstAnswers.next));
    expect([...firstAnswers.items, ...restAnswers.items]).toHaveLength(8);
    expect(restAnswers.items[0]).toMatchObject({ sessionId: sessionId(2), questionId: 'second' });
  });

  test('a page holds at least one and at most 500 items', async () => {
    await meet(store(), 'ada');
    const responses = Array.from({ length: 502 }, (_, index) => responseOf('ada', `s${index}`));
    await project(store(), 'ada', { responses });
    expect((await store().listResponses({ limit: 10_000 })).items).toHaveLength(500);
    expect((await store().listResponses({ limit: 0 })).items).toHaveLength(1);
    expect(await responseIds()).toHaveLength(502);
  });

  test('a page that no listing has given is not found', async () => {
    await fill(1);
    const invented = ['', 'x', 'e30', Buffer.from('[1,2]').toString('base64url'), 'ש', '../..'];
    for (const after of invented.slice(1)) {
      await expect(store().listResponses({ limit: 1, after })).rejects.toMatchObject({ code: 'not_found' });
      await expect(store().listAnswers({ limit: 1, after })).rejects.toMatchObject({ code: 'not_found' });
      await expect(store().listCases({ limit: 1, after })).rejects.toMatchObject({ code: 'not_found' });
      await expect(store().listSessions({ limit: 1, after })).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('sessions are listed once each, by pages of any size', async () => {
    await fill(5);
    for (const limit of [1, 2, 5, 9]) {
      const ids = await readAll((page) => store().listSessions(page), limit);
      expect(ids.toSorted()).toEqual(idsDown(0, 1, 2, 3, 4));
    }
    const { items, next } = await store().listSessions({ limit: 3 });
    await fill(2, 5);
    const rest = await store().listSessions({ limit: 50, ...(next !== undefined && { after: next }) });
    expect([...items, ...rest.items].filter((id) => id < 's05').toSorted()).toEqual(idsDown(0, 1, 2, 3, 4));
  });

  test('cases that wait come first, then those that changed last', async () => {
    await meet(store(), 'ada');
    const cases = [
      caseOf('ada', 'c1', { status: 'answered', updatedAt: moment(50) }),
      caseOf('ada', 'c2', { status: 'open', updatedAt: moment(10) }),
      caseOf('ada', 'c3', { status: 'closed', updatedAt: moment(90), closedAt: moment(90) }),
      caseOf('ada', 'c4', { status: 'open', updatedAt: moment(20) }),
      caseOf('ada', 'c5', { status: 'returned', updatedAt: moment(60), closedAt: moment(60) }),
    ];
    await project(store(), 'ada', { cases });
    const ids = async (open?: boolean, limit = 10) =>
      (
        await readAll((page) => store().listCases({ ...page, ...(open !== undefined && { open }) }), limit)
      ).map(({ id }) => id);
    for (const limit of [1, 2, 4, 9])
      expect(await ids(undefined, limit)).toEqual(['c4', 'c2', 'c3', 'c5', 'c1']);
    expect(await ids(true, 2)).toEqual(['c4', 'c2', 'c1']);
    expect(await ids(false, 1)).toEqual(['c3', 'c5']);

    const answered = caseOf('ada', 'c4', { status: 'answered', updatedAt: moment(100) });
    await project(store(), 'ada', { cases: [answered] });
    expect(await store().readCase('c4')).toEqual(answered);
    expect(await ids(true)).toEqual(['c2', 'c4', 'c1']);
    expect(await store().readCase('none')).toBeUndefined();
  });
}
