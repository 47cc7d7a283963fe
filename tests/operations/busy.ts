import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../../src/app.ts';
import { consoleAccount, consoleChannelName } from '../../src/channels/console/channel.ts';
import { type Finding, isViolation } from '../../src/doctor/index.ts';
import { examine } from '../../src/operations/examine.ts';
import type { StoreReader } from '../../src/store/store.ts';

const peopleCount = 12;
const looksWanted = 3;
const replies = [
  '9',
  'The service',
  'back',
  'The people',
  'skip',
  'agent',
  'are you there?',
  'stop',
  'start',
  'help',
];

/** Examines a store again and again while people talk, and answers the violations that were named. */
export async function examineWhileBusy(
  app: App,
  store: StoreReader,
  pauseMilliseconds: number,
): Promise<{ violations: Finding[]; looks: number }> {
  let looks = 0;
  const ending = () => looks >= looksWanted;
  const talking = Promise.all(
    Array.from({ length: peopleCount }, (_, person) => talkUntil(app, `person-${person}`, ending)),
  );
  const violations: Finding[] = [];
  while (!ending()) {
    await examine({
      store,
      served: true,
      pause: () => wait(pauseMilliseconds),
      onFinding(finding) {
        if (isViolation(finding)) violations.push(finding);
      },
    });
    looks += 1;
  }
  await talking;
  await app.conversations.idle();
  return { violations, looks };
}

async function talkUntil(app: App, name: string, ending: () => boolean): Promise<void> {
  for (let round = 0; !ending(); round += 1) {
    const address = {
      channel: consoleChannelName,
      account: consoleAccount,
      address: `${name}-${round}`,
    };
    const wanted = await app.library.forTouchpoint('purchase');
    if (!wanted) throw new Error('No questionnaire asks at "purchase"');
    await app.conversations.start({
      ...address,
      wanted,
      language: { code: 'en', chosen: false },
      resume: false,
    });
    for (const [index, text] of replies.entries()) {
      await app.conversations.receive({
        ...address,
        providerMessageId: `${name}-${round}-${index}`,
        content: { kind: 'text', text },
      });
    }
  }
}
