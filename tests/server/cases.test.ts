import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { postMessage } from '../support/chat-client.ts';
import { type Answered, type StaffServer, startStaffServer } from '../support/staff-server.ts';

let server: StaffServer;
beforeAll(async () => {
  server = await startStaffServer();
});
afterAll(() => server.close());

interface OpenTalk {
  readonly caseId: string;
  readonly conversationId: string;
  says(text: string): Promise<void>;
}

/** Somebody answers a question, asks for a person and tells what it is about. */
async function askForPerson(): Promise<OpenTalk> {
  const conversationId = await server.talk({ touchpoint: 'delivery', language: 'en' }, [
    'yes',
    '!human',
    'Where is my refund?',
  ]);
  const { items } = await server.read('/cases?open=true');
  const newest = items.toSorted((one: Answered, other: Answered) =>
    one.openedAt < other.openedAt ? 1 : -1,
  )[0];
  let messages = 0;
  return {
    caseId: newest.id,
    conversationId,
    async says(text) {
      messages += 1;
      server.clock.advance(0.1);
      await postMessage(server.listening.url, conversationId, { id: `more${messages}`, text });
      await server.app.conversations.idle();
    },
  };
}

function act(path: string, body?: unknown): Promise<Response> {
  return server.staff(`/cases/${path}`, { method: 'POST', ...(body !== undefined && { body }) });
}

