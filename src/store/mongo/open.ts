import { StoreError } from '../errors.ts';
import type { ContactState, Store } from '../store.ts';
import { type ChangeFeed, createChangeFeed } from './change-feed.ts';
import { clockOf, databaseClock, readWithClock } from './clock.ts';
import { collectionsOf } from './collections.ts';
import { connect } from './connect.ts';
import { contactOf, headParts, inboundRecord } from './contacts.ts';
import { credentialCommands } from './credentials.ts';
import { type Database, databaseOn } from './database.ts';
import { factCommands } from './facts.ts';
import { inboundCommands } from './inbound.ts';
import { leaseCommands } from './leases.ts';
import { listings } from './listings.ts';
import { messageCommands } from './messages.ts';
import { migrate, requireCurrentSchema } from './migrations.ts';
import { asCommandError, asReadError } from './mongo-error.ts';
import { orphanQuery } from './orphans.ts';
import { createProjector } from './projector.ts';
import { quarantineCommands } from './quarantine.ts';
import { questionnaireCommands } from './questionnaires.ts';
import { createQueue } from './queue.ts';
import { relayCommands } from './relay-commands.ts';
import { removalCommands } from './removal.ts';
import { fromStored } from './stored-text.ts';
import { readTotals } from './totals.ts';
import { commitTurn } from './turn.ts';
import { workQueries } from './work.ts';

export interface MongoStoreOptions {
  /** Names the servers and, after a slash, the database; without one it is `kashuv`. */
  readonly uri: string;
  /** Leaves the schema as it is, for whoever only looks: rejects with `schema_older` instead of bringing it up to date. */
  readonly keepSchema?: boolean;
  /** Instead of the database's clock, for tests that move time. */
  readonly now?: () => string;
}

/**
 * Opens the store on a MongoDB replica set or sharded cluster; many processes may share one database. Rejects with `unavailable` when it
 * cannot be reached or is a standalone server, and with `schema_newer` when a newer version of Kashuv has written it. Nothing is written
 * before all that is clear.
 */
export async function openMongoStore({ uri, keepSchema, now }: MongoStoreOptions): Promise<Store> {
  const { connection, database } = await connect(uri);
  try {
    const collections = collectionsOf(database);
    await (keepSchema ? requireCurrentSchema(collections) : migrate(collections));
    const clock = now ? clockOf(now) : databaseClock;
    return storeOn(databaseOn(connection.getClient(), collections, clock), {
      ping: async () => {
        await database.command({ ping: 1 });
      },
      findOrphans: orphanQuery(database),
      changes: createChangeFeed(database),
      disconnect: () => connection.close(),
    });
  } catch (error) {
    await connection.close(true);
    throw asReadError(error);
  }
}

interface Connection {
  readonly ping: () => Promise<void>;
  readonly findOrphans: Store['findOrphans'];
  readonly changes: ChangeFeed;
  readonly disconnect: () => Promise<void>;
}

