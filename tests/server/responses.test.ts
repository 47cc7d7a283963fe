import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerColumns } from '../../src/server/routes/answers.ts';
import { type Answered, type StaffServer, startStaffServer } from '../support/staff-server.ts';

const answerFields = [
  'contactId',
  'sessionId',
  'questionnaireId',
  'revision',
  'questionId',
  'touchpointId',
  'value',
  'rawText',
  'reading',
  'inputMode',
  'language',
  'channel',
  'addressId',
  'providerMessageId',
  'askedAt',
  'answeredAt',
  'late',
  'correctedFrom',
];

let server: StaffServer;
let conversations: string[];

beforeAll(async () => {
  server = await startStaffServer({ start: '2026-05-13T07:00:00.000Z' });
  const purchase = await server.talk({ touchpoint: 'purchase', language: 'he' }, ['9', '=1+1, "שלום"']);
  server.clock.advance(1);
  const corrected = await server.talk({ touchpoint: 'purchase', language: 'en' }, ['8', 'back', '7']);
  server.clock.advance(24);
  const support = await server.talk({ touchpoint: 'support', language: 'en' }, ['6']);
  const unanswered = await server.talk({ touchpoint: 'churn', language: 'en' }, []);
  conversations = [purchase, corrected, support, unanswered];
});
afterAll(() => server.close());

describe('responses', () => {
  test('are listed newest first, each with its answers in their whole channel context', async () => {
    const { items, next } = await server.read('/responses');
    expect(next).toBeUndefined();
    expect(items.map(({ touchpointId, answers }: Answered) => [touchpointId, answers.length])).toEqual([
      ['churn', 0],
      ['support', 1],
      ['purchase', 1],
      ['purchase', 2],
    ]);
    const [corrected] = items[2].answers;
    expect(Object.keys(corrected)).toEqual(answerFields);
    expect(corrected).toEqual({
      contactId: items[2].contactId,
      sessionId: items[2].sessionId,
      questionnaireId: 'purchase-nps',
      revision: 1,
      questionId: 'recommend',
      touchpointId: 'purchase',
      value: 7,
      rawText: '7',
      reading: { outcome: 'answer', value: 7, confidence: 'take', rule: expect.any(String), language: 'en' },
      inputMode: 'typed',
      language: 'en',
      channel: 'web',
      addressId: expect.any(String),
      providerMessageId: expect.any(String),
      askedAt: '2026-05-13T08:04:00.000Z',
      answeredAt: '2026-05-13T08:05:00.000Z',
      late: false,
      correctedFrom: 8,
    });
  });

  test('are narrowed down by questionnaire, touchpoint and time', async () => {
    const sessions = async (search: string) =>
      (await server.read(`/responses?${search}`)).items.map(({ touchpointId }: Answered) => touchpointId);
    expect(await sessions('questionnaire=support-effort')).toEqual(['support']);
    expect(await sessions('touchpoint=purchase')).toEqual(['purchase', 'purchase']);
    expect(await sessions('until=2026-05-14')).toEqual(['purchase', 'purchase']);
    expect(await sessions('from=2026-05-14')).toEqual(['churn', 'support']);
    // The first begins at 07:00 UTC, which is 10:00 in Israel; the bound is inclusive.
    expect(await sessions(`until=2026-05-13T10:00:00%2B03:00`)).toEqual([]);
    expect(await sessions(`from=2026-05-13T10:00:00%2B03:00&until=2026-05-13T10:00:01%2B03:00`)).toEqual([
      'purchase',
    ]);
    expect(await sessions('questionnaire=nobody')).toEqual([]);
  });

  test('come page by page without a gap or a repetition', async () => {
    const whole = (await server.read('/responses')).items;
    const collected: unknown[] = [];
    let after = '';
    do {
      const page = await server.read(`/responses?limit=1${after && `&after=${after}`}`);
      expect(page.items).toHaveLength(1);
      collected.push(...page.items);
      after = page.next ?? '';
    } while (after);
    expect(collected).toEqual(whole);
  });

  test('are shown one by one', async () => {
    const [first] = (await server.read('/responses')).items.slice(-1);
    expect(await server.read(`/responses/${first.sessionId}`)).toEqual(first);
    const unknown = await server.staff('/responses/nobody');
    expect([unknown.status, (await unknown.json()).code]).toEqual([404, 'unknown_response']);
  });

  test.each([
    ['limit=0', '/query/limit'],
    ['limit=501', '/query/limit'],
    ['limit=many', '/query/limit'],
    ['from=yesterday', '/query/from'],
    ['format=xml', '/query/format'],
    ['questionnaire=a&questionnaire=b', '/query/questionnaire'],
    ['page=2', '/query'],
  ])('refuse %s and say where it is wrong', async (search, pointer) => {
    const response = await server.staff(`/responses?${search}`);
    const problem: Answered = await response.json();
    expect([response.status, problem.code, problem.errors[0].pointer]).toEqual([
      422,
      'invalid_request',
      pointer,
    ]);
    expect(problem.errors[0].detail).toMatch(/^[A-Z].*\.$/);
  });

  test('refuse a place in the list that no page gave', async () => {
    for (const path of [
      '/responses?after=x',
      '/answers?after=x',
      '/answers?after=x&format=csv',
      '/cases?after=x',
    ]) {
      const response = await server.staff(path);
      expect([path, response.status, (await response.json()).code]).toEqual([path, 404, 'unknown_page']);
    }
  });
});