describe('a case', () => {
  test('shows the whole conversation in words, with what could be tapped and what was', async () => {
    const { caseId, conversationId } = await askForPerson();
    const detail = await server.read(`/cases/${caseId}`);
    expect(detail.case).toMatchObject({ status: 'open', touchpointId: 'delivery', channel: 'web' });
    expect(detail.contact).toEqual({ language: 'en', attributes: {}, optedOut: false });
    expect(
      detail.messages.map(({ from, text, command }: Answered) => [from, command ?? text.slice(0, 12)]),
    ).toEqual([
      ['bot', expect.any(String)],
      ['contact', 'yes'],
      ['bot', expect.any(String)],
      ['contact', 'human'],
      ['bot', expect.any(String)],
      ['contact', 'Where is my '],
    ]);
    expect(detail.messages[0].choices).toEqual(['Yes', 'No']);
    expect(JSON.stringify(detail)).not.toContain(conversationId);
  });

  test('names what was tapped by its label', async () => {
    await server.talk({ touchpoint: 'support', language: 'en' }, ['7']);
    const [response] = (await server.read('/responses?touchpoint=support')).items;
    const messages = await server.app.store.readMessages({ contactId: response.contactId, limit: 50 });
    const asked = messages.findLast((message) => message.direction === 'out');
    const choice = asked?.direction === 'out' ? asked.message.choices?.[1] : undefined;
    const addressId = asked?.addressId ?? '';
    const state = await server.app.store.readContact(response.contactId);
    const address = state?.contact.addresses.find(({ id }) => id === addressId);
    if (!choice || !address) throw new Error('Nothing was offered');
    const conversationId = server.app.addressBook.open(address);
    for (const [id, token] of [
      ['tap1', choice.token],
      ['tap2', '!human'],
      ['tap3', 'made.up.token'],
    ] as const) {
      await postMessage(server.listening.url, conversationId, { id, choice: token });
      await server.app.conversations.idle();
    }
    const { items } = await server.read('/cases?open=true');
    const talk = items.find(({ contactId }: Answered) => contactId === response.contactId);
    const detail = await server.read(`/cases/${talk.id}`);
    const contact = detail.messages.filter(({ from }: Answered) => from === 'contact');
    expect(contact.map(({ text }: Answered) => text)).toEqual(['7', choice.label, '', 'token']);
  });

  test('waits again when the contact writes, and stands before those that staff answered', async () => {
    const first = await askForPerson();
    const second = await askForPerson();
    for (const { caseId } of [first, second]) {
      const response = await act(`${caseId}/replies`, { text: '  One moment, please.  ' });
      expect([response.status, (await response.json()).status]).toEqual([200, 'answered']);
    }
    await first.says('Thanks');
    const { items } = await server.read('/cases?open=true');
    const ids = items.map(({ id }: Answered) => id);
    expect(ids.indexOf(first.caseId)).toBeLessThan(ids.indexOf(second.caseId));
    const detail = await server.read(`/cases/${first.caseId}`);
    expect(detail.case.status).toBe('open');
    expect(detail.messages.slice(-2)).toMatchObject([
      { from: 'staff', text: 'One moment, please.', delivery: 'sent' },
      { from: 'contact', text: 'Thanks' },
    ]);
  });

  test('[C19] is sent a reply once that staff give again under its id, however often and at once', async () => {
    const { caseId } = await askForPerson();
    const reply = { id: 'r1', text: 'On its way.' };
    const responses = await Promise.all([reply, reply, reply].map((body) => act(`${caseId}/replies`, body)));
    responses.push(await act(`${caseId}/replies`, reply));
    for (const response of responses)
      expect([response.status, (await response.json()).status]).toEqual([200, 'answered']);
    const staffSaid = async () => {
      const { messages } = await server.read(`/cases/${caseId}`);
      return messages.flatMap(({ from, text }: Answered) => (from === 'staff' ? [text] : []));
    };
    expect(await staffSaid()).toEqual(['On its way.']);
    await act(`${caseId}/replies`, { ...reply, id: 'r2' });
    await act(`${caseId}/replies`, { text: 'On its way.' });
    await act(`${caseId}/replies`, reply);
    expect(await staffSaid()).toEqual(['On its way.', 'On its way.', 'On its way.']);
  });

  test('is handed back to the bot, which asks the waiting question again', async () => {
    const { caseId } = await askForPerson();
    const response = await act(`${caseId}/return`);
    expect([response.status, (await response.json()).status]).toEqual([200, 'returned']);
    await server.app.conversations.idle();
    const { messages } = await server.read(`/cases/${caseId}`);
    const asked = messages.filter(({ from, choices }: Answered) => from === 'bot' && choices);
    expect(asked.at(-1).choices).toEqual(asked.at(-2).choices);
  });

  test('is closed together with its survey', async () => {
    const { caseId } = await askForPerson();
    expect((await (await act(`${caseId}/close`)).json()).status).toBe('closed');
    const { sessionId } = await server.read(`/cases/${caseId}`).then(({ case: talk }) => talk);
    expect((await server.read(`/responses/${sessionId}`)).endedAt).toBeDefined();
    expect((await server.read('/cases?open=false')).items.map(({ id }: Answered) => id)).toContain(caseId);
    expect((await server.read('/cases?open=true')).items.map(({ id }: Answered) => id)).not.toContain(caseId);
  });

  test('that has ended takes nothing any more', async () => {
    const { caseId } = await askForPerson();
    await act(`${caseId}/close`);
    for (const [path, body] of [
      ['replies', { text: 'Hello?' }],
      ['return', undefined],
      ['close', undefined],
    ] as const) {
      const response = await act(`${caseId}/${path}`, body);
      expect([path, response.status, (await response.json()).code]).toEqual([path, 409, 'case_ended']);
    }
  });

  test('that does not exist is told as such', async () => {
    for (const path of ['nobody/return', 'nobody/close']) {
      expect([path, (await act(path)).status]).toEqual([path, 404]);
    }
    const response = await act('nobody/replies', { text: 'Hello' });
    expect([response.status, (await response.json()).code]).toEqual([404, 'unknown_case']);
    expect((await server.staff('/cases/nobody')).status).toBe(404);
    expect((await server.staff('/cases/nobody/events')).status).toBe(404);
  });

  test.each([{ text: '' }, { text: '   ' }, { text: 'x'.repeat(4001) }, {}])(
    'takes no reply such as %j',
    async (body) => {
      const { caseId } = await askForPerson();
      const response = await act(`${caseId}/replies`, body);
      expect([response.status, (await response.json()).errors[0].pointer]).toEqual([422, '/text']);
    },
  );
});

