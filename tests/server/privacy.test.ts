import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/doctor/index.ts';
import { examine } from '../../src/operations/examine.ts';
import { type Answered, type StaffServer, startStaffServer } from '../support/staff-server.ts';

let server: StaffServer;
beforeAll(async () => {
  server = await startStaffServer();
  await server.talk({ touchpoint: 'purchase', language: 'en' }, ['9', 'The people', 'skip', '5', 'stop']);
  await server.talk({ touchpoint: 'delivery', language: 'en' }, ['yes', '2']);
  await server.talk({ touchpoint: 'support', language: 'en' }, ['agent', 'hello']);
});
afterAll(() => server.close());

const responsesTo = async (questionnaire: string): Promise<Answered[]> =>
  (await server.read(`/responses?questionnaire=${questionnaire}`)).items;

async function findings(): Promise<Finding[]> {
  const found: Finding[] = [];
  await examine({
    store: server.app.store,
    served: true,
    onFinding: (finding) => found.push(finding),
    pause: async () => {},
  });
  return found;
}

describe('erasing', () => {
  test('removes everything of a contact once, also from the totals, and leaves the others whole', async () => {
    const [{ contactId }] = await responsesTo('delivery-csat');
    const erase = () => server.staff(`/contacts/${contactId}/erase`, { method: 'POST' });
    expect((await erase()).status).toBe(204);
    expect(await responsesTo('delivery-csat')).toEqual([]);
    expect((await server.read('/totals?questionnaire=delivery-csat')).items).toEqual([]);
    expect(await server.app.store.readContact(contactId)).toBeUndefined();
    const again = await erase();
    expect([again.status, (await again.json()).code]).toEqual([404, 'unknown_contact']);
    expect(await findings()).toEqual([]);
  });

  test('is for staff', async () => {
    expect((await server.ask('/api/v1/contacts/ada/erase', { method: 'POST' })).status).toBe(401);
    const body = { before: '2030-01-01' };
    expect((await server.ask('/api/v1/retention', { method: 'POST', body })).status).toBe(401);
  });
});

describe('retention', () => {
  const remove = (before: string) => server.staff('/retention', { method: 'POST', body: { before } });

  test('removes what ended before a moment, and keeps what is open', async () => {
    expect(await (await remove('2020-01-01')).json()).toEqual({ sessions: 0, messages: 0 });
    server.clock.advance(24 * 40);
    const removed = await (await remove(server.clock.now())).json();
    expect(removed.sessions).toBe(1);
    expect(removed.messages).toBeGreaterThan(5);
    expect(await responsesTo('purchase-nps')).toEqual([]);
    expect(await responsesTo('support-effort')).toHaveLength(1);
    expect((await findings()).filter(({ code }) => code !== 'timer_overdue')).toEqual([]);
  });

  test.each([{}, { before: 'yesterday' }, { before: 5 }])('refuses %j', async (body) => {
    const response = await server.staff('/retention', { method: 'POST', body });
    expect([response.status, (await response.json()).code]).toEqual([422, 'invalid_request']);
  });
});
