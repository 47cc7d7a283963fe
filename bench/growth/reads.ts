import type { App } from '../../src/app.ts';
import { document } from '../engine/conversation.ts';
import { median } from '../figures.ts';
import { addressOfCopy } from '../filled-store/fill.ts';
import { addressBook, page } from '../filled-store/hold.ts';

const itemsOnPage = 50;
const historyMax = 200;
const weekMilliseconds = 7 * 24 * 3_600_000;

/** How long each thing takes that pages and staff read, the median of so many times. */
export async function timeReads(
  { store }: App,
  { copies, times }: { readonly copies: number; readonly times: number },
): Promise<{ what: string; milliseconds: number }[]> {
  const limit = itemsOnPage;
  const questionnaireId = document.id;
  const now = Date.now();
  const lastWeek = { from: new Date(now - weekMilliseconds).toISOString() };
  const longAgo = { until: new Date(now - 50 * weekMilliseconds).toISOString() };

  /** Another contact each time, from all over the store. */
  const contactOf = async (time: number) => {
    const address = addressOfCopy(Math.floor((copies * (time + 0.5)) / times));
    const id = addressBook.identify(page.channel, page.account, address);
    return { addressId: id, contactId: (await store.findContact(id)) ?? '' };
  };

  const reads: Readonly<Record<string, (time: number) => Promise<unknown>>> = {
    "a contact's page with its history": async (time) => {
      const { addressId, contactId } = await contactOf(time);
      await store.readMessages({ contactId, addressId, latest: true, limit: historyMax });
      return await store.readContact(contactId);
    },
    'responses, first page': () => store.listResponses({ limit }),
    'responses of a questionnaire': () => store.listResponses({ limit, questionnaireId }),
    'responses of the last week': () => store.listResponses({ limit, ...lastWeek }),
    'responses of a year ago': () => store.listResponses({ limit, ...longAgo }),
    'responses at a touchpoint without any': () => store.listResponses({ limit, touchpointId: 'nowhere' }),
    'answers, first page': () => store.listAnswers({ limit }),
    'answers of a questionnaire': () => store.listAnswers({ limit, questionnaireId }),
    'answers of the last week': () => store.listAnswers({ limit, ...lastWeek }),
    'answers of a year ago': () => store.listAnswers({ limit, ...longAgo }),
    'answers of tomorrow': () =>
      store.listAnswers({ limit, from: new Date(now + weekMilliseconds).toISOString() }),
    'cases that are open': () => store.listCases({ limit, open: true }),
    'cases that are over, of which there are none': () => store.listCases({ limit, open: false }),
    'totals of a questionnaire': () => store.readTotals({ questionnaireId }),
    'totals of a questionnaire without any': () => store.readTotals({ questionnaireId: 'nothing' }),
    'what is due': () => store.findWork({ limit: historyMax }),
    'what waits, for the metrics': () => store.readBacklog(),
  };
  const measured: { what: string; milliseconds: number }[] = [];
  for (const [what, read] of Object.entries(reads)) {
    const taken: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const from = performance.now();
      await read(time);
      taken.push(performance.now() - from);
    }
    measured.push({ what, milliseconds: median(taken) });
  }
  return measured;
}
