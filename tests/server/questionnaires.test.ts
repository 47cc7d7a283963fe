import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answered, type StaffServer, startStaffServer } from '../support/staff-server.ts';

let server: StaffServer;
beforeAll(async () => {
  server = await startStaffServer();
});
afterAll(() => server.close());

/** The shipped questionnaire about deliveries, with something changed. */
function delivery(change: (document: Answered) => void = () => {}): Answered {
  const path = join(import.meta.dirname, '../../examples/delivery-csat.json');
  const document = JSON.parse(readFileSync(path, 'utf8'));
  change(document);
  return document;
}

function publish(body: unknown, language = 'en'): Promise<Response> {
  return server.staff('/questionnaires', { method: 'POST', body, headers: { 'accept-language': language } });
}

describe('publishing a questionnaire', () => {
  test('makes its first revision, which can be answered at once', async () => {
    const document = delivery((own) => {
      own.id = 'pickup';
      own.touchpoint = 'pickup';
    });
    const response = await publish(document);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ id: 'pickup', revision: 1 });
    await server.talk({ touchpoint: 'pickup', language: 'en' }, ['yes', '5']);
    const { items } = await server.read('/answers?questionnaire=pickup');
    expect(items.map(({ value }: Answered) => value)).toEqual([true, 5]);
  });

  test('makes the next revision of one that is there, and none when nothing has changed', async () => {
    expect((await publish(delivery())).status).toBe(200);
    const changed = delivery((own) => {
      own.texts.en.title = 'Your parcel';
    });
    const response = await publish(changed);
    expect([response.status, (await response.json()).revision]).toEqual([201, 2]);
    const again = await publish(changed);
    expect([again.status, (await again.json()).revision]).toEqual([200, 2]);

    const latest = await server.read('/questionnaires/delivery-csat');
    expect([latest.revision, latest.document]).toEqual([2, changed]);
    const first = await server.read('/questionnaires/delivery-csat?revision=1');
    expect(first.document).toEqual(delivery());
    const { items } = await server.read('/questionnaires');
    expect(items.find(({ id }: Answered) => id === 'delivery-csat')).toMatchObject({
      touchpoint: 'delivery',
      languages: ['he', 'en'],
      titles: { he: 'משלוח', en: 'Your parcel' },
      revision: 2,
    });
  });

  test('tells what deserves a second look', async () => {
    const document = delivery((own) => {
      own.id = 'delivery-untidy';
      own.touchpoint = 'untidy';
      own.attributes.never_used = { type: 'text' };
    });
    const { warnings } = await (await publish(document)).json();
    expect(warnings).toContainEqual({
      pointer: '/attributes/never_used',
      code: 'unused_attribute',
      detail: expect.stringContaining('never_used'),
    });
  });
});

describe('applying new texts', () => {
  const apply = async (id: string) => server.staff(`/questionnaires/${id}/apply-texts`, { method: 'POST' });

  test('takes open conversations to words that have changed, and leaves them where the questions have', async () => {
    const document = delivery((own) => {
      own.id = 'return';
      own.touchpoint = 'return';
    });
    await publish(document);
    await server.talk({ touchpoint: 'return', language: 'en' }, ['yes']);
    document.texts.en.title = 'Your return';
    expect((await publish(document)).status).toBe(201);
    expect(await (await apply('return')).json()).toEqual({ applied: 1, left: 0 });

    const { items } = await server.read('/responses?questionnaire=return');
    expect(items).toMatchObject([{ revision: 2, status: 'in_progress' }]);

    document.questions[1].skippable = false;
    expect((await publish(document)).status).toBe(201);
    expect(await (await apply('return')).json()).toEqual({ applied: 0, left: 1 });
  });

  test('of a questionnaire that is not there is told as such, and takes a sign-in', async () => {
    const unknown = await apply('nobody');
    expect([unknown.status, (await unknown.json()).code]).toEqual([404, 'unknown_questionnaire']);
    const stranger = await server.ask('/api/v1/questionnaires/return/apply-texts', { method: 'POST' });
    expect([stranger.status, (await stranger.json()).code]).toEqual([401, 'not_signed_in']);
  });
});

