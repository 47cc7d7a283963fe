import type { App } from '../../../src/app.ts';
import type { Channel } from '../../../src/channels/channel.ts';
import type { Language } from '../../../src/dialogs/language.ts';

/** Has a survey begin at an address, as an invitation does. */
export async function beginAt(
  app: App,
  {
    channel: { name, account },
    address,
    questionnaireId,
    language = 'he',
  }: {
    channel: Pick<Channel, 'name' | 'account'>;
    address: string;
    questionnaireId: string;
    language?: Language | undefined;
  },
): Promise<void> {
  const wanted = await app.library.latest(questionnaireId);
  if (!wanted) throw new Error(`There is no questionnaire ${questionnaireId}`);
  await app.conversations.start({
    channel: name,
    account,
    address,
    wanted,
    language: { code: language, chosen: false },
    resume: false,
  });
  await app.conversations.idle();
}
