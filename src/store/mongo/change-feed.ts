import { setTimeout } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import type { StoreChange, Turn } from '../store.ts';
import { type ChangeListener, createWatchers } from '../watchers.ts';
import { isRefusal } from './mongo-error.ts';

/** Tells of the changes of all processes on a database, by one change stream that is open while somebody listens. */
export interface ChangeFeed {
  watch(listener: ChangeListener): () => void;
  /** A change that this process has made: told from here while the stream does not. */
  note(change: StoreChange): void;
  noteTurn(turn: Turn): void;
  close(): Promise<void>;
}

/** A change stream from its opening on, over all interruptions. */
interface Following {
  /** Whatever is changed from now on will be told. */
  readonly live: boolean;
  stop(): Promise<void>;
}

/** What the stream carries of a change. */
interface Told {
  readonly collection: 'contacts' | 'cases';
  readonly operation: string;
  readonly id: string;
  /** Whose case it is. */
  readonly contactId?: string;
}

/** Whatever changes a contact raises its `writes`; projecting it does not. Cases are only ever replaced as a whole. */
const stages = [
  {
    $match: {
      'ns.coll': { $in: ['contacts', 'cases'] },
      $or: [
        { operationType: { $in: ['insert', 'replace', 'delete'] } },
        { operationType: 'update', 'updateDescription.updatedFields.writes': { $exists: true } },
      ],
    },
  },
  {
    $project: {
      collection: '$ns.coll',
      operation: '$operationType',
      id: '$documentKey._id',
      contactId: '$fullDocument.contactId',
    },
  },
];

/** How long the server waits for changes before it says that there are none; well within the connection's own patience. */
const awaitMilliseconds = 5000;
/** Asking the server costs more than what it answers, so that changes are let gather, for a time that no reader of a page notices. */
const restMilliseconds = 20;
const firstPauseMilliseconds = 100;
const lastPauseMilliseconds = 10_000;

export function createChangeFeed(database: mongo.Db): ChangeFeed {
  const watchers = createWatchers();
  let following: Following | undefined;

  return {
    watch(listener) {
      const remove = watchers.add(listener);
      if (following?.live) listener({ kind: 'anything' });
      following ??= follow(database, watchers.tell);
      return () => {
        remove();
        if (watchers.count > 0) return;
        void following?.stop();
        following = undefined;
      };
    },
    note(change) {
      if (!following?.live) watchers.tell(change);
    },
    noteTurn(turn) {
      if (!following?.live) watchers.tellTurn(turn);
    },
    async close() {
      await following?.stop();
      following = undefined;
    },
  };
}

/**
 * Short interruptions are bridged by the driver, which resumes the stream where it was. When that fails the stream is opened anew, and everything
 * may have changed meanwhile.
 */
function follow(database: mongo.Db, tell: ChangeListener): Following {
  const stopping = new AbortController();
  let live = false;
  let pauseMilliseconds = firstPauseMilliseconds;
  let restedAt = 0;
  let stream = open();
  const ended = run();

  function open() {
    const opened = database.watch<mongo.Document, Told & mongo.Document>(stages, {
      maxAwaitTimeMS: awaitMilliseconds,
    });
    // The server names a place in the stream as soon as it is open: every change behind that place will come.
    return opened.once('resumeTokenChanged', () => {
      live = true;
      pauseMilliseconds = firstPauseMilliseconds;
      tell({ kind: 'anything' });
    });
  }

  async function run(): Promise<void> {
    for (;;) {
      try {
        for (;;) {
          for (const change of changesOf(await stream.next())) tell(change);
          if (performance.now() - restedAt > restMilliseconds) await rest();
        }
      } catch (error) {
        live = false;
        // A server that does not let us watch will not do so soon: until then, looking has to do.
        if (isRefusal(error) && !stopping.signal.aborted) tell({ kind: 'anything' });
      }
      await stream.close().catch(() => undefined);
      await setTimeout(pauseMilliseconds, undefined, stopping).catch(() => undefined);
      if (stopping.signal.aborted) return;
      pauseMilliseconds = Math.min(2 * pauseMilliseconds, lastPauseMilliseconds);
      stream = open();
    }
  }

  async function rest(): Promise<void> {
    await setTimeout(restMilliseconds, undefined, stopping);
    restedAt = performance.now();
  }

  return {
    get live() {
      return live;
    },
    async stop() {
      stopping.abort();
      await stream.close().catch(() => undefined);
      await ended;
    },
  };
}

function changesOf({ collection, operation, id, contactId }: Told): StoreChange[] {
  if (collection === 'cases') return contactId === undefined ? [] : [{ kind: 'case', contactId }];
  const change = { kind: 'contact', contactId: id } as const;
  return operation === 'delete' ? [change, { kind: 'case', contactId: id }] : [change];
}