describe('a questionnaire that is wrong', () => {
  const misshapen = delivery((own) => {
    own.id = 'Bad Id';
    own.extra = 1;
    own.timing = { reminderHours: -1 };
    own.questions[1].kind = 'stars';
    own.questions[2].options = 'all';
    delete own.texts.en.title;
  });

  test.each([
    [
      'en',
      ['Something is missing here.', /^This can only be .*nps.* or .*consent/, 'This has to be a list.'],
    ],
    ['he', ['חסר כאן ערך.', /^אפשר לכתוב כאן רק .*nps.* או .*consent/, 'כאן צריכה להיות רשימה.']],
  ] as const)(
    'in its shape is refused with every fault by its place, in words of %s',
    async (language, words) => {
      const response = await publish(misshapen, language);
      const { code, errors }: Answered = await response.json();
      expect([response.status, code]).toEqual([422, 'invalid_questionnaire']);
      expect(errors.map(({ pointer }: Answered) => pointer).sort()).toEqual([
        '',
        '/id',
        '/questions/1/kind',
        '/questions/2/options',
        '/texts/en/title',
        '/timing/reminderHours',
      ]);
      const detailAt = (at: string) => errors.find(({ pointer }: Answered) => pointer === at).detail;
      const [missing, kinds, list] = words;
      expect(detailAt('/texts/en/title')).toBe(missing);
      expect(detailAt('/questions/1/kind')).toMatch(kinds);
      expect(detailAt('/questions/2/options')).toBe(list);
    },
  );

  test.each([
    ['en', 'nowhere', /missing.*English|English.*missing/i],
    ['he', 'nowhere', /חסר.*אנגלית/],
  ])(
    'in what it says is refused by what inspect finds, in words of %s',
    async (language, target, missing) => {
      const document = delivery((own) => {
        own.questions[0].next[0].to = target;
        delete own.texts.en.questions.satisfaction.prompt;
      });
      const { code, errors }: Answered = await (await publish(document, language)).json();
      expect(code).toBe('invalid_questionnaire');
      const found = Object.fromEntries(errors.map(({ pointer, ...rest }: Answered) => [pointer, rest]));
      expect(found['/questions/0/next/0/to']).toEqual({
        code: 'unknown_target',
        detail: expect.stringContaining(target),
      });
      expect(found['/texts/en/questions/satisfaction/prompt'].detail).toMatch(missing);
      expect((await server.read('/questionnaires/delivery-csat')).document.questions[0].next[0].to).toBe(
        'screen_out',
      );
    },
  );

  test.each([
    ['a list', [], '', 'not_an_object'],
    ['nothing', 'null', '', 'not_an_object'],
    ['an object without a format', {}, '/format', 'format_missing'],
    ['of a format of the future', { format: 99 }, '/format', 'format_unknown'],
  ])('that is %s is refused', async (_, body, pointer, code) => {
    for (const language of ['he', 'en']) {
      const { errors }: Answered = await (await publish(body, language)).json();
      expect(errors).toEqual([
        { pointer, code, detail: expect.stringMatching(language === 'he' ? /[א-ת]/ : /^[A-Z]/) },
      ]);
    }
  });

  test('that is no JSON, or too much of it, is refused before it is looked at', async () => {
    const torn = await publish('{"format": 1,');
    expect([torn.status, (await torn.json()).code]).toEqual([400, 'malformed_request']);
    const large = await publish(
      delivery((own) => {
        own.texts.en.title = 'x'.repeat(1_000_000);
      }),
    );
    expect([large.status, (await large.json()).code]).toEqual([413, 'too_large']);
  });
});

test('a questionnaire that is not there, or not at this revision, is told as such', async () => {
  for (const path of ['/questionnaires/nobody', '/questionnaires/delivery-csat?revision=99']) {
    const response = await server.staff(path);
    expect([response.status, (await response.json()).code]).toEqual([404, 'unknown_questionnaire']);
  }
});

test('questionnaires are listed in the order of the journey', async () => {
  const fresh = await startStaffServer();
  const { items } = await fresh.read('/questionnaires');
  expect(items.map(({ touchpoint }: Answered) => touchpoint)).toEqual([
    'purchase',
    'delivery',
    'support',
    'billing',
    'fault',
    'churn',
  ]);
  await fresh.close();
});
