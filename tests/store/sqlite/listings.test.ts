import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite/index.ts';
import type { ListQuery, Store } from '../../../src/store/store.ts';
import {
  answerOf,
  meet,
  moment,
  project,
  readAll,
  responseOf,
  started,
} from '../../contracts/store/sample.ts';

// Answers within a span of time are found in one way where they are few and in another where they are many: more than 5,000.

const sessions = 700;
const answersEach = 10;
const minute = 60;

let store: Store;

beforeAll(async () => {
  store = await openSqliteStore({ directory: ':memory:' });
  await meet(store, 'ada');
  for (let index = 0; index < sessions; index += 1) {
    const id = `session ${String(index).padStart(3, '0')}`;
    const place = {
      questionnaireId: index % 2 === 0 ? 'purchase-nps' : 'support-effort',
      touchpointId: index % 3 === 0 ? 'purchase' : 'support',
    };
    // Every seventh conversation takes two days.
    const pace = index % 7 === 0 ? 5 * 60 * minute : minute;
    const answers = Array.from({ length: answersEach }, (_, number) =>
      answerOf('ada', id, {
        ...place,
        questionId: `question-${number}`,
        answeredAt: moment(index * minute + number * pace),
      }),
    );
    const responses = [responseOf('ada', id, { ...place, startedAt: moment(index * minute) })];
    await project(store, 'ada', { answers, responses }, { events: [started('ada', id, index * minute)] });
  }
});

afterAll(() => store.close());

const late = moment(sessions * minute);
const spans: Readonly<Record<string, Pick<ListQuery, 'from' | 'until'>>> = {
  'from the beginning': { from: moment() },
  'until the end of time': { until: '9999-12-31T23:59:59.999Z' },
  'all but the newest': { until: moment((sessions - 10) * minute) },
  'all but the oldest': { from: moment(20 * minute) },
  'an hour': { from: moment(100 * minute), until: moment(160 * minute) },
  'what was answered when no more conversations began': { from: late },
  'nothing yet': { from: moment(10 * sessions * minute), until: moment(11 * sessions * minute) },
};
const places: Readonly<Record<string, Pick<ListQuery, 'questionnaireId' | 'touchpointId'>>> = {
  'all places': {},
  'a questionnaire': { questionnaireId: 'support-effort' },
  'a touchpoint': { touchpointId: 'purchase' },
  both: { questionnaireId: 'purchase-nps', touchpointId: 'support' },
  'a touchpoint without any': { touchpointId: 'nowhere' },
};

test.each(Object.keys(spans))(
  'answers of %s are those of all answers that lie in it, in their order',
  async (name) => {
    const { from = '', until = '~' } = spans[name] ?? {};
    const all = await readAll((page) => store.listAnswers(page));
    expect(all).toHaveLength(sessions * answersEach);
    for (const place of Object.values(places)) {
      const wanted = all.filter(
        (answer) =>
          answer.answeredAt >= from &&
          answer.answeredAt < until &&
          (place.questionnaireId ?? answer.questionnaireId) === answer.questionnaireId &&
          (place.touchpointId ?? answer.touchpointId) === answer.touchpointId,
      );
      const listed = await readAll((page) => store.listAnswers({ ...page, ...spans[name], ...place }), 101);
      expect(listed.map(idOf)).toEqual(wanted.map(idOf));
    }
  },
);

function idOf({ sessionId, questionId }: { sessionId: string; questionId: string }): string {
  return `${sessionId} ${questionId}`;
}