describe('the streams of cases', () => {
  const eventSchema = z.object({ type: z.string(), id: z.string().optional(), data: z.json() });
  type Event = z.infer<typeof eventSchema>;

  /** Reads a stream event by event. */
  async function listen(path: string, headers: Record<string, string> = {}) {
    const stop = new AbortController();
    const response = await fetch(`${server.listening.url}/api/v1/cases/${path}`, {
      headers: { authorization: `Bearer ${server.listening.operatorToken}`, ...headers },
      signal: stop.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let buffer = '';
    return {
      async next(): Promise<Event> {
        for (;;) {
          const end = buffer.indexOf('\n\n');
          if (end >= 0) {
            const fields = new Map(
              buffer
                .slice(0, end)
                .split('\n')
                .map((line): [string, string] => {
                  const colon = line.indexOf(': ');
                  return [line.slice(0, colon), line.slice(colon + 2)];
                }),
            );
            buffer = buffer.slice(end + 2);
            const type = fields.get('event');
            if (type)
              return eventSchema.parse({
                type,
                id: fields.get('id'),
                data: JSON.parse(fields.get('data') ?? ''),
              });
            continue;
          }
          const chunk = await reader?.read();
          if (!chunk || chunk.done) throw new Error('The stream has ended');
          buffer += chunk.value;
        }
      },
      stop: () => stop.abort(),
    };
  }

  test('tells what is new as it happens, once: messages of all sides and how the case stands', async () => {
    const { caseId, says } = await askForPerson();
    const { messages } = await server.read(`/cases/${caseId}`);
    const stream = await listen(`${caseId}/events?after=${messages.at(-1).seq}`);
    expect(await stream.next()).toMatchObject({ type: 'state', data: { case: { status: 'open' } } });
    await act(`${caseId}/replies`, { text: 'On its way.' });
    expect(await stream.next()).toMatchObject({
      type: 'message',
      data: { from: 'staff', text: 'On its way.' },
    });
    expect(await stream.next()).toMatchObject({ type: 'state', data: { case: { status: 'answered' } } });
    await says('When?');
    expect(await stream.next()).toMatchObject({ type: 'message', data: { from: 'contact', text: 'When?' } });
    expect(await stream.next()).toMatchObject({ type: 'state', data: { case: { status: 'open' } } });
    await act(`${caseId}/return`);
    const rest = [await stream.next(), await stream.next()];
    expect(rest).toMatchObject([{ type: 'message', data: { from: 'bot' } }, expect.anything()]);
    stream.stop();
  });

  test('goes on behind the last message that the browser has', async () => {
    const { caseId } = await askForPerson();
    const { messages } = await server.read(`/cases/${caseId}`);
    const last = messages.at(-1);
    const beforeLast = String(messages.at(-2).seq);
    for (const [search, headers] of [
      [`?after=${beforeLast}`, {}],
      ['?after=0', { 'last-event-id': beforeLast }],
    ] as const) {
      const stream = await listen(`${caseId}/events${search}`, headers);
      expect(await stream.next()).toEqual({ type: 'message', id: String(last.seq), data: last });
      stream.stop();
    }
  });

  test('tell when the list of cases has changed, and of nothing else', async () => {
    const { caseId, says } = await askForPerson();
    const stream = await listen('events');
    const heard: string[] = [];
    const hears = async () => {
      heard.push((await stream.next()).type);
    };
    await hears();
    await act(`${caseId}/replies`, { text: 'On its way.' });
    await hears();
    await says('When?');
    await hears();
    await server.talk({ touchpoint: 'purchase', language: 'en' }, ['9']);
    await act(`${caseId}/close`);
    await hears();
    expect((await server.read('/cases?open=true')).items.map(({ id }: Answered) => id)).not.toContain(caseId);
    expect(heard).toEqual(['cases', 'cases', 'cases', 'cases']);
    stream.stop();
  });
});