describe('answers', () => {
  test('are listed by session, newest first, and within it as they were given', async () => {
    const { items } = await server.read('/answers');
    expect(items.map(({ questionId, value }: Answered) => [questionId, value])).toEqual([
      ['ease', 6],
      ['recommend', 7],
      ['recommend', 9],
      ['praise', '=1+1, "שלום"'],
    ]);
    expect((await server.read('/answers?touchpoint=support')).items).toEqual(items.slice(0, 1));
  });
});

describe('as CSV', () => {
  test('there is one row per answer, with the same fields, that a spreadsheet opens right and cannot run', async () => {
    const response = await server.staff('/answers?format=csv&touchpoint=purchase&until=2026-05-13T07:30:00Z');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="answers.csv"');
    expect(answerColumns).toEqual(answerFields);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [answer] = (await server.read('/answers?touchpoint=purchase')).items.slice(-2);
    const { contactId, sessionId, addressId } = answer;
    const rest = `typed,he,web,${addressId},${addressId}`;
    const rule = answer.reading.rule;
    expect(bytes.toString()).toBe(
      [
        `\ufeff${answerFields.join(',')}`,
        `${contactId},${sessionId},purchase-nps,1,recommend,purchase,9,9,"{""outcome"":""answer"",""value"":9,""confidence"":""take"",""rule"":""${rule}"",""language"":""he""}",${rest}/m1,2026-05-13T07:00:00.000Z,2026-05-13T07:01:00.000Z,false,`,
        `${contactId},${sessionId},purchase-nps,1,praise,purchase,"'=1+1, ""שלום""","'=1+1, ""שלום""","{""outcome"":""answer"",""value"":""=1+1, \\""שלום\\"""",""confidence"":""take"",""rule"":""text"",""language"":""he""}",${rest}/m2,2026-05-13T07:01:00.000Z,2026-05-13T07:02:00.000Z,false,`,
        '',
      ].join('\r\n'),
    );
  });

  test('it is chosen by the Accept header too, and the parameter wins', async () => {
    const accept = { accept: 'text/csv' };
    const typeOf = async (path: string, headers = {}) =>
      (await server.staff(path, { headers })).headers.get('content-type');
    expect(await typeOf('/responses', accept)).toMatch(/^text\/csv/);
    expect(await typeOf('/responses?format=json', accept)).toMatch(/^application\/json/);
    expect(await typeOf('/responses', { accept: '*/*' })).toMatch(/^application\/json/);
  });

  test('responses say of each answer how its response stands', async () => {
    const lines = (await (await server.staff('/responses?format=csv')).text()).trim().split('\r\n');
    expect(lines[0]).toBe([...answerFields, 'status', 'startedAt', 'endedAt'].join(','));
    expect(lines).toHaveLength(5);
    expect(lines[1]).toMatch(/,in_progress,2026-05-14T08:\d\d:00\.000Z,$/);
  });

  test('a list with nothing in it still has its header', async () => {
    const text = await (await server.staff('/answers?format=csv&questionnaire=nobody')).text();
    expect(text).toBe(`${answerFields.join(',')}\r\n`);
  });

  test('a limit bounds the rows', async () => {
    const text = await (await server.staff('/answers?format=csv&limit=3')).text();
    expect(text.trim().split('\r\n')).toHaveLength(4);
  });
});

test('nothing that is given out opens a conversation or holds a clear address', async () => {
  for (const path of [
    '/responses',
    '/answers',
    '/answers?format=csv',
    '/totals',
    '/cases',
    '/questionnaires',
  ]) {
    const text = await (await server.staff(path)).text();
    for (const conversation of conversations) expect(text).not.toContain(conversation);
    expect(text).not.toContain('sealed');
  }
});

test('an erased person is gone from everything that is given out', async () => {
  await server.talk({ touchpoint: 'fault', language: 'en' }, ['4', 'agent', 'please call me on 050-1234567']);
  const [response] = (await server.read('/responses?touchpoint=fault')).items;
  const [talk] = (await server.read('/cases')).items;
  expect(talk.contactId).toBe(response.contactId);
  await server.app.store.eraseContact(response.contactId, server.clock.now());
  for (const path of [
    '/responses',
    '/answers',
    '/answers?format=csv',
    '/cases',
    '/totals?questionnaire=fault-trust',
  ]) {
    const text = await (await server.staff(path)).text();
    expect(text).not.toContain(response.contactId);
    expect(text).not.toContain('fault-trust');
  }
  for (const path of [`/responses/${response.sessionId}`, `/cases/${talk.id}`, `/cases/${talk.id}/events`]) {
    expect([path, (await server.staff(path)).status]).toEqual([path, 404]);
  }
});
