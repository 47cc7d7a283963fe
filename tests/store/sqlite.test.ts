import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { clock } from '../contracts/store/sample.ts';
import { storeContract } from '../contracts/store.ts';

storeContract('the embedded store in a file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kashuv-store-'));
  const store = await openSqliteStore({ directory, now: clock.now });
  let current = store;
  return {
    store,
    async reopen() {
      await current.close();
      current = await openSqliteStore({ directory, now: clock.now });
      return current;
    },
    async destroy() {
      await current.close();
      rmSync(directory, { recursive: true });
    },
  };
});

storeContract(
  'the embedded store in memory',
  async () => {
    const store = await openSqliteStore({ directory: ':memory:', now: clock.now });
    return { store, destroy: () => store.close() };
  },
  { survival: 'it forgets everything when it is closed, which is what it is for' },
);
