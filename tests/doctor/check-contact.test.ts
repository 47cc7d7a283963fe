import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ContactFile, checkContact, type FindingCode } from '../../src/doctor/index.ts';
import { outcomeOf, replaySession } from '../../src/projections/replay.ts';
import type { InboundRecord, MessageRecord, OutboundRecord } from '../../src/store/records.ts';
import { startTalk, type Talk } from '../support/test-app.ts';

let healthy: ContactFile;
let talk: Talk;

beforeAll(async () => {
  talk = await startTalk('purchase', { language: 'en' });
  for (const text of ['nine', 'The service', 'back', 'The people', 'skip']) {
    talk.clock.advance(0.1);
    await talk.person.says(text);
  }
  talk.clock.advance(0.1);
  await talk.person.opens('support');
  talk.clock.advance(0.1);
  await talk.person.taps('Go to the new one');
  await talk.person.says('6');
  healthy = await readFile(talk);
});

afterAll(() => talk.close());

/** All that is kept of the one contact of a talk. */
async function readFile({ app, person, clock }: Talk): Promise<ContactFile> {
  const { store, library } = app;
  const state = await store.readContact(person.contactId);
  if (!state) throw new Error('The contact is gone');
  const { items } = await store.listSessions({ limit: 100 });
  const sessions = await Promise.all(
    items.map(async (id) => {
      const events = await store.readEvents(id);
      const replay = await replaySession(events, library);
      return {
        id,
        events,
        answers: (await store.listAnswers({ sessionId: id, limit: 100 })).items,
        response: (await store.listResponses({ sessionId: id, limit: 1 })).items[0],
        replayed: replay && { session: replay.session, ...outcomeOf(replay.projections) },
      };
    }),
  );
  return {
    contact: state.contact,
    now: clock.now(),
    messages: await store.readMessages({ contactId: person.contactId, limit: 1000 }),
    sessions,
    owners: new Map(state.contact.addresses.map(({ id }) => [id, person.contactId])),
  };
}

function codesOf(file: ContactFile): FindingCode[] {
  return checkContact(file).map(({ code }) => code);
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('Expected a value');
  return value;
}

/** The file with its open session changed. */
function withSession(
  change: (session: ContactFile['sessions'][number]) => Partial<ContactFile['sessions'][number]>,
): ContactFile {
  const openId = healthy.contact.session?.id;
  return {
    ...healthy,
    sessions: healthy.sessions.map((session) =>
      session.id === openId ? { ...session, ...change(session) } : session,
    ),
  };
}

function withOpen(changes: Partial<NonNullable<ContactFile['contact']['session']>>): ContactFile {
  const { contact } = healthy;
  return { ...healthy, contact: { ...contact, session: { ...present(contact.session), ...changes } } };
}

/** The file with further messages behind those that it has. */
function withMessages(...messages: (Partial<InboundRecord> | Partial<OutboundRecord>)[]): ContactFile {
  const last = healthy.messages.at(-1)?.seq ?? 0;
  const samples = {
    in: present(healthy.messages.find((one) => one.direction === 'in')),
    out: present(healthy.messages.find((one) => one.direction === 'out')),
  };
  const added = messages.map(
    (changes, index): MessageRecord =>
      Object.assign({}, samples[changes.direction ?? 'out'], {
        at: healthy.now,
        providerMessageId: `added-${index}`,
        ...changes,
        seq: last + 1 + index,
      }),
  );
  return { ...healthy, messages: [...healthy.messages, ...added] };
}

function minutesLater(minutes: number): string {
  return new Date(Date.parse(healthy.now) + minutes * 60_000).toISOString();
}

