import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Store } from '../store.ts';
import { createWatchers } from '../watchers.ts';
import { type Clock, systemClock } from './clock.ts';
import { credentialTable } from './credentials.ts';
import { deliveryTable } from './deliveries.ts';
import { createForgetting } from './forgetting.ts';
import { groupCommits } from './grouped-commits.ts';
import { inboundCommands } from './inbound.ts';
import { createLeases } from './leases.ts';
import { migrate } from './migrations.ts';
import { outbox } from './outbox.ts';
import { createPrivateDirectory, createPrivateFile } from './private-file.ts';
import { projectionTables } from './projections.ts';
import { openTables, readCommands } from './reads.ts';
import { removalCommands } from './removal.ts';
import { requireNoHalfRestore } from './restore.ts';
import { takeServingLock } from './serving-lock.ts';
import { asStoreError } from './sqlite-error.ts';
import { turnCommand } from './turn.ts';
import { workQueries } from './work.ts';

export interface SqliteStoreOptions {
  /** Where the file `kashuv.db` lives; `:memory:` keeps everything in this process and forgets it at the end. */
  readonly directory: string;
  /** The store's clock; the system's unless a test has one of its own. */
  readonly now?: Clock;
  /** Called after every commit with the number of commands in it, before anybody is told of it. */
  readonly onCommitted?: (commands: number) => void;
}

/**
 * Opens the embedded store: SQLite in one file, durable at every commit (WAL, synchronous FULL). Only one process can serve a directory;
 * another one is refused with `locked`, and a file of a newer version of Kashuv with `schema_newer`.
 */
export async function openSqliteStore({
  directory,
  now = systemClock,
  onCommitted,
}: SqliteStoreOptions): Promise<Store> {
  const parts = { now, onCommitted };
  if (directory === ':memory:') return storeOn(openDatabase(directory), parts);
  createPrivateDirectory(directory);
  let releaseLock: (() => void) | undefined;
  try {
    releaseLock = takeServingLock(directory);
    requireNoHalfRestore(directory);
    const path = join(directory, 'kashuv.db');
    createPrivateFile(path);
    return storeOn(openDatabase(path), { ...parts, releaseLock });
  } catch (error) {
    releaseLock?.();
    throw asStoreError(error);
  }
}

const busyTimeoutMilliseconds = 2000;

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMilliseconds });
  try {
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -65536;
      PRAGMA secure_delete = ON;
    `);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

interface StoreParts {
  readonly now: Clock;
  readonly onCommitted: ((commands: number) => void) | undefined;
  readonly releaseLock?: () => void;
}

function storeOn(database: DatabaseSync, { now, onCommitted, releaseLock }: StoreParts): Store {
  const group = groupCommits({ database, onCommitted });
  const tables = openTables(database, now);
  const { contacts, messages, sessions, questionnaires, quarantine, facts } = tables;
  const deliveries = deliveryTable(database);
  const waiting = outbox(database, { contacts, deliveries, now });
  const projections = projectionTables(database, contacts, sessions);
  const credentials = credentialTable(database);
  const inbound = inboundCommands(database, contacts, messages);
  const commitTurn = turnCommand({ contacts, messages, outbox: waiting, sessions, projections });
  const removal = removalCommands(database, { contacts, projections, credentials });
  const work = workQueries(database, now);
  const leases = createLeases(now);
  const watchers = createWatchers();

  const { forget, stop } = createForgetting(database, { between: group.between, busyTimeoutMilliseconds });

  const { run } = group;
  const read = async <Result>(query: () => Result): Promise<Result> => group.read(query);

  function tell(kind: 'contact' | 'case', ...owned: readonly { readonly contactId: string }[]): void {
    if (watchers.count === 0) return;
    for (const contactId of new Set(owned.map((one) => one.contactId))) watchers.tell({ kind, contactId });
  }

  return {
    ...readCommands(database, tables, { now, read }),
    async close() {
      await group.close();
      stop();
      if (!database.isOpen) return;
      database.close();
      releaseLock?.();
    },

    receive: (message) =>
      run(
        () => inbound.receive(message),
        (received) => received.outcome === 'stored' && tell('contact', received),
      ),
    attachAddress: (request) => run(() => inbound.attachAddress(request)),
    createContact: (contact) =>
      run(() => {
        contacts.create(contact);
        return contact.id;
      }),
    commitTurn: (turn) =>
      run(
        () => commitTurn(turn),
        () => watchers.tellTurn(turn),
      ),
    recordInboundFailure: (failure) => run(() => inbound.recordInboundFailure(failure)),
    releaseQuarantined: ({ contactId, seq }) =>
      run(() => {
        const contact = contacts.rowOf(contactId);
        return contact !== undefined && quarantine.release(contact, seq);
      }),

    claimOutbound: (request) => run(() => waiting.claimOutbound(request)),
    recordDeliveries: (results) =>
      run(
        () => waiting.recordDeliveries(results),
        () => tell('contact', ...results),
      ),
    recordReceipt: (receipt) =>
      run(
        () => waiting.recordReceipt(receipt),
        () => receipt.message && tell('contact', receipt.message),
      ),

    findWork: (query) => read(() => work.find(query)),
    readBacklog: () => read(() => work.backlog()),
    takeLease: (request) => read(() => leases.take(request)),
    releaseLease: (lease) => read(() => leases.release(lease)),

    publishQuestionnaire: (document, at) => run(() => questionnaires.publish(document, at)),
    pauseQuestionnaire: (request) => run(() => questionnaires.pause(request)),
    resumeQuestionnaire: (request) => run(() => questionnaires.resume(request)),
    clearProjections: () => run(() => projections.clear()),
    applyProjection: (projection) =>
      run(
        () => projections.apply(projection),
        () => tell('case', ...projection.cases),
      ),

    watch(listener) {
      const stop = watchers.add(listener);
      listener({ kind: 'anything' });
      return stop;
    },

    saveCredential: (credential) => run(() => credentials.save(credential)),
    findCredential: (kind, hash, now) => read(() => credentials.find(kind, hash, now)),
    redeemCredential: (kind, hash, now) => run(() => credentials.redeem(kind, hash, now)),

    rememberKeyFingerprint: (fingerprint) => run(() => facts.rememberKeyFingerprint(fingerprint)),

    async eraseContact(contactId) {
      const erased = await run(() => removal.erase(contactId));
      if (!erased) return false;
      forget();
      tell('contact', { contactId });
      tell('case', { contactId });
      return true;
    },
    async applyRetention(before) {
      let pass = await run(() => removal.begin(before));
      while (pass.sessionAfter || pass.messageAfter !== undefined) {
        const current = pass;
        pass = await run(() => removal.go(before, current));
      }
      forget();
      return { sessions: pass.sessions, messages: pass.messages };
    },
  };
}
