import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answered, type StaffServer, startStaffServer } from '../support/staff-server.ts';

let server: StaffServer;
beforeAll(async () => {
  server = await startStaffServer({ start: '2026-05-13T07:00:00.000Z' });
  await server.talk({ touchpoint: 'delivery', language: 'he' }, ['כן', '2', '1, 2']);
  await server.talk({ touchpoint: 'delivery', language: 'en' }, ['yes', '2', '1']);
  server.clock.advance(24);
  await server.talk({ touchpoint: 'delivery', language: 'en' }, ['yes', '5', 'Everything']);
});
afterAll(() => server.close());

async function totalOf(questionId: string, search = ''): Promise<Answered> {
  const { items } = await server.read(`/totals?questionnaire=delivery-csat${search}`);
  const total = items.find((item: Answered) => item.questionId === questionId);
  return total && { answers: total.answers, values: sorted(total.values) };
}

function sorted(values: Answered): Answered {
  return [...values].sort((one, other) => (String(one.value) < String(other.value) ? -1 : 1));
}

test('answers are counted by value', async () => {
  expect(await totalOf('satisfaction')).toEqual({
    answers: 3,
    values: [
      { value: 2, count: 2 },
      { value: 5, count: 1 },
    ],
  });
});

test('of several options each is counted, and people once', async () => {
  expect(await totalOf('went_wrong')).toEqual({
    answers: 2,
    values: [
      { value: 'damaged', count: 1 },
      { value: 'late', count: 2 },
    ],
  });
});

test('words of people are counted and not shown', async () => {
  expect(await totalOf('good')).toEqual({ answers: 1, values: [] });
});

test('counts are narrowed down by day, language, channel and touchpoint', async () => {
  const answers = async (search: string) => (await totalOf('satisfaction', search))?.answers;
  expect(await answers('&language=he')).toBe(1);
  expect(await answers('&from=2026-05-14')).toBe(1);
  expect(await answers('&until=2026-05-14')).toBe(2);
  expect(await answers('&channel=web&touchpoint=delivery')).toBe(3);
  expect(await answers('&channel=sms')).toBeUndefined();
});
