import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AddressBook, createAddressBook } from '../../../src/conversations/address-book.ts';
import { openMongoStore } from '../../../src/store/mongo/index.ts';
import { openSqliteReader } from '../../../src/store/sqlite/index.ts';
import type { Store, StoreReader } from '../../../src/store/store.ts';
import { borrowDatabase } from '../../support/mongo-database.ts';
import { type OwnMongoServer, startOwnMongo } from '../../support/mongo-server.ts';

/** Where the servers of a siege keep what they have. */
export interface Ground {
  /** The settings that lead them there. */
  readonly settings: Readonly<Record<string, string>>;
  /** How many may serve at a time. */
  readonly serversMax: number;
  readonly addressBook: AddressBook;
  readonly directory: string;
  /** Opens the store beside the servers. */
  openReader(): Promise<StoreReader>;
  remove(): Promise<void>;
}

const secretKey = 'a secret of the tests and of nobody else';

export function embeddedGround(): Ground {
  const directory = mkdtempSync(join(tmpdir(), 'kashuv-faults-'));
  return {
    settings: { DATA_DIR: directory, SECRET_KEY: secretKey },
    serversMax: 1,
    addressBook: createAddressBook(secretKey),
    directory,
    openReader: () => openSqliteReader({ directory }),
    remove: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** After so long the database gives up what a process that was killed had begun. Until then nobody else can write there. */
const transactionSeconds = 3;

export interface MongoGround extends Ground {
  /** Absent where MONGODB_TEST_URI names a server: nobody kills that. */
  readonly server: OwnMongoServer | undefined;
  openStore(): Promise<Store>;
}

/** On a MongoDB of its own or, where MONGODB_TEST_URI names one, on that. */
export async function mongoGround(): Promise<MongoGround> {
  const directory = mkdtempSync(join(tmpdir(), 'kashuv-faults-'));
  const server = await startOwnMongo(process.env, { transactionSeconds });
  const borrowed = server ? undefined : borrowDatabase();
  const uri = server?.uri ?? borrowed?.uri ?? '';
  return {
    settings: { DATA_DIR: directory, SECRET_KEY: secretKey, MONGODB_URI: uri },
    serversMax: 3,
    addressBook: createAddressBook(secretKey),
    directory,
    server,
    openStore: () => openMongoStore({ uri }),
    openReader: () => openMongoStore({ uri }),
    async remove() {
      await server?.stop();
      await borrowed?.giveBack();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The store that the tests of this project are about. */
export async function groundOfProject(): Promise<Ground> {
  return process.env.TEST_STORE === 'mongodb' ? mongoGround() : embeddedGround();
}
