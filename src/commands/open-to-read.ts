import type { Config } from '../config.ts';
import type { StoreReader } from '../store/store.ts';

/** The store that the settings name, to be looked at while others write to it. Its schema stays as it is. */
export async function openToRead({ dataDir, mongodbUri }: Config): Promise<StoreReader> {
  if (mongodbUri === undefined) {
    const { openSqliteReader } = await import('../store/sqlite/index.ts');
    return openSqliteReader({ directory: dataDir });
  }
  const { openMongoStore } = await import('../store/mongo/index.ts');
  return openMongoStore({ uri: mongodbUri, keepSchema: true });
}
