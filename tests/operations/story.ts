import type { App } from '../../src/app.ts';
import { consoleAccount, consoleChannelName } from '../../src/channels/console/channel.ts';
import type { TestClock } from '../support/test-app.ts';

/** Who is who in the story. */
export interface Cast {
  /** Has answered one survey with corrections and stands in another. */
  readonly ada: string;
  /** Has opted out in the middle. */
  readonly ben: string;
  /** Talks with staff. */
  readonly cleo: string;
  /** Has opened a survey and said nothing. */
  readonly dan: string;
}

/** A normal day: surveys answered, corrected, switched, left, handed to a person and stopped. */
export async function playStory(app: App, clock: TestClock): Promise<Cast> {
  let messages = 0;
  const opens = async (person: string, touchpoint: string) => {
    const wanted = await app.library.forTouchpoint(touchpoint);
    if (!wanted) throw new Error(`No questionnaire asks at ${touchpoint}`);
    const { contactId } = await app.conversations.start({
      channel: consoleChannelName,
      account: consoleAccount,
      address: person,
      wanted,
      language: { code: 'en', chosen: false },
      resume: false,
    });
    await app.conversations.idle();
    return contactId;
  };
  const says = async (person: string, ...texts: readonly string[]) => {
    for (const text of texts) {
      clock.advance(0.01);
      messages += 1;
      await app.conversations.receive({
        channel: consoleChannelName,
        account: consoleAccount,
        providerMessageId: String(messages),
        address: person,
        content: { kind: 'text', text },
      });
      await app.conversations.idle();
    }
  };

  const ada = await opens('ada', 'purchase');
  await says('ada', 'nine', 'The service', 'back', 'The people', 'skip');
  await opens('ada', 'support');
  await says('ada', 'Go to the new one', 'hello?', '6', 'yes');
  const ben = await opens('ben', 'delivery');
  await says('ben', 'yes', '2', 'stop', 'are you still there?');
  const cleo = await opens('cleo', 'billing');
  await says('cleo', 'agent', 'hello', 'is anybody there?');
  const dan = await opens('dan', 'fault');
  await opens('eve', 'churn');
  await says('eve', 'agent', 'stop', 'start', 'help');
  clock.advance(0.01);
  return { ada, ben, cleo, dan };
}
