import type { Answer, MessageRecord } from '../../../src/store/records.ts';
import type { ChannelSubject } from '../channel.ts';

/** What was answered, by question. */
export async function answersOf({
  app,
}: Pick<ChannelSubject, 'app'>): Promise<Record<string, Answer['value']>> {
  await app.conversations.idle();
  const { items } = await app.store.listAnswers({ limit: 500 });
  return Object.fromEntries(items.map(({ questionId, value }) => [questionId, value]));
}

/** Everything that was said, in both directions, to and by everybody. */
export async function messagesOf({ app }: Pick<ChannelSubject, 'app'>): Promise<readonly MessageRecord[]> {
  await app.conversations.idle();
  const { items } = await app.store.listContacts({ limit: 100 });
  const all = await Promise.all(items.map((contactId) => app.store.readMessages({ contactId, limit: 500 })));
  return all.flat();
}

export async function sentBy(subject: Pick<ChannelSubject, 'app'>) {
  const all = await messagesOf(subject);
  return all.flatMap((one) => (one.direction === 'out' ? [one] : []));
}

export async function receivedBy(subject: Pick<ChannelSubject, 'app'>) {
  const all = await messagesOf(subject);
  return all.flatMap((one) => (one.direction === 'in' ? [one] : []));
}

/** Lets time pass, and what is due happen. */
export async function pass(
  { app, clock }: Pick<ChannelSubject, 'app' | 'clock'>,
  seconds: number,
): Promise<void> {
  clock.advance(seconds / 3600);
  await app.conversations.sweep();
  await app.conversations.idle();
}

/** What somebody was shown, as one text without the white space that providers trim. */
export function shownText(seen: readonly string[]): string {
  return seen.join('').replace(/\s+/g, '');
}
