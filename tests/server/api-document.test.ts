import type { IRoute, Router } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { newCode } from '../../src/app.ts';
import { createChanges } from '../../src/server/changes.ts';
import type { ServerDependencies } from '../../src/server/dependencies.ts';
import { problemStatuses } from '../../src/server/problem.ts';
import { apiRoutes } from '../../src/server/routes/api.ts';
import { healthRoutes } from '../../src/server/routes/health.ts';
import { metricsRoutes } from '../../src/server/routes/metrics.ts';
import { webChatRoutes } from '../../src/server/routes/web-chat.ts';
import { readExamples } from '../support/examples.ts';
import { putAside } from '../support/put-aside.ts';
import { type Answered, type Asking, type StaffServer, startStaffServer } from '../support/staff-server.ts';

const operationSchema = z.looseObject({
  summary: z.string(),
  responses: z.record(
    z.string(),
    z.looseObject({
      content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.json()) })).optional(),
    }),
  ),
});
const documentSchema = z.looseObject({
  openapi: z.literal('3.1.1'),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), z.json()) }),
});

let server: StaffServer;
let document: z.infer<typeof documentSchema>;

beforeAll(async () => {
  server = await startStaffServer();
  document = documentSchema.parse(await (await server.ask('/api/v1/openapi.json')).json());
});
afterAll(() => server.close());

/** The methods and paths that a router takes, written as the document writes them. */
function routesOf(prefix: string, router: Router): string[] {
  return router.stack.flatMap(({ route }) =>
    route
      ? methodsOf(route).map((method) => `${method} ${prefix}${route.path.replace(/:(\w+)/g, '{$1}')}`)
      : [],
  );
}

function methodsOf({ stack }: IRoute): string[] {
  return [...new Set(stack.flatMap(({ method }) => (method ? [method] : [])))];
}

describe('the API document', () => {
  test('describes every route that is there, and no other', () => {
    const { app, listening } = server;
    const dependencies: ServerDependencies = {
      store: app.store,
      conversations: app.conversations,
      library: app.library,
      texts: app.texts,
      addressBook: app.addressBook,
      pageChannel: app.web,
      changes: createChanges(app.store),
      channels: [],
      countSegments: undefined,
      problemTitles: { he: {}, en: {} },
      settings: {
        publicBaseUrl: listening.publicUrl,
        brand: { he: '', en: '' },
        defaultLanguage: 'en',
        widgetOrigins: [],
        metricsToken: undefined,
        journey: [],
      },
      pagesDirectory: '',
      operatorToken: '',
      closing: new AbortController().signal,
      now: app.now,
      newCode,
      readMetrics: () => app.metrics.read(),
      observe: app.metrics.observe,
      log: app.log,
    };
    const mounted = [
      ...routesOf('', healthRoutes(dependencies)),
      ...routesOf('', metricsRoutes(dependencies)),
      ...routesOf('/channels/web', webChatRoutes(dependencies)),
      ...routesOf('/api/v1', apiRoutes(dependencies)),
    ];
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect(mounted.length).toBeGreaterThan(20);
    expect(described.sort()).toEqual([...new Set(mounted)].sort());
  });

  test('names for every operation only problems that there are, each under its status', () => {
    const statuses = new Map<string, number>(Object.entries(problemStatuses));
    for (const operations of Object.values(document.paths)) {
      for (const { responses } of Object.values(operations)) {
        for (const [status, { description }] of Object.entries(responses)) {
          if (Number(status) < 400) continue;
          const [, list = ''] = /^A problem: (.+)\.$/.exec(String(description)) ?? [];
          const codes = list.split(', ');
          for (const code of codes) expect([code, String(statuses.get(code))]).toEqual([code, status]);
        }
      }
    }
  });
});

