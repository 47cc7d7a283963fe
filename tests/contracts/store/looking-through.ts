import { expect, test } from 'vitest';
import type { Subject } from '../store.ts';
import { claim, meet, moment, project, readAll, responseOf, resultOf, started, tell } from './sample.ts';

const people = ['ada', 'ben', 'cleo', 'dan', 'eve'];

/** What somebody needs who looks at everything. */
export function lookingThrough({ store }: Subject): void {
  test('every contact is listed once, page by page', async () => {
    for (const person of people) await meet(store(), person);
    await store().createContact({ id: 'fay', language: 'en', attributes: {}, at: moment() });
    for (const limit of [1, 2, 5, 6, 500]) {
      const listed = await readAll((query) => store().listContacts(query), limit);
      expect(listed.toSorted()).toEqual([...people, 'fay']);
    }
    await expect(store().listContacts({ after: '?', limit: 1 })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the sessions of one contact are listed alone', async () => {
    for (const person of ['ada', 'ben']) {
      await meet(store(), person);
      for (const session of [1, 2, 3]) {
        const id = `${person}-${session}`;
        await project(
          store(),
          person,
          { responses: [responseOf(person, id)] },
          { events: [started(person, id)] },
        );
      }
    }
    const sessions = (limit: number) =>
      readAll((query) => store().listSessions({ ...query, contactId: 'ben' }), limit);
    for (const limit of [1, 2, 3, 500])
      expect((await sessions(limit)).toSorted()).toEqual(['ben-1', 'ben-2', 'ben-3']);
    expect(await store().listSessions({ contactId: 'nobody', limit: 10 })).toEqual({ items: [] });
  });

  test('a message tells when it can be claimed, while it waits', async () => {
    await meet(store(), 'ada');
    await tell(store(), 'ada', ['one', 'two']);
    const dueAt = async () =>
      (await store().readMessages({ contactId: 'ada', afterSeq: 1, limit: 10 })).flatMap((message) =>
        message.direction === 'out' ? [message.dueAt] : [],
      );
    expect(await dueAt()).toEqual([moment(), moment()]);
    const [first] = await claim(store(), 10, { limit: 1, leaseSeconds: 60 });
    expect(await dueAt()).toEqual([moment(70), moment()]);
    if (first) await store().recordDeliveries([resultOf(first)]);
    expect(await dueAt()).toEqual([undefined, moment()]);
  });

  test('in a store that is whole, everything belongs to somebody who is there', async () => {
    for (const person of people) {
      await meet(store(), person);
      await project(
        store(),
        person,
        { responses: [responseOf(person, `of ${person}`)] },
        { events: [started(person, `of ${person}`)] },
      );
      await tell(store(), person, ['hello']);
    }
    for (const claimed of await claim(store(), 0)) await store().recordDeliveries([resultOf(claimed)]);
    await store().eraseContact('ada', moment(1));
    expect(await store().findOrphans(10)).toEqual([]);
  });

  test('a store remembers the fingerprint of its key for ever, and the first one only', async () => {
    expect(await store().readKeyFingerprint()).toBeUndefined();
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((fingerprint) => store().rememberKeyFingerprint(fingerprint)),
    );
    const [known, ...others] = new Set(answers);
    expect(others).toEqual([]);
    expect(await store().rememberKeyFingerprint('four')).toBe(known);
    expect(await store().readKeyFingerprint()).toBe(known);
  });
}
