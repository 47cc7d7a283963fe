import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openConversation, readStream } from '../support/chat-client.ts';
import { type Answered, type StaffServer, startStaffServer } from '../support/staff-server.ts';

let server: StaffServer;
beforeAll(async () => {
  server = await startStaffServer();
});
afterAll(() => server.close());

function invite(body: unknown): Promise<Answered> {
  return server.read('/invitations', { method: 'POST', body });
}

async function firstWords(conversationId: string): Promise<string> {
  const events = await readStream(server.listening.url, conversationId, {
    enough: ({ type }) => type === 'message',
  });
  const [message] = events.flatMap((event) => (event.type === 'message' ? [event.data.message.text] : []));
  return message ?? '';
}

describe('a survey link', () => {
  test('opens the survey of its touchpoint, in the language of its person', async () => {
    const { link } = await invite({ touchpoint: 'delivery', contact: { language: 'he' } });
    expect(link).toMatch(new RegExp(`^${server.listening.publicUrl}/s/[\\w-]{22,}$`));
    const conversationId = await server.talk({ code: link.split('/').at(-1) }, []);
    expect(await firstWords(conversationId)).toMatch(/המשלוח/);
    const [response] = (await server.read('/responses?touchpoint=delivery')).items;
    expect(response).toMatchObject({ language: 'he', channel: 'web', status: 'in_progress' });
  });

  test('keeps what is known of the person with the person, and shows nothing of it', async () => {
    const contact = { language: 'en', attributes: { name: 'Dana Levi' } };
    const { link } = await invite({ touchpoint: 'purchase', contact });
    const code = link.split('/').at(-1);
    const conversationId = await server.talk({ code }, []);
    expect(await firstWords(conversationId)).not.toContain('Dana');
    const [{ contactId }] = (await server.read('/responses?touchpoint=purchase')).items;
    const state = await server.app.store.readContact(contactId);
    expect(state?.contact).toMatchObject({ language: 'en', attributes: { name: 'Dana Levi' } });
  });

  test('is valid for 30 days, or as long as was asked for', async () => {
    const days = async (body: unknown) =>
      (Date.parse((await invite(body)).expiresAt) - Date.parse(server.clock.now())) / 86_400_000;
    expect(await days({ touchpoint: 'support' })).toBe(30);
    expect(await days({ touchpoint: 'support', channel: 'web', expiresInDays: 1 })).toBe(1);
    const { link } = await invite({ touchpoint: 'support', expiresInDays: 1 });
    const code = link.split('/').at(-1);
    server.clock.advance(23.9);
    await openConversation(server.listening.url, { code });
    server.clock.advance(0.2);
    await expect(openConversation(server.listening.url, { code })).rejects.toThrow('unknown_code');
  });

  test('is stored as a hash only, and each is another', async () => {
    const links = await Promise.all(Array.from({ length: 5 }, () => invite({ touchpoint: 'support' })));
    const codes = links.map(({ link }) => link.split('/').at(-1));
    expect(new Set(codes).size).toBe(5);
    const now = server.clock.now();
    expect(await server.app.store.findCredential('survey_link', codes[0], now)).toBeUndefined();
  });

  test('for a touchpoint where nothing is asked is refused', async () => {
    const response = await server.staff('/invitations', { method: 'POST', body: { touchpoint: 'nowhere' } });
    expect([response.status, (await response.json()).code]).toEqual([404, 'unknown_touchpoint']);
  });

  test.each([
    ['a channel that cannot carry it', { touchpoint: 'support', channel: 'fax' }, '/channel'],
    [
      'a name that is no text',
      { touchpoint: 'support', contact: { attributes: { name: [] } } },
      '/contact/attributes/name',
    ],
    [
      'an attribute with a name of its own making',
      { touchpoint: 'support', contact: { attributes: { 'A b': 1 } } },
      '/contact/attributes/A b',
    ],
    ['no day at all', { touchpoint: 'support', expiresInDays: 0 }, '/expiresInDays'],
    ['a field that is not known', { touchpoint: 'support', phone: '+972501234567' }, ''],
    ['no touchpoint', {}, '/touchpoint'],
  ])('with %s is refused by its place', async (_, body, pointer) => {
    const response = await server.staff('/invitations', { method: 'POST', body });
    const { code, errors }: Answered = await response.json();
    expect([response.status, code, errors[0].pointer]).toEqual([422, 'invalid_request', pointer]);
  });
});
