import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createAddressBook } from '../../src/conversations/address-book.ts';
import { document } from '../engine/conversation.ts';
import type { Person } from './people.ts';

/** The key of every store of the benches, so that they can tell the ids of its addresses. */
export const secretKey = 'a secret of the benches and of nobody else';

export const addressBook = createAddressBook(secretKey);

export const page = { channel: 'web', account: 'page' } as const;

const secondsToThink = 20;

/** Holds conversations with the product itself, into a folder that keeps them, one after the other from a moment on; each person has an address. */
export async function hold(
  folder: string,
  talks: readonly { readonly person: Person; readonly address: string }[],
  from: string,
): Promise<void> {
  const clock = { at: Date.parse(from) };
  const reading = readConfig({ DATA_DIR: folder, SECRET_KEY: secretKey });
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const app = await createApp({ config: reading.config, now: () => new Date(clock.at).toISOString() });
  try {
    await app.store.publishQuestionnaire(document, app.now());
    for (const { person, address } of talks) {
      await begin(app, address, person.language);
      for (const [index, text] of person.replies.entries()) {
        clock.at += secondsToThink * 1000;
        await reply(app, address, `message-${index}`, text);
        await app.conversations.idle();
      }
      clock.at += secondsToThink * 1000;
      if (person.unhandled !== undefined) {
        await app.store.receive({ ...messageOf(address, 'unhandled', person.unhandled), at: app.now() });
      }
    }
  } finally {
    await app.close();
  }
}

export async function begin(app: App, address: string, language: Person['language']): Promise<void> {
  const wanted = await app.library.forTouchpoint(document.touchpoint);
  if (!wanted) throw new Error('The questionnaire of the benches is not published');
  const { outcome } = await app.conversations.start({
    ...page,
    address,
    wanted,
    language: { code: language, chosen: true },
    resume: false,
  });
  if (outcome !== 'started') throw new Error(`A conversation should start, and is ${outcome}`);
}

export async function reply(app: App, address: string, id: string, text: string): Promise<void> {
  const { providerMessageId, content } = messageOf(address, id, text);
  await app.conversations.receive({ ...page, address, providerMessageId, content });
}

/** A message as the page's own are, whose ids are unique within an address. */
function messageOf(address: string, id: string, text: string) {
  const registered = addressBook.register(page.channel, page.account, address);
  const providerMessageId = `${registered.id}/${id}`;
  return {
    key: `${page.channel}:${page.account}:${providerMessageId}`,
    address: registered,
    providerMessageId,
    content: { kind: 'text' as const, text },
  };
}
