import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putAside } from '../support/put-aside.ts';
import { type Answered, type StaffServer, startStaffServer } from '../support/staff-server.ts';

let server: StaffServer;
beforeAll(async () => {
  server = await startStaffServer();
});
afterAll(() => server.close());

describe('the quarantine', () => {
  test('lists what was put aside, and what was written only when asked for', async () => {
    const id = await putAside(server, 'ada');
    const [contactId, seq] = id.split('.');
    const listed = await server.read('/quarantine');
    const known = { id, contactId, seq: Number(seq), channel: 'web', attempts: 1, reason: 'it broke' };
    expect(listed).toEqual({ items: [{ ...known, at: server.clock.now() }] });
    const { items } = await server.read('/quarantine?content=true');
    expect(items).toMatchObject([{ ...known, content: { kind: 'text', text: 'a secret of ada' } }]);
  });

  test('is read page by page', async () => {
    server.clock.advance(1);
    await putAside(server, 'ben');
    const first = await server.read('/quarantine?limit=1');
    expect(first.items).toMatchObject([{ contactId: 'ada' }]);
    const second = await server.read(`/quarantine?limit=1&after=${first.next}`);
    expect(second).toMatchObject({ items: [{ contactId: 'ben' }] });
    expect(second.next).toBeUndefined();
    const stray = await server.staff('/quarantine?after=nowhere');
    expect([stray.status, (await stray.json()).code]).toEqual([404, 'unknown_page']);
  });

  test('has a message handled again, once', async () => {
    const id = await putAside(server, 'cleo');
    const replay = () => server.staff(`/quarantine/${id}/replay`, { method: 'POST' });
    const replayed = await replay();
    expect([replayed.status, await replayed.json()]).toEqual([202, expect.objectContaining({ id })]);
    await server.app.conversations.idle();
    const messages = await server.app.store.readMessages({ contactId: 'cleo', limit: 10 });
    expect(messages).toMatchObject([{ direction: 'in', state: 'handled' }, { direction: 'out' }]);
    const again = await replay();
    expect([again.status, (await again.json()).code]).toEqual([404, 'unknown_message']);
  });

  test.each(['nobody.1', 'ada', 'ada.0', 'ada.x', '.1'])('knows no message %s', async (id) => {
    const response = await server.staff(`/quarantine/${id}/replay`, { method: 'POST' });
    const { code, title }: Answered = await response.json();
    expect([response.status, code]).toEqual([404, 'unknown_message']);
    expect(title).toContain('put aside');
  });

  test('is for staff', async () => {
    expect((await server.ask('/api/v1/quarantine')).status).toBe(401);
    expect((await server.ask('/api/v1/quarantine/ada.1/replay', { method: 'POST' })).status).toBe(401);
  });
});
