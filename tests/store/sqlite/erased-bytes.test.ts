import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite/index.ts';
import {
  addressOf,
  answerOf,
  meet,
  messageFrom,
  moment,
  project,
  read,
  say,
  started,
} from '../../contracts/store/sample.ts';

test('no byte of what an erased person said is left in the files, not even before they are closed', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kashuv-erased-'));
  const store = await openSqliteStore({ directory });
  try {
    await meet(store, 'neighbour');
    await meet(store, 'canary', 'canary said hello');
    for (let index = 0; index < 40; index += 1) {
      const { contact } = await read(store, 'canary');
      await store.receive(messageFrom('canary', `canary reply ${index} ${'long '.repeat(index * 20)}`));
      await project(
        store,
        'canary',
        {
          answers: [
            answerOf('canary', 'canary-session', { questionId: `q${index}`, rawText: `canary ${index}` }),
          ],
        },
        {
          contact: { ...contact, attributes: { name: `canary ${'x'.repeat(index * 7)}` } },
          events: [started('canary', 'canary-session')],
          outbound: [{ addressId: addressOf('canary').id, message: say(`dear canary ${index}`) }],
        },
      );
    }
    const bytes = () =>
      readdirSync(directory).map(
        (name) => readFileSync(join(directory, name)).toString('latin1').split('canary').length - 1,
      );
    expect(bytes().reduce((sum, count) => sum + count)).toBeGreaterThan(100);
    await store.eraseContact('canary', moment());
    expect(bytes().every((count) => count === 0)).toBe(true);
    expect((await read(store, 'neighbour')).pending).toHaveLength(1);
  } finally {
    await store.close();
    rmSync(directory, { recursive: true });
  }
});