describe('a contact', () => {
  test('is clean after a story with corrections, an ended survey and an open one', () => {
    expect(healthy.sessions).toHaveLength(2);
    expect(healthy.sessions.flatMap(({ answers }) => answers).length).toBeGreaterThan(2);
    expect(checkContact(healthy)).toEqual([]);
  });

  test('has one current answer to a question', () => {
    const twice = withSession(({ answers }) => ({ answers: [...answers, ...answers.slice(0, 1)] }));
    expect(codesOf(twice)).toEqual(['answer_twice']);
  });

  test.each([
    ['missing', (file: ContactFile['sessions'][number]) => ({ answers: file.answers.slice(1) })],
    [
      'changed',
      (file: ContactFile['sessions'][number]) => ({
        answers: file.answers.map((answer) => ({ ...answer, value: 1 })),
      }),
    ],
    [
      'invented',
      (file: ContactFile['sessions'][number]) => ({
        answers: [...file.answers, { ...present(file.answers[0]), questionId: 'unasked' }],
      }),
    ],
  ])('has the answers that its events give: none is %s', (_, change) => {
    expect(codesOf(withSession(change))).toContain('answers_differ');
  });

  test('names what differs in an answer, and never what was answered', () => {
    const changed = withSession(({ answers }) => ({
      answers: answers.map((answer) => ({ ...answer, rawText: 'something private' })),
    }));
    const [finding] = checkContact(changed);
    expect(finding?.words).toMatch(/in: rawText$/);
    expect(JSON.stringify(finding)).not.toContain('private');
  });

  test('has the responses that its events give', () => {
    expect(codesOf(withSession(() => ({ response: undefined })))).toEqual(['response_differs']);
    const language = withSession(({ response }) => ({ response: { ...present(response), language: 'he' } }));
    expect(codesOf(language)).toEqual(['response_differs']);
  });

  test('stands in its open session where the events lead', () => {
    const { state } = present(healthy.contact.session);
    expect(codesOf(withOpen({ state: { ...state, tries: 7 } }))).toEqual(['session_differs']);
    expect(codesOf(withOpen({ revision: 9 }))).toEqual(['session_differs']);
    expect(codesOf(withSession(() => ({ replayed: undefined })))).toEqual(['session_incomplete']);
  });

  test('leaves no response in progress without its session', () => {
    const { session: _, wakeAt: __, ...contact } = healthy.contact;
    expect(codesOf({ ...healthy, contact })).toEqual(['session_left_open']);
  });

  test('has each message move a session once', () => {
    const twice = withSession(({ events }) => ({ events: [...events, ...events.slice(-1)] }));
    expect(codesOf(twice)).toEqual(['reply_taken_twice']);
  });

  test('has an effect of every message that was handled', () => {
    expect(codesOf(withMessages({ direction: 'in', state: 'handled' }))).toEqual(['inbound_without_effect']);
    expect(codesOf(withMessages({ direction: 'in' }, { direction: 'out', state: 'sent' }))).toEqual([]);
  });

  test('may be met with silence while staff talk with it', () => {
    const silent = withMessages({ direction: 'in', state: 'handled' });
    expect(codesOf({ ...silent, contact: { ...silent.contact, caseId: 'case' } })).toEqual([]);
  });

  test('does not wait for ever with what it said', () => {
    const waiting = withMessages({ direction: 'in', state: 'pending' });
    expect(codesOf(waiting)).toEqual([]);
    expect(codesOf({ ...waiting, now: minutesLater(4) })).toEqual([]);
    expect(codesOf({ ...waiting, now: minutesLater(6) })).toEqual(['inbound_waits']);
  });

  test('is told of what was put aside, as a note with its reason', () => {
    const aside = withMessages({ direction: 'in', state: 'quarantined', attempts: 5, reason: 'it broke' });
    expect(checkContact(aside)).toMatchObject([
      { code: 'quarantined', words: expect.stringContaining('it broke') },
    ]);
  });

  test('gets its messages in their order', () => {
    const queued = { state: 'queued', dueAt: healthy.now } as const;
    const sent = { state: 'sent', attempts: 1 } as const;
    expect(codesOf(withMessages(queued, sent))).toEqual(['sent_out_of_order']);
    expect(codesOf(withMessages(queued, { ...sent, state: 'failed' }))).toEqual(['sent_out_of_order']);
    expect(codesOf(withMessages(sent, queued))).toEqual([]);
    expect(codesOf(withMessages(queued, { state: 'suppressed', attempts: 1 }))).toEqual([]);
  });

  test('may see a page fetch a message while another channel still waits', () => {
    const fetched = { state: 'sent', attempts: 0 } as const;
    expect(codesOf(withMessages({ state: 'queued', dueAt: healthy.now }, fetched))).toEqual([]);
  });

  test.each(['queued', 'claimed'] as const)('has no message %s that everybody has forgotten', (state) => {
    const waiting = withMessages({ state, dueAt: healthy.now, attempts: 1 });
    expect(codesOf(waiting)).toEqual([]);
    expect(codesOf({ ...waiting, now: minutesLater(6) })).toEqual(['outbound_waits']);
  });

  test('is told of sends whose outcome stayed open, as a note', () => {
    expect(codesOf(withMessages({ state: 'sent', ambiguous: 2 }))).toEqual(['ambiguous_sends']);
  });

  test('hears nothing after the confirmation of its opt-out', () => {
    const { session: _, wakeAt: __, ...rest } = healthy.contact;
    const ended = healthy.sessions.filter(({ response }) => response?.status !== 'in_progress');
    const optedOut = (file: ContactFile): ContactFile => ({
      ...file,
      contact: { ...rest, optedOutAt: healthy.now },
      sessions: ended,
    });
    expect(codesOf(optedOut(healthy))).toEqual([]);
    expect(codesOf(optedOut(withMessages({ state: 'sent', at: minutesLater(1) })))).toEqual([
      'sent_after_opt_out',
    ]);
    expect(codesOf(optedOut(withMessages({ state: 'suppressed', at: minutesLater(1) })))).toEqual([]);
    const open = { ...healthy, contact: { ...healthy.contact, optedOutAt: healthy.now } };
    expect(codesOf(open)).toContain('open_after_opt_out');
  });

  test('is woken in time', () => {
    const due = present(healthy.contact.wakeAt);
    const soon = new Date(Date.parse(due) + 59_000).toISOString();
    const late = new Date(Date.parse(due) + 61_000).toISOString();
    expect(codesOf({ ...healthy, now: soon })).toEqual([]);
    expect(codesOf({ ...healthy, now: late })).toEqual(['timer_overdue']);
    const { wakeAt: _, ...contact } = healthy.contact;
    expect(codesOf({ ...healthy, contact })).toEqual(['timer_missing']);
    expect(codesOf({ ...healthy, contact: { ...contact, wakeAt: late } })).toEqual(['timer_missing']);
  });

  test('is found by its addresses', () => {
    const misled = new Map(healthy.contact.addresses.map(({ id }) => [id, 'somebody-else']));
    expect(codesOf({ ...healthy, owners: misled })).toEqual(['address_misleads']);
    expect(codesOf({ ...healthy, owners: new Map() })).toEqual(['address_misleads']);
  });
});