describe('what the server answers', () => {
  /** The schema that the document states for an answer, with everything that it refers to. */
  function schemaOf(operation: string, status: number, type: string): z.ZodType {
    const [method = '', path = ''] = operation.split(' ');
    const schema = document.paths[path]?.[method]?.responses[status]?.content?.[type]?.schema;
    if (!schema) throw new Error(`${operation} states no ${type} for ${status}`);
    const whole = JSON.stringify({ ...schema, $defs: document.components.schemas });
    return z.fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')));
  }

  async function check(operation: string, path: string, asking: Asking = {}): Promise<Answered> {
    const method = operation.startsWith('post') ? 'POST' : 'GET';
    const authorization = `Bearer ${server.listening.operatorToken}`;
    const response = await server.ask(path, {
      method,
      ...asking,
      headers: { authorization, ...asking.headers },
    });
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    const answered: Answered = await response.json();
    const result = schemaOf(operation, response.status, type).safeParse(answered);
    expect([operation, result.error?.issues ?? []]).toEqual([operation, []]);
    return answered;
  }

  test('is what the document says, for every operation that answers with JSON', async () => {
    const checked: string[] = [];
    const ok = async (operation: string, path: string, asking?: Asking) => {
      checked.push(operation);
      return await check(operation, path, asking);
    };
    const api = '/api/v1';
    await server.talk({ touchpoint: 'delivery', language: 'he' }, ['כן', '2', '1, 2', 'אתמול', '1']);
    await server.talk({ touchpoint: 'purchase', language: 'en' }, [
      '8 because it was easy',
      'back',
      '7',
      'agent',
      'hello',
    ]);

    await ok('get /healthz', '/healthz');
    await ok('get /readyz', '/readyz');
    await ok('get /channels/web/touchpoints', '/channels/web/touchpoints');
    const { conversationId } = await ok('post /channels/web/conversations', '/channels/web/conversations', {
      body: { touchpoint: 'billing' },
    });
    const messages = `/channels/web/conversations/${conversationId}/messages`;
    await ok('post /channels/web/conversations/{id}/messages', messages, { body: { id: 'x', text: 'hi' } });

    const { link } = await ok(`post ${api}/admin-links`, `${api}/admin-links`);
    await ok(`post ${api}/sign-in`, `${api}/sign-in`, { body: { code: link.split('/').at(-1) } });
    const { items } = await ok(`get ${api}/responses`, `${api}/responses`);
    expect((await ok(`get ${api}/responses`, `${api}/responses?limit=1`)).next).toBeDefined();
    await ok(`get ${api}/responses/{sessionId}`, `${api}/responses/${items[0].sessionId}`);
    await ok(`get ${api}/answers`, `${api}/answers`);
    await ok(`get ${api}/totals`, `${api}/totals`);
    await ok(`get ${api}/channels`, `${api}/channels`);
    await ok(`get ${api}/questionnaires`, `${api}/questionnaires`);
    for (const id of readExamples().keys()) {
      const { document: shipped } = await ok(`get ${api}/questionnaires/{id}`, `${api}/questionnaires/${id}`);
      await ok(`post ${api}/questionnaires`, `${api}/questionnaires`, { body: shipped });
    }
    await ok(
      `post ${api}/questionnaires/{id}/apply-texts`,
      `${api}/questionnaires/billing-clarity/apply-texts`,
    );
    const resumed = await server.staff('/questionnaires/billing-clarity/resume', { method: 'POST' });
    expect(resumed.status).toBe(204);
    await ok(`post ${api}/invitations`, `${api}/invitations`, { body: { touchpoint: 'support' } });
    const { items: cases } = await ok(`get ${api}/cases`, `${api}/cases`);
    const talk = `${api}/cases/${cases[0].id}`;
    await ok(`get ${api}/cases/{caseId}`, talk);
    await ok(`post ${api}/cases/{caseId}/replies`, `${talk}/replies`, { body: { text: 'hello' } });
    await ok(`post ${api}/cases/{caseId}/return`, `${talk}/return`);
    await server.talk({ touchpoint: 'fault', language: 'en' }, ['agent']);
    const [waiting] = (await server.read('/cases?open=true')).items;
    await ok(`post ${api}/cases/{caseId}/close`, `${api}/cases/${waiting.id}/close`);
    const aside = await putAside(server, 'ada');
    await ok(`get ${api}/quarantine`, `${api}/quarantine?content=true`);
    await ok(`post ${api}/quarantine/{id}/replay`, `${api}/quarantine/${aside}/replay`);
    await ok(`post ${api}/retention`, `${api}/retention`, { body: { before: '2020-01-01' } });
    await ok(`get ${api}/openapi.json`, `${api}/openapi.json`);

    const withJson = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, { responses }]) =>
          Object.values(responses).some(({ content }) => content?.['application/json']),
        )
        .map(([method]) => `${method} ${path}`),
    );
    expect([...new Set(checked)].sort()).toEqual(withJson.sort());
  });

  test.each([
    ['get /api/v1/responses', '/api/v1/responses?limit=0', {}, 422],
    ['get /api/v1/responses', '/api/v1/responses', { headers: { authorization: '' } }, 401],
    ['post /api/v1/sign-in', '/api/v1/sign-in', { body: { code: 'x' } }, 401],
    ['post /api/v1/questionnaires', '/api/v1/questionnaires', { body: { format: 1 } }, 422],
    ['get /api/v1/cases/{caseId}', '/api/v1/cases/nobody', {}, 404],
    ['post /channels/web/conversations', '/channels/web/conversations', { body: { touchpoint: 'x' } }, 404],
    ['post /channels/web/conversations', '/channels/web/conversations', { body: {} }, 422],
  ] as const)('is a problem as the document says: %s %s', async (operation, path, asking, status) => {
    expect((await check(operation, path, asking)).status).toBe(status);
  });
});
