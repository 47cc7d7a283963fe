import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StaffServer, startStaffServer } from '../support/staff-server.ts';

let server: StaffServer;
beforeAll(async () => {
  server = await startStaffServer();
});
afterAll(() => server.close());

async function freshCode(): Promise<string> {
  return (await server.listening.createAdminLink()).split('/').at(-1) ?? '';
}

function redeem(code: string): Promise<Response> {
  return server.ask('/api/v1/sign-in', { method: 'POST', body: { code } });
}

describe('without signing in', () => {
  test('every route of the API but those that say so answers 401 and nothing else', async () => {
    const { paths } = await (await server.ask('/api/v1/openapi.json')).json();
    const open: string[] = [];
    for (const [path, operations] of Object.entries<Record<string, unknown>>(paths)) {
      if (!path.startsWith('/api/v1/')) continue;
      for (const method of ['get', 'post'] as const) {
        if (!(method in operations)) continue;
        const response = await server.ask(path.replace(/\{\w+\}/g, 'any'), {
          method: method === 'get' ? 'GET' : 'POST',
          ...(method === 'post' && { body: {} }),
        });
        if (response.status !== 401) open.push(`${method} ${path}`);
        else if (!path.endsWith('/sign-in')) {
          expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
          expect(response.headers.get('www-authenticate')).toBe('Bearer');
          expect((await response.json()).code).toBe('not_signed_in');
        }
      }
    }
    // Signing in refuses an empty body; the document is open.
    expect(open).toEqual(['post /api/v1/sign-in', 'get /api/v1/openapi.json']);
  });

  test('a wrong token, a made-up cookie and half a token are nobody', async () => {
    const attempts = [
      { authorization: 'Bearer wrong' },
      { authorization: `Bearer ${server.listening.operatorToken.slice(0, -1)}` },
      { authorization: server.listening.operatorToken },
      { cookie: 'kashuv_staff=made-up' },
      { cookie: `kashuv_staff=${server.listening.operatorToken}` },
    ];
    for (const headers of attempts) {
      expect((await server.ask('/api/v1/responses', { headers })).status).toBe(401);
    }
  });
});

describe('an admin link', () => {
  test('lets one of several browsers in that open it at once', async () => {
    const code = await freshCode();
    const responses = await Promise.all(Array.from({ length: 8 }, () => redeem(code)));
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401, 401, 401]);
    const problems = await Promise.all(responses.filter(({ ok }) => !ok).map((response) => response.json()));
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['link_used_or_expired']));
    expect(responses.filter((response) => response.headers.has('set-cookie'))).toHaveLength(1);
  });

  test('is not used up by being opened, as previews of links do', async () => {
    const link = await server.listening.createAdminLink();
    for (const method of ['GET', 'GET', 'HEAD']) await fetch(link, { method });
    expect((await redeem(link.split('/').at(-1) ?? '')).status).toBe(200);
  });

  test('expires after a day', async () => {
    const [early, late] = [await freshCode(), await freshCode()];
    server.clock.advance(23.9);
    expect((await redeem(early)).status).toBe(200);
    server.clock.advance(0.2);
    expect((await redeem(late)).status).toBe(401);
  });

  test('is made for staff by staff, and opens the same door', async () => {
    const { link, expiresAt } = await server.read('/admin-links', { method: 'POST' });
    expect(link).toMatch(new RegExp(`^${server.listening.publicUrl}/admin/[\\w-]{22,}$`));
    expect(Date.parse(expiresAt) - Date.parse(server.clock.now())).toBe(24 * 3_600_000);
    expect((await redeem(link.split('/').at(-1))).status).toBe(200);
  });

  test('and its session are stored as hashes only', async () => {
    const code = await freshCode();
    const found = await server.app.store.findCredential('admin_link', code, server.clock.now());
    expect(found).toBeUndefined();
  });
});

describe('a staff session', () => {
  test('is a cookie that no script reads and no other site sends', async () => {
    const [cookie = ''] = (await redeem(await freshCode())).headers.getSetCookie();
    const parts = cookie.split('; ');
    expect(parts).toContain('HttpOnly');
    expect(parts).toContain('SameSite=Strict');
    expect(parts).toContain('Path=/');
    expect(parts).toContain(`Max-Age=${30 * 24 * 3600}`);
  });

  test('is bound to this very host where people come over HTTPS', async () => {
    const secure = await startStaffServer({ publicBaseUrl: 'https://survey.example.com' });
    const link = await secure.listening.createAdminLink();
    expect(link).toMatch(/^https:\/\/survey\.example\.com\/admin\//);
    const body = { code: link.split('/').at(-1) };
    const response = await secure.ask('/api/v1/sign-in', { method: 'POST', body });
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-kashuv_staff=[\w-]{22,};.*; Secure/);
    const headers = { cookie: cookie.split(';')[0] ?? '', origin: 'https://survey.example.com' };
    expect((await secure.ask('/api/v1/admin-links', { method: 'POST', headers })).status).toBe(201);
    await secure.close();
  });

  test('lasts 30 days', async () => {
    const cookie = await server.signIn();
    server.clock.advance(30 * 24 - 0.1);
    expect((await server.ask('/api/v1/responses', { headers: { cookie } })).status).toBe(200);
    server.clock.advance(0.2);
    expect((await server.ask('/api/v1/responses', { headers: { cookie } })).status).toBe(401);
  });

  test('ends with signing out, for whoever kept the cookie too', async () => {
    const cookie = await server.signIn();
    const headers = { cookie, origin: server.listening.url };
    const response = await server.ask('/api/v1/sign-out', { method: 'POST', headers });
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toMatch(/^kashuv_staff=;.*Expires=Thu, 01 Jan 1970/);
    expect((await server.ask('/api/v1/responses', { headers })).status).toBe(401);
  });

  test.each([
    ['another site, as Origin says', { origin: 'https://evil.example' }],
    ['another site, as Sec-Fetch-Site says', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }],
    ['a page without an origin', { origin: 'null' }],
    ['nobody knows where', {}],
  ])('changes nothing for a request from %s', async (_, from) => {
    const cookie = await server.signIn();
    const response = await server.ask('/api/v1/admin-links', {
      method: 'POST',
      headers: { cookie, ...from },
    });
    expect(response.status).toBe(403);
    expect((await response.json()).code).toBe('forbidden');
  });

  test('works for the own page', async () => {
    const cookie = await server.signIn();
    for (const from of [{ origin: server.listening.url }, { 'sec-fetch-site': 'same-origin' }]) {
      const headers = { cookie, ...from };
      expect((await server.ask('/api/v1/admin-links', { method: 'POST', headers })).status).toBe(201);
    }
  });

  test('takes JSON only, which no form of another site can send', async () => {
    const cookie = await server.signIn();
    const headers = { cookie, origin: server.listening.url, 'content-type': 'text/plain' };
    const body = '{"touchpoint":"delivery"}';
    const response = await server.ask('/api/v1/invitations', { method: 'POST', headers, body });
    expect(response.status).toBe(415);
    expect((await response.json()).code).toBe('unsupported_media_type');
  });
});
