import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { backlog } from './store/backlog.ts';
import { credentials } from './store/credentials.ts';
import { erasing } from './store/erasing.ts';
import { leases } from './store/leases.ts';
import { listings } from './store/listings.ts';
import { lookingThrough } from './store/looking-through.ts';
import { outboxOrder } from './store/outbox-order.ts';
import { projections } from './store/projections.ts';
import { publishing } from './store/publishing.ts';
import { quarantine } from './store/quarantine.ts';
import { receipts } from './store/receipts.ts';
import { receiving } from './store/receiving.ts';
import { retention } from './store/retention.ts';
import { clock } from './store/sample.ts';
import { sending } from './store/sending.ts';
import { survival } from './store/survival.ts';
import { texts } from './store/texts.ts';
import { totals } from './store/totals.ts';
import { turns } from './store/turns.ts';
import { watchingChanges } from './store/watching.ts';
import { work } from './store/work.ts';

/** A store as a suite gets it: empty, on the clock of sample.ts, and with the means to open its data once more and to remove them. */
export interface OpenedStore {
  readonly store: Store;
  /** Closes the store and opens its data again. */
  readonly reopen?: () => Promise<Store>;
  /** Closes whatever is open and removes the data. */
  destroy(): Promise<void>;
}

/** The store under test; `store()` is the one that is open now. */
export interface Subject {
  store(): Store;
  reopen(): Promise<Store>;
}

/** Parts that an implementation cannot pass by its nature, each with the reason, which stands in the test report. */
export interface Skips {
  readonly survival?: string;
}

/** What every implementation of the store must do. Each test begins with an empty store. */
export function storeContract(name: string, open: () => Promise<OpenedStore>, skips: Skips = {}): void {
  describe(name, () => {
    let opened: OpenedStore;
    let current: Store;

    beforeEach(async () => {
      clock.set(0);
      opened = await open();
      current = opened.store;
    });

    afterEach(() => opened.destroy());

    const subject: Subject = {
      store: () => current,
      async reopen() {
        if (!opened.reopen) throw new Error('This store cannot be opened again: skip what needs it');
        current = await opened.reopen();
        return current;
      },
    };

    describe('receiving', () => receiving(subject));
    describe('the quarantine', () => quarantine(subject));
    describe('turns', () => turns(subject));
    describe('sending', () => sending(subject));
    describe('receipts', () => receipts(subject));
    describe('the order of sending', () => outboxOrder(subject));
    describe('work', () => work(subject));
    describe('the backlog', () => backlog(subject));
    describe('leases', () => leases(subject));
    describe('projections', () => projections(subject));
    describe('totals', () => totals(subject));
    describe('listings', () => listings(subject));
    describe('questionnaires', () => publishing(subject));
    describe('watching', () => watchingChanges(subject));
    describe('credentials', () => credentials(subject));
    describe('looking through everything', () => lookingThrough(subject));
    describe('erasing', () => erasing(subject));
    describe('retention', () => retention(subject));
    describe('texts', () => texts(subject));
    if (skips.survival) describe.skip(`survival: ${skips.survival}`, () => survival(subject));
    else describe('survival', () => survival(subject));
  });
}
