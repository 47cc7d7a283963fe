import type { Channel } from '../../src/channels/channel.ts';
import { createWebChannel, webCapabilities } from '../../src/channels/web/channel.ts';
import type { AddressBook } from '../../src/conversations/address-book.ts';
import { type Conversations, createConversations } from '../../src/conversations/conversations.ts';
import { createLibrary, type Library } from '../../src/conversations/library.ts';
import { createRelay } from '../../src/conversations/relay.ts';
import { projectStep } from '../../src/projections/project.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';
import type { Texts } from '../../src/texts/index.ts';
import { createLife, type Life } from './life.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** One of the processes that serve the store. It runs the program's own parts, put together as src/app.ts does. */
export interface SimulatedProcess {
  readonly name: string;
  /** Undefined while it is down. */
  readonly running: Running | undefined;
  /** Starts unless it runs. */
  start(): void;
  crash(): void;
  /** Ends what is under way and then itself, as when it is told to by SIGTERM. */
  drain(): void;
  /** Looks for work at its next tick. */
  sweep(): void;
}

export interface Running {
  readonly life: Life;
  readonly conversations: Conversations;
  readonly library: Library;
  /** The store as this process reaches it. */
  readonly store: Store;
}

/** What the processes of a run have in common. */
export interface ProcessParts {
  readonly world: World;
  readonly texts: Texts;
  readonly addressBook: AddressBook;
  readonly newId: () => string;
  /** Chance for what the program itself leaves to chance. */
  readonly random: Random;
  /** Called when something failed, so that a sweep may find it. */
  expectWork(): void;
  reach(life: Life): { readonly store: Store; readonly channels: readonly Channel[] };
}

/** How often src/app.ts sweeps. */
const sweepMilliseconds = 1000;
/** After so long a process that was told to end is killed. */
const graceMilliseconds = 30_000;

export function createProcess(name: string, parts: ProcessParts): SimulatedProcess {
  const { world, random, expectWork } = parts;
  const { scheduler, trace } = world;
  let running: Running | undefined;
  let phase = 0;
  let sweepsNext = false;

  function sweep(): void {
    if (!running || sweepsNext) return;
    const { life, conversations } = running;
    sweepsNext = true;
    const untilTick = sweepMilliseconds - ((scheduler.now() - phase) % sweepMilliseconds);
    scheduler.after(untilTick, () => {
      if (!life.alive) return;
      sweepsNext = false;
      life.enter(() => {
        trace.note(name, 'sweeps');
        conversations.sweep().catch((error: unknown) => {
          trace.note(name, `the sweep was interrupted: ${wordsOf(error)}`);
          // Until a sweep has reached the store again the process takes nothing in.
          sweep();
        });
      });
    });
  }

  return {
    name,
    get running() {
      return running;
    },
    start() {
      if (running) return;
      const life = createLife(name, world);
      running = compose(life, parts);
      phase = random.integer(0, sweepMilliseconds - 1);
      sweepsNext = false;
      trace.note(name, 'starts');
      expectWork();
    },
    crash() {
      if (!running) return;
      trace.note(name, 'crashes');
      running.life.end();
      running = undefined;
    },
    drain() {
      if (!running) return;
      const { life, conversations } = running;
      running = undefined;
      trace.note(name, 'drains');
      life.enter(() => {
        conversations.drain().then(() => life.end());
      });
      scheduler.after(graceMilliseconds, () => life.end());
    },
    sweep,
  };
}

function compose(life: Life, parts: ProcessParts): Running {
  const { world, texts, addressBook, newId, random, expectWork, reach } = parts;
  const { store, channels } = reach(life);
  const { now, uptime } = life;
  const byName = new Map([...channels, createWebChannel()].map((channel) => [channel.name, channel]));
  const log = {
    error: (details: Readonly<Record<string, unknown>>, message: string) => {
      world.trace.note(life.process, `${message}: ${wordsOf(details.error)}`);
      if (!(details.error instanceof StoreError)) world.record.surprises.push(wordsOf(details.error));
      expectWork();
    },
    warn: () => undefined,
  };
  const library = createLibrary(store);
  const relay = createRelay({
    store,
    channels: byName,
    addressBook,
    now,
    uptime,
    random: random.next,
    log,
  });
  const conversations = createConversations({
    store,
    library,
    relay,
    addressBook,
    defaultLanguage: 'he',
    now,
    uptime,
    log,
    environment: {
      texts,
      project: projectStep,
      newId,
      brand: { he: 'החנות', en: 'The Store' },
      timeZone: 'Asia/Jerusalem',
      region: 'IL',
      linkTo: (sessionId) => ({ url: `https://the.store/s/${sessionId}`, hash: `hash of ${sessionId}` }),
      capabilitiesOf: (channel) => byName.get(channel)?.capabilities ?? webCapabilities,
    },
  });
  return { life, conversations, library, store };
}

function wordsOf(error: unknown): string {
  if (error instanceof StoreError) return error.code;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
