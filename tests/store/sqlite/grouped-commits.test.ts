import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test } from 'vitest';
import { type GroupedCommits, groupCommits } from '../../../src/store/sqlite/grouped-commits.ts';

/** A database whose next COMMIT can be made to fail with a result code of SQLite, before or after it took effect. */
class FaultyDatabase {
  readonly real = new DatabaseSync(':memory:');
  readonly statements: string[] = [];
  fault: { readonly errcode: number; readonly afterwards?: boolean } | undefined;

  get isTransaction(): boolean {
    return this.real.isTransaction;
  }

  exec(sql: string): void {
    this.statements.push(sql);
    const { fault } = this;
    if (!fault || !sql.endsWith('COMMIT')) {
      this.real.exec(sql);
      return;
    }
    this.fault = undefined;
    if (fault.afterwards) this.real.exec(sql);
    throw Object.assign(new Error('disk trouble'), { errcode: fault.errcode });
  }
}

const full = 13;
const writeFailed = 778;
const fsyncFailed = 1034;

describe('grouped commits', () => {
  let database: FaultyDatabase;
  let group: GroupedCommits;
  let commits: number[];

  beforeEach(() => {
    database = new FaultyDatabase();
    database.real.exec('CREATE TABLE words (word TEXT UNIQUE)');
    commits = [];
    group = groupCommits({ database, onCommitted: (commands) => commits.push(commands) });
  });

  const insert = (word: string) =>
    group.run(() => {
      database.real.prepare('INSERT INTO words VALUES (?)').run(word);
      return word.length;
    });
  const words = () =>
    group.read(() =>
      database.real
        .prepare('SELECT word FROM words ORDER BY word')
        .all()
        .map(({ word }) => word),
    );

  test('commands of one tick share a transaction, each with its own result', async () => {
    expect(await Promise.all([insert('one'), insert('three'), insert('fourteen')])).toEqual([3, 5, 8]);
    expect(commits).toEqual([3]);
    await insert('later');
    expect(commits).toEqual([3, 1]);
  });

  test('nobody is told before the commit', async () => {
    const told: string[] = [];
    const observed = groupCommits({
      database,
      onCommitted: () => told.push('committed'),
    });
    await Promise.all(
      ['a', 'b'].map((word) =>
        observed
          .run(() => {
            database.real.prepare('INSERT INTO words VALUES (?)').run(word);
          })
          .then(() => told.push(word)),
      ),
    );
    expect(told).toEqual(['committed', 'a', 'b']);
  });

  test('a command that fails is undone alone, with its own reason', async () => {
    const broken = group.run(() => {
      database.real.exec("INSERT INTO words VALUES ('half')");
      throw new RangeError('a bug of ours');
    });
    const outcomes = await Promise.allSettled([insert('a'), broken, insert('b'), insert('a')]);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: { name: 'RangeError' } },
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: { name: 'StoreError', code: 'unavailable' } },
    ]);
    expect(words()).toEqual(['a', 'b']);
    expect(commits).toEqual([2]);
  });

  test('a command that fails on its own leaves nothing', async () => {
    await insert('a');
    await expect(insert('a')).rejects.toMatchObject({ code: 'unavailable' });
    expect(words()).toEqual(['a']);
    expect(database.isTransaction).toBe(true);
  });

  test.each([
    ['the disk is full', full],
    ['a page cannot be written', writeFailed],
  ])('when %s, nothing was written and everybody may try again', async (_, errcode) => {
    database.fault = { errcode };
    const outcomes = await Promise.allSettled([insert('a'), insert('b')]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ reason: { name: 'StoreError', code: 'unavailable' } });
    expect(words()).toEqual([]);
    expect(commits).toEqual([]);
    expect(await insert('a')).toBe(1);
  });

  test.each([false, true])(
    'when the log cannot be flushed, the outcome is unknown (%s)',
    async (afterwards) => {
      database.fault = { errcode: fsyncFailed, afterwards };
      await expect(insert('a')).rejects.toMatchObject({ code: 'unknown_outcome' });
      expect(words()).toEqual(afterwards ? ['a'] : []);
    },
  );

  test('after an unknown outcome nothing is read or written before a commit has settled it', async () => {
    database.fault = { errcode: fsyncFailed };
    await expect(insert('a')).rejects.toMatchObject({ code: 'unknown_outcome' });
    database.fault = { errcode: full };
    expect(() => words()).toThrow(expect.objectContaining({ code: 'unavailable' }));
    database.fault = { errcode: full };
    await expect(insert('b')).rejects.toMatchObject({ code: 'unavailable' });
    database.statements.length = 0;
    expect(words()).toEqual([]);
    expect(database.statements[0]).toMatch(/^BEGIN IMMEDIATE; PRAGMA application_id = \d+; COMMIT$/);
  });

  test('reads of one tick share a transaction and see what was committed', async () => {
    await insert('a');
    database.statements.length = 0;
    expect([words(), words(), words()]).toEqual([['a'], ['a'], ['a']]);
    expect(database.statements).toEqual(['BEGIN']);
    await insert('b');
    expect(words()).toEqual(['a', 'b']);
  });

  test('a burst is committed in portions, in its order', async () => {
    const told: number[] = [];
    await Promise.all(
      Array.from({ length: 600 }, (_, index) => insert(`word ${index}`).then(() => told.push(index))),
    );
    expect(commits).toEqual([256, 256, 88]);
    expect(told).toEqual(Array.from({ length: 600 }, (_, index) => index));
  });

  test('closing waits for what was asked for and refuses what comes later', async () => {
    const asked = insert('a');
    const closing = group.close();
    await expect(insert('b')).rejects.toMatchObject({ code: 'unavailable' });
    await closing;
    expect(await asked).toBe(1);
    expect(commits).toEqual([1]);
    expect(() => words()).toThrow(expect.objectContaining({ code: 'unavailable' }));
  });
});
