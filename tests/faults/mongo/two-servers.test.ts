import { setTimeout as passes } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { type Camp, inCamp } from '../siege/camp.ts';
import { postUntilTaken, say, type Town } from '../siege/courier-person.ts';
import { type MongoGround, mongoGround } from '../siege/ground.ts';
import type { Protection } from '../siege/protections.ts';
import { openQuestions, publish, reminding } from '../siege/questionnaires.ts';

const questionsCount = 6;
const questionIds = Array.from({ length: questionsCount }, (_, index) => `q${index + 1}`);
const remindedPeople = 20;
const dueSeconds = 5;
const waiting = { timeout: 60_000, interval: 100 };

/** The town with one of its servers only. */
function withServer(camp: Camp, number: number): Town {
  const url = camp.servers[number % 2]?.url;
  return { ...camp.town, servers: () => (url === undefined ? [] : [url]) };
}

/** Has people write to both servers: in turns, or all at once. Resolves to what differs from what had to come of it. */
async function writeToBoth(
  how: 'in turns' | 'at once',
  without: readonly Protection[] = [],
): Promise<string[]> {
  const ground = await mongoGround();
  return inCamp(
    ground,
    async (camp) => {
      await publish(ground, [openQuestions('talk', questionsCount)]);
      await Promise.all([camp.start(), camp.start()]);
      const people = ['ada', 'ben', 'cleo', 'dina'];
      await Promise.all(people.map((address) => answerAll(camp, address, how)));
      const patienceMilliseconds = without.length > 0 ? 3000 : 20_000;
      if (how === 'in turns') return camp.differences(patienceMilliseconds);
      const found = await camp.differences(patienceMilliseconds, isNoMatterOfOrder);
      return [...found, ...(await unlikeStored(ground))];
    },
    { without, isPrompt: true },
  );
}

async function answerAll(camp: Camp, address: string, how: 'in turns' | 'at once'): Promise<void> {
  await postUntilTaken(camp.town, { address, touchpoint: 'talk' });
  const saying = (questionId: string, index: number) =>
    say(withServer(camp, index), address, {
      id: `${address}-${questionId}`,
      questionId,
      text: `about ${questionId}`,
    });
  if (how === 'at once') await Promise.all(questionIds.map(saying));
  else for (const [index, questionId] of questionIds.entries()) await saying(questionId, index);
}

/** Of messages that are written at once nobody knows which question each will answer. */
function isNoMatterOfOrder(difference: string): boolean {
  return !/gave 0 answers|was heard in another order/.test(difference);
}

/** The first message that was stored has to answer the first question, the second one the second, and so on. */
async function unlikeStored(ground: MongoGround): Promise<string[]> {
  const store = await ground.openStore();
  try {
    const { items: contactIds } = await store.listContacts({ limit: 100 });
    const { items: answers } = await store.listAnswers({ limit: 500 });
    const outcomes = await Promise.all(
      contactIds.map(async (contactId) => {
        const messages = await store.readMessages({ contactId, limit: 100 });
        const written = messages.flatMap((one) => (one.direction === 'in' ? [one.providerMessageId] : []));
        const answered = questionIds.map(
          (id) =>
            answers.find((one) => one.contactId === contactId && one.questionId === id)?.providerMessageId,
        );
        return written.join() === answered.join() ? [] : [`${contactId}: ${written} became ${answered}`];
      }),
    );
    return outcomes.flat();
  } finally {
    await store.close();
  }
}

/** How often each of many people is reminded when the reminders become due while both servers stand still, and both look for them at once. */
async function remindMany(without: readonly Protection[]): Promise<number[]> {
  const ground = await mongoGround();
  return inCamp(
    ground,
    async (camp) => {
      const { chronicle, town } = camp;
      await publish(ground, [reminding('soon', dueSeconds)]);
      await Promise.all([camp.start(), camp.start()]);
      const people = Array.from({ length: remindedPeople }, (_, index) => `person-${index}`);
      await Promise.all(people.map((address) => postUntilTaken(town, { address, touchpoint: 'soon' })));
      await vi.waitUntil(() => chronicle.accepted.length >= people.length, waiting);
      for (const server of camp.servers) server.signal('SIGSTOP');
      await passes(dueSeconds * 1000);
      for (const server of camp.servers) server.signal('SIGCONT');
      await vi.waitUntil(() => chronicle.accepted.length >= 2 * people.length, waiting);
      // Time for both to look again, twice.
      await passes(2500);
      const told = Map.groupBy(chronicle.accepted, ({ address }) => address);
      return people.map((address) => (told.get(address)?.length ?? 0) - 1);
    },
    { without, isPrompt: true },
  );
}

describe('two servers on one database', () => {
  test('[F7] handle the messages of one person in order, whichever of them gets which', async () => {
    expect(await writeToBoth('in turns')).toEqual([]);
  }, 120_000);

  test('[F7] let each of the messages take effect once that one person writes to both at once', async () => {
    expect(await writeToBoth('at once')).toEqual([]);
  }, 120_000);

  test('[F7] are found to lose and repeat what they write when nobody guards the version', async () => {
    const found = await writeToBoth('in turns', ['version_guard']);
    expect(found).toContainEqual(expect.stringMatching(/gave 0 answers|was asked by 2 messages/));
  }, 120_000);

  test('[F7] fire a timer once that is due at both, even when neither waits for the other to look', async () => {
    expect(await remindMany(['sweep_lease'])).toEqual(new Array(remindedPeople).fill(1));
  }, 120_000);

  test('[F7] are found to fire it twice when nobody guards the version either', async () => {
    expect(await remindMany(['sweep_lease', 'version_guard'])).toContain(2);
  }, 120_000);
});
