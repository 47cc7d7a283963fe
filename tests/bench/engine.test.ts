import { describe, expect, test } from 'vitest';
import { type Contender, converse } from '../../bench/engine/contender.ts';
import { hebrewScript, script, sentencesScript } from '../../bench/engine/conversation.ts';
import { contender as handWritten } from '../../bench/engine/hand-written.ts';
import { contender as kashuv } from '../../bench/engine/kashuv.ts';

// The comparison is honest only while both hold the same conversation: the same checks, the same sentences, the same answers.

const yesToTheEnd = ['12/11/2026', '5', '7', 'something else', 'nothing', '0', '5', 'fine'];

const conversations: Readonly<Record<string, readonly string[]>> = {
  'the one that is measured': script.replies,
  'the one that is measured in Hebrew': hebrewScript.replies,
  'a low score asks what disappointed': ['3', 'Two weeks late', 'yes', ...yesToTheEnd],
  'a parcel that never came leads to the last question': ['8', 'no', 'Where is it?'],
  'three replies that cannot be taken pass a question by': ['9', 'green', 'blue', 'purple', ...yesToTheEnd],
  'a score beyond the scale, of another scale, in halves, in words': ['11', '4/5', '7.5', '8'],
  'a score out of ten': ['8/10'],
  'a number in words': ['seven'],
  'a number in Hebrew words': ['שבע'],
  'a day to come and a day that is none': ['9', 'yes', '2027-01-01', '31/02/2026', 'today'],
  'an option by its label': ['9', 'כן', 'yesterday', '5', '7', 'The price', 'Speed, Packing'],
  'an option that is not there': ['9', 'yes', 'today', '5', '7', '5', 'a pony', '4'],
  'none together with another': ['9', 'yes', 'today', '5', '7', '1', '1, 4'],
  'spaces and invisible marks around a score': ['\u200f 9 \u2069'],
};

describe.each(Object.entries(conversations))('%s', (_name, replies) => {
  test('is held alike by the hand-written switch and by Kashuv', async () => {
    expect(await held(handWritten, replies)).toEqual(await held(kashuv, replies));
  });
});

test.each([
  ['the hand-written switch', handWritten],
  ['Kashuv', kashuv],
])('%s answers what the scripts say', async (_name, contender) => {
  for (const { replies, answers } of [script, hebrewScript]) {
    const turns = await converse(contender, replies);
    expect(contender.answers(turns.at(-1)?.state ?? '')).toEqual(answers);
    expect(turns.at(-1)?.said).toEqual(['end']);
  }
});

test('Kashuv reads the sentences of the third script alike', async () => {
  const turns = await converse(kashuv, sentencesScript.replies);
  expect(kashuv.answers(turns.at(-1)?.state ?? '')).toEqual(script.answers);
});

async function held(contender: Contender, replies: readonly string[]) {
  const turns = await converse(contender, replies);
  return turns.map(({ state, said }) => ({ said, answers: contender.answers(state) }));
}
