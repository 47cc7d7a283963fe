import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClaimedMessage, Store } from '../../../src/store/store.ts';
import type { Subject } from '../store.ts';
import { claim, clock, findWork, meet, moment, resultOf, tell } from './sample.ts';

/** What anybody may do with the messages of a contact, at any time. */
const actArbitrary = fc.oneof(
  fc.record({
    act: fc.constant('tell' as const),
    count: fc.integer({ min: 1, max: 3 }),
    claims: fc.boolean(),
  }),
  fc.record({ act: fc.constant('opt_out' as const) }),
  fc.record({ act: fc.constant('claim' as const), limit: fc.integer({ min: 1, max: 4 }), all: fc.boolean() }),
  fc.record({ act: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    act: fc.constant('result' as const),
    of: fc.nat(),
    state: fc.constantFrom('sent' as const, 'failed' as const, 'queued' as const),
    ambiguous: fc.boolean(),
  }),
);

type Act = typeof actArbitrary extends fc.Arbitrary<infer One> ? One : never;

const leaseSeconds = 30;
const retrySeconds = 20;
/** More than can wait: whom a smaller limit serves first is another test's matter. */
const everybody = 100;

/** A message as the rules say it must stand. */
interface Expected {
  readonly person: string;
  readonly text: string;
  state: 'queued' | 'claimed' | 'settled';
  freeAt: number;
  attempts: number;
  ambiguous: number;
  withdrawn: boolean;
}

export function outboxOrder({ store }: Subject): void {
  let runs = 0;

  test('whatever happens, each contact is sent its messages in order, one claim at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: 1 }), actArbitrary), { maxLength: 30 }),
        async (acts) => {
          runs += 1;
          const people = [`ada-${runs}`, `ben-${runs}`];
          for (const person of people) await meet(store(), person);
          await new Outbox(store(), people).play(acts);
        },
      ),
      { numRuns: 30 },
    );
  });
}

/** Plays acts on the store and on a plain model of the rules, and compares them at every step. */
class Outbox {
  readonly #store: Store;
  readonly #people: readonly string[];
  readonly #messages: Expected[] = [];
  readonly #claims: ClaimedMessage[] = [];
  #now = 0;

  constructor(store: Store, people: readonly string[]) {
    this.#store = store;
    this.#people = people;
  }

  async play(acts: readonly (readonly [number, Act])[]): Promise<void> {
    for (const [who, act] of acts) {
      const person = this.#people[who] ?? '';
      switch (act.act) {
        case 'tell':
          await this.#tell(person, act.count, act.claims);
          break;
        case 'opt_out':
          await tell(this.#store, person, [], { suppressQueued: true });
          for (const message of this.#waiting(person)) {
            if (message.state === 'queued') message.state = 'settled';
            else message.withdrawn = true;
          }
          break;
        case 'claim':
          await (act.all ? this.#claim(undefined, everybody) : this.#claim(person, act.limit));
          break;
        case 'wait':
          this.#now += act.seconds;
          break;
        case 'result':
          await this.#result(act.of, act.state, act.ambiguous);
          break;
      }
      await this.#compareWork();
    }
    await this.#drain();
  }

  async #tell(person: string, count: number, claims: boolean): Promise<void> {
    const blocked = this.#waiting(person).length > 0;
    const texts = Array.from({ length: count }, (_, index) => `${this.#messages.length + index}`);
    const claimed = await tell(this.#store, person, texts, {
      at: moment(this.#now),
      ...(claims && { leaseSeconds }),
    });
    const takes = claims && !blocked;
    for (const text of texts) {
      this.#messages.push({
        person,
        text,
        state: takes ? 'claimed' : 'queued',
        freeAt: takes ? this.#now + leaseSeconds : this.#now,
        attempts: takes ? 1 : 0,
        ambiguous: 0,
        withdrawn: false,
      });
    }
    expect(claimed.map(({ record }) => record.message.text)).toEqual(takes ? texts : []);
    this.#claims.push(...claimed);
  }

  async #claim(contactId: string | undefined, limit: number): Promise<readonly ClaimedMessage[]> {
    const claimed = await claim(this.#store, this.#now, {
      limit,
      leaseSeconds,
      ...(contactId !== undefined && { contactId }),
    });
    this.#claims.push(...claimed);
    for (const person of contactId === undefined ? this.#people : [contactId]) {
      const mine = claimed.filter(({ record }) => record.contactId === person);
      const facts = mine.map(({ record, afterUnknown }) => [
        record.message.text,
        record.attempts,
        record.ambiguous ?? 0,
        afterUnknown,
      ]);
      expect(facts).toEqual(this.#take(person, limit));
    }
    return claimed;
  }

  /** What the rules let be claimed of a person now. */
  #take(person: string, limit: number): unknown[][] {
    const taken: unknown[][] = [];
    for (const message of this.#waiting(person)) {
      if (taken.length === limit || message.freeAt > this.#now) break;
      const afterUnknown = message.state === 'claimed';
      if (afterUnknown) message.ambiguous += 1;
      if (afterUnknown && message.withdrawn) {
        message.state = 'settled';
        continue;
      }
      message.state = 'claimed';
      message.freeAt = this.#now + leaseSeconds;
      message.attempts += 1;
      taken.push([message.text, message.attempts, message.ambiguous, afterUnknown]);
    }
    return taken;
  }

  async #result(of: number, state: 'sent' | 'failed' | 'queued', ambiguous: boolean): Promise<void> {
    const claimed = this.#claims[of % Math.max(1, this.#claims.length)];
    if (!claimed) return;
    clock.set(this.#now);
    const result =
      state === 'queued'
        ? { state, retrySeconds, reason: 'busy', ambiguous }
        : state === 'failed'
          ? { state, reason: 'no' }
          : { state };
    await this.#store.recordDeliveries([resultOf(claimed, result, this.#now)]);

    const message = this.#messages.find(({ text }) => text === claimed.record.message.text);
    if (message?.state !== 'claimed') return;
    if (state !== 'sent' && message.attempts !== claimed.claim) return;
    if (state === 'queued' && ambiguous) message.ambiguous += 1;
    if (state === 'queued' && !message.withdrawn) {
      message.state = 'queued';
      message.freeAt = this.#now + retrySeconds;
    } else message.state = 'settled';
  }

  async #compareWork(): Promise<void> {
    const heads = this.#people.flatMap((person) => this.#waiting(person).slice(0, 1));
    const due = heads.filter(({ freeAt }) => freeAt <= this.#now).map(({ person }) => person);
    const { outbound } = await findWork(this.#store, this.#now, { limit: 100 });
    expect(outbound.toSorted()).toEqual(due.toSorted());
  }

  /** Time goes on until everything was sent. */
  async #drain(): Promise<void> {
    this.#now += leaseSeconds + retrySeconds;
    for (let claimed = await this.#claim(undefined, everybody); claimed.length > 0; ) {
      await this.#store.recordDeliveries(claimed.map((one) => resultOf(one)));
      for (const { record } of claimed) {
        const message = this.#messages.find(({ text }) => text === record.message.text);
        if (message) message.state = 'settled';
      }
      claimed = await this.#claim(undefined, everybody);
    }
    for (const person of this.#people) expect(this.#waiting(person)).toEqual([]);
    await this.#compareWork();
  }

  #waiting(person: string): Expected[] {
    return this.#messages.filter((message) => message.person === person && message.state !== 'settled');
  }
}
