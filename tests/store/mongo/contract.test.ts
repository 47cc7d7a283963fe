import { openMongoStore } from '../../../src/store/mongo/index.ts';
import { clock } from '../../contracts/store/sample.ts';
import { storeContract } from '../../contracts/store.ts';
import { borrowDatabase } from '../../support/mongo-database.ts';

storeContract('the store on MongoDB', async () => {
  const { uri, giveBack } = borrowDatabase();
  let current = await openMongoStore({ uri, now: clock.now });
  return {
    store: current,
    async reopen() {
      await current.close();
      current = await openMongoStore({ uri, now: clock.now });
      return current;
    },
    async destroy() {
      await current.close();
      await giveBack();
    },
  };
});
