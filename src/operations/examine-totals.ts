import {
  createRecount,
  type Finding,
  findingOf,
  type Recount,
  type TotalDifference,
} from '../doctor/index.ts';
import { pagesOf } from '../store/page.ts';
import type { Total } from '../store/records.ts';
import type { ListQuery, StoreReader } from '../store/store.ts';

interface TotalsOptions {
  readonly store: StoreReader;
  readonly onFinding: (finding: Finding) => void;
  readonly pause: () => Promise<void>;
}

/** How often a day is counted before it is left alone because answers keep coming. */
const looksMax = 4;
const dayMilliseconds = 86_400_000;

/**
 * Counts all answers and compares the counts with the totals. Where they differ, the day is counted again between two readings of its totals:
 * only a difference under totals that have stood still is named.
 */
export async function examineTotals({
  store,
  onFinding,
  pause,
}: TotalsOptions): Promise<{ answers: number; totals: number }> {
  const { recount, answers } = await count(store, {});
  const totals = await store.readTotals({});
  const suspicious = Map.groupBy(recount.compare(totals), ({ key }) =>
    JSON.stringify([key.questionnaireId, key.day]),
  );
  for (const [difference] of suspicious.values()) {
    if (!difference) continue;
    for (const finding of await examineDay(store, difference.key, pause)) onFinding(finding);
  }
  return { answers, totals: totals.length };
}

async function examineDay(
  store: StoreReader,
  { questionnaireId, day }: TotalDifference['key'],
  pause: () => Promise<void>,
): Promise<Finding[]> {
  const from = `${day}T00:00:00.000Z`;
  const until = new Date(Date.parse(from) + dayMilliseconds).toISOString();
  for (let looks = 1; looks <= looksMax; looks += 1) {
    const before = await readDay();
    const { recount } = await count(store, { questionnaireId, from, until });
    const after = await readDay();
    const differences = recount.compare(after);
    if (differences.length === 0) return [];
    if (looks > 1 && stoodStill(before, after)) return differences.map(findingOf);
    await pause();
  }
  const words = `the totals of ${questionnaireId} on ${day} kept changing while they were counted`;
  return [{ code: 'unsettled', words }];

  async function readDay() {
    const totals = await store.readTotals({ questionnaireId });
    return totals.filter((total) => total.day === day);
  }
}

function stoodStill(before: readonly Total[], after: readonly Total[]): boolean {
  const linesOf = (totals: readonly Total[]) => totals.map((total) => JSON.stringify(total)).toSorted();
  return linesOf(before).join() === linesOf(after).join();
}

async function count(
  store: StoreReader,
  query: Omit<ListQuery, 'limit' | 'after'>,
): Promise<{ recount: Recount; answers: number }> {
  const recount = createRecount();
  let answers = 0;
  for await (const page of pagesOf((position) => store.listAnswers({ ...query, ...position }))) {
    for (const answer of page) recount.add(answer);
    answers += page.length;
  }
  return { recount, answers };
}
