import { expect, test } from 'vitest';
import type { QuestionnaireDocument } from '../../../src/dialogs/questionnaire.ts';
import type { Subject } from '../store.ts';
import { moment } from './sample.ts';

export function publishing({ store }: Subject): void {
  const documentOf = (id: string, prompt: string): QuestionnaireDocument => ({
    format: 1,
    id,
    touchpoint: 'purchase',
    languages: ['he'],
    questions: [{ id: 'why', kind: 'text' }],
    texts: { he: { title: id, questions: { why: { prompt } }, end: 'תודה.' } },
  });

  test('a document is published as the next revision', async () => {
    expect(await store().publishQuestionnaire(documentOf('first', 'למה?'), moment(1))).toEqual({
      revision: 1,
      created: true,
    });
    expect(await store().publishQuestionnaire(documentOf('first', 'ולמה?'), moment(2))).toEqual({
      revision: 2,
      created: true,
    });
    expect(await store().readQuestionnaire('first')).toEqual({
      revision: 2,
      document: documentOf('first', 'ולמה?'),
      publishedAt: moment(2),
    });
    expect(await store().readQuestionnaire('first', 1)).toEqual({
      revision: 1,
      document: documentOf('first', 'למה?'),
      publishedAt: moment(1),
    });
  });

  test('the same document again is the same revision, whatever the order of its keys', async () => {
    await store().publishQuestionnaire(documentOf('first', 'למה?'), moment(1));
    const { texts, questions, ...rest } = documentOf('first', 'למה?');
    expect(await store().publishQuestionnaire({ texts, questions, ...rest }, moment(2))).toEqual({
      revision: 1,
      created: false,
    });
    expect(await store().readQuestionnaire('first')).toMatchObject({ publishedAt: moment(1) });
  });

  test('an older document that comes back is a new revision', async () => {
    for (const text of ['למה?', 'ולמה?', 'למה?'])
      await store().publishQuestionnaire(documentOf('first', text), moment());
    expect(await store().readQuestionnaire('first')).toMatchObject({ revision: 3 });
  });

  test('of six posts of one document at once, one makes a revision', async () => {
    const posts = await Promise.all(
      Array.from({ length: 6 }, () => store().publishQuestionnaire(documentOf('first', 'למה?'), moment())),
    );
    expect(posts.filter(({ created }) => created)).toHaveLength(1);
    expect(posts.every(({ revision }) => revision === 1)).toBe(true);
  });

  test('the latest revision of every questionnaire is listed, by id', async () => {
    expect(await store().listQuestionnaires()).toEqual([]);
    for (const [id, text] of [
      ['second', 'א'],
      ['first', 'א'],
      ['second', 'ב'],
    ] as const) {
      await store().publishQuestionnaire(documentOf(id, text), moment());
    }
    expect(await store().listQuestionnaires()).toMatchObject([
      { revision: 1, document: { id: 'first' } },
      { revision: 2, document: documentOf('second', 'ב') },
    ]);
  });

  test('a paused revision says since when and why, everywhere, until it is resumed', async () => {
    await store().publishQuestionnaire(documentOf('first', 'למה?'), moment(1));
    await store().publishQuestionnaire(documentOf('second', 'למה?'), moment(1));
    const first = { id: 'first', revision: 1 };
    const pause = { at: moment(5), reason: 'it went “wrong”' };
    expect(await store().pauseQuestionnaire({ ...first, pause })).toBe(true);
    expect(await store().readQuestionnaire('first')).toMatchObject({ revision: 1, paused: pause });
    expect(await store().readQuestionnaire('first', 1)).toMatchObject({ paused: pause });
    const paused = (await store().listQuestionnaires()).map((published) => published.paused);
    expect(paused).toEqual([pause, undefined]);
    expect(await store().readBacklog()).toMatchObject({ pausedQuestionnaires: 1 });

    expect(await store().pauseQuestionnaire({ ...first, pause: { at: moment(6), reason: 'again' } })).toBe(
      false,
    );
    expect(await store().readQuestionnaire('first')).toMatchObject({ paused: pause });

    expect(await store().resumeQuestionnaire(first)).toBe(true);
    expect(await store().resumeQuestionnaire(first)).toBe(false);
    expect((await store().readQuestionnaire('first'))?.paused).toBeUndefined();
    expect(await store().readBacklog()).toMatchObject({ pausedQuestionnaires: 0 });
  });

  test('a pause belongs to its revision: the next one is not paused, and the same document is not the next one', async () => {
    await store().publishQuestionnaire(documentOf('first', 'למה?'), moment(1));
    const pause = { at: moment(5), reason: 'wrong' };
    await store().pauseQuestionnaire({ id: 'first', revision: 1, pause });
    await store().publishQuestionnaire(documentOf('first', 'למה?'), moment(6));
    expect(await store().readQuestionnaire('first')).toMatchObject({ revision: 1, paused: pause });

    await store().publishQuestionnaire(documentOf('first', 'ולמה?'), moment(7));
    expect((await store().readQuestionnaire('first'))?.paused).toBeUndefined();
    expect(await store().readQuestionnaire('first', 1)).toMatchObject({ paused: pause });
    expect(await store().readBacklog()).toMatchObject({ pausedQuestionnaires: 0 });
  });

  test('what was never published cannot be paused', async () => {
    const pause = { at: moment(), reason: 'wrong' };
    await expect(store().pauseQuestionnaire({ id: 'first', revision: 1, pause })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await store().resumeQuestionnaire({ id: 'first', revision: 1 })).toBe(false);
  });

  test('what was never published is not found', async () => {
    await store().publishQuestionnaire(documentOf('first', 'למה?'), moment());
    expect(await store().readQuestionnaire('second')).toBeUndefined();
    expect(await store().readQuestionnaire('first', 2)).toBeUndefined();
  });
}
