import { expect, test } from 'vitest';
import { createPausing } from '../../src/conversations/pausing.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Observation } from '../../src/telemetry/observation.ts';

const churn = { questionnaireId: 'churn', revision: 3 };
const other = { questionnaireId: 'delivery', revision: 1 };

function world({ down = false } = {}) {
  const paused: unknown[] = [];
  const observed: Observation[] = [];
  const logged: string[] = [];
  const pausing = createPausing({
    store: {
      async pauseQuestionnaire(request) {
        if (down) throw new StoreError('unavailable', 'gone');
        paused.push(request);
        return paused.length === 1;
      },
    },
    now: () => '2026-05-13T07:00:00.000Z',
    observe: (observation) => observed.push(observation),
    log: { error: (_, sentence) => logged.push(sentence) },
  });
  return { pausing, paused, observed, logged };
}

test('[O7] failures of one contact pause nothing: their message may be at fault', async () => {
  const { pausing, paused } = world();
  for (let count = 0; count < 10; count += 1) await pausing.failed(churn, 'ada', 'odd');
  expect(paused).toEqual([]);
});

test('[O7] when it happens to a second contact, the questionnaire is paused with the reason, counted and logged', async () => {
  const { pausing, paused, observed, logged } = world();
  await pausing.failed(churn, 'ada', 'first');
  await pausing.failed(other, 'ben', 'of another');
  expect(paused).toEqual([]);
  await pausing.failed(churn, 'ben', 'second');
  const pause = { at: '2026-05-13T07:00:00.000Z', reason: 'second' };
  expect(paused).toEqual([{ id: 'churn', revision: 3, pause }]);
  expect(observed).toEqual([{ kind: 'questionnaire_paused', questionnaireId: 'churn' }]);
  expect(logged).toEqual(['a questionnaire keeps failing and was paused']);
});

test('[O7] turns that go well in between forgive a failure: a few do not, many do', async () => {
  const { pausing, paused } = world();
  const wentWell = (times: number) => {
    for (let count = 0; count < times; count += 1) pausing.went(churn);
  };
  await pausing.failed(churn, 'ada', 'odd');
  wentWell(21);
  await pausing.failed(churn, 'ben', 'odd');
  expect(paused).toEqual([]);
  wentWell(20);
  await pausing.failed(churn, 'cleo', 'odd');
  expect(paused).toHaveLength(1);
});

test('[O7] what another process has paused already is not counted again', async () => {
  const { pausing, observed } = world();
  for (const person of ['ada', 'ben', 'cleo', 'dan']) await pausing.failed(churn, person, 'odd');
  expect(observed).toHaveLength(1);
});

test('[O7] a store that cannot note the pause ends no turn', async () => {
  const { pausing, logged } = world({ down: true });
  await pausing.failed(churn, 'ada', 'odd');
  await pausing.failed(churn, 'ben', 'odd');
  expect(logged).toEqual(['a questionnaire keeps failing and could not be paused']);
});