function storeOn(database: Database, { ping, findOrphans, changes, disconnect }: Connection): Store {
  const { contacts, addresses } = database.collections;
  const projector = createProjector(database);
  const inbound = inboundCommands(database);
  const relay = relayCommands(database);
  const messages = messageCommands(database, projector);
  const lists = listings(database);
  const questionnaires = questionnaireCommands(database);
  const credentials = credentialCommands(database);
  const removal = removalCommands(database);
  const work = workQueries(database);
  const leases = leaseCommands(database);
  const quarantine = quarantineCommands(database, projector);
  const facts = factCommands(database);
  const queue = createQueue();
  let closed = false;

  /** Commands of one key are carried out in the order in which they were given. */
  function run<Result>(key: string | undefined, command: () => Promise<Result>): Promise<Result> {
    if (closed) return Promise.reject(new StoreError('unavailable', 'The store is closed'));
    return queue.run(key, command).catch((error: unknown) => {
      throw asCommandError(error);
    });
  }

  function read<Result>(query: () => Promise<Result>): Promise<Result> {
    if (closed) return Promise.reject(new StoreError('unavailable', 'The store is closed'));
    return queue.run(undefined, query).catch((error: unknown) => {
      throw asReadError(error);
    });
  }

  /** Reads what is projected, with everything in it that this process was told of before. */
  function readProjected<Result>(query: () => Promise<Result>): Promise<Result> {
    return read(async () => {
      await projector.caughtUp();
      return query();
    });
  }

  function changed(contactId: string): void {
    changes.note({ kind: 'contact', contactId });
  }

  async function readContact(contactId: string): Promise<ContactState | undefined> {
    const projection = Object.fromEntries([...headParts, 'inbox'].map((part) => [part, 1]));
    const found = await readWithClock(contacts, contactId, { clock: database.clock, projection });
    if (!found) return undefined;
    const document = fromStored(found);
    return {
      now: found.now.toISOString(),
      contact: contactOf(document),
      pending: document.inbox.map((waiting) => inboundRecord(contactId, waiting)),
    };
  }

  return {
    check: () => read(ping),
    async close() {
      if (closed) return;
      closed = true;
      await changes.close();
      await queue.idle();
      await projector.close();
      await disconnect();
    },

    receive: (message) =>
      run(message.address.id, async () => {
        const received = await inbound.receive(message);
        if (received.outcome === 'stored') changed(received.contactId);
        return received;
      }),
    attachAddress: (request) => run(request.address.id, () => inbound.attachAddress(request)),
    createContact: (contact) => run(undefined, () => inbound.createContact(contact)),
    findContact: (addressId) => read(async () => (await addresses.findOne({ _id: addressId }))?.contactId),
    readContact: (contactId) => read(() => readContact(contactId)),
    commitTurn: (turn) =>
      run(undefined, async () => {
        const claimed = await commitTurn(database, turn);
        projector.note(turn.contact.id);
        changes.noteTurn(turn);
        return claimed;
      }),
    recordInboundFailure: (failure) =>
      run(undefined, async () => {
        await inbound.recordInboundFailure(failure);
        projector.note(failure.contactId);
      }),
    listQuarantined: (query) => readProjected(() => quarantine.list(query)),
    releaseQuarantined: (message) => run(undefined, () => quarantine.release(message)),
    readMessages: (query) => read(() => messages.read(query)),

    readEvents: (sessionId) => readProjected(() => lists.events(sessionId)),
    listSessions: (query) => readProjected(() => lists.sessions(query)),
    listContacts: (query) => read(() => lists.contacts(query)),
    findOrphans: (limit) => readProjected(() => findOrphans(limit)),

    claimOutbound: (request) => run(undefined, () => relay.claimOutbound(request)),
    recordDeliveries: (results) =>
      run(undefined, async () => {
        for (const contactId of await relay.recordDeliveries(results)) projector.note(contactId);
        for (const contactId of new Set(results.map((result) => result.contactId))) changed(contactId);
      }),
    recordReceipt: (receipt) =>
      run(undefined, async () => {
        if (await relay.endByReceipt(receipt)) {
          const { contactId = '' } = receipt.message ?? {};
          projector.note(contactId);
          changed(contactId);
        } else await messages.recordReceipt(receipt);
      }),

    findWork: (query) => read(() => work.find(query)),
    readBacklog: () =>
      readProjected(async () => {
        const [waiting, pausedQuestionnaires] = await Promise.all([
          work.backlog(),
          questionnaires.countPaused(),
        ]);
        return { ...waiting, pausedQuestionnaires };
      }),
    takeLease: (request) => run(undefined, () => leases.take(request)),
    releaseLease: (lease) => run(undefined, () => leases.release(lease)),

    publishQuestionnaire: (document, at) => run(undefined, () => questionnaires.publish(document, at)),
    readQuestionnaire: (id, revision) => read(() => questionnaires.read(id, revision)),
    listQuestionnaires: () => read(() => questionnaires.list()),
    pauseQuestionnaire: (request) => run(undefined, () => questionnaires.pause(request)),
    resumeQuestionnaire: (request) => run(undefined, () => questionnaires.resume(request)),

    listResponses: (query) => readProjected(() => lists.responses(query)),
    listAnswers: (query) => readProjected(() => lists.answers(query)),
    readTotals: ({ questionnaireId }) =>
      readProjected(async () => {
        await projector.count();
        return readTotals(database, questionnaireId);
      }),
    clearProjections: () =>
      run(undefined, async () => {
        await projector.caughtUp();
        await removal.clearProjections();
      }),
    applyProjection: (projection) =>
      run(undefined, async () => {
        await projector.apply(projection);
        for (const { contactId } of projection.cases) changes.note({ kind: 'case', contactId });
      }),

    listCases: (query) => readProjected(() => lists.cases(query)),
    readCase: (caseId) =>
      readProjected(async () => {
        // The turn computes the case's next state from this one, so another process's changes must be in it as well.
        const owner = await contacts.findOne(
          { caseId, unprojectedAt: { $exists: true } },
          { projection: { _id: 1 } },
        );
        if (owner) await projector.projectContact(owner._id);
        return lists.readCase(caseId);
      }),

    watch: (listener) => changes.watch(listener),

    saveCredential: (credential) => run(undefined, () => credentials.save(credential)),
    findCredential: (kind, hash, now) => read(() => credentials.find(kind, hash, now)),
    redeemCredential: (kind, hash, now) => run(undefined, () => credentials.redeem(kind, hash, now)),

    readKeyFingerprint: () => read(() => facts.readKeyFingerprint()),
    rememberKeyFingerprint: (fingerprint) => run(undefined, () => facts.rememberKeyFingerprint(fingerprint)),

    eraseContact: (contactId) =>
      run(undefined, async () => {
        const erased = await removal.erase(contactId);
        if (erased) {
          changed(contactId);
          changes.note({ kind: 'case', contactId });
        }
        return erased;
      }),
    applyRetention: (before) =>
      run(undefined, async () => {
        await projector.caughtUp();
        return removal.applyRetention(before);
      }),
  };
}
