import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
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

test('while somebody copies the file, erasing waits for nobody, and the bytes go when the copy is done', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const directory = mkdtempSync(join(tmpdir(), 'kashuv-erased-'));
  const store = await openSqliteStore({ directory });
  const wal = () => readFileSync(join(directory, 'kashuv.db-wal')).toString('latin1');
  try {
    await meet(store, 'canary', 'canary said hello');
    const copying = new DatabaseSync(join(directory, 'kashuv.db'), { readOnly: true });
    copying.exec('BEGIN');
    copying.prepare('SELECT * FROM messages').all();
    expect(await store.eraseContact('canary', moment())).toBe(true);
    expect(wal()).toContain('canary');
    vi.advanceTimersByTime(5000);
    expect(wal()).toContain('canary');
    copying.close();
    vi.advanceTimersByTime(5000);
    expect(wal()).not.toContain('canary');
  } finally {
    await store.close();
    rmSync(directory, { recursive: true });
  }
});
