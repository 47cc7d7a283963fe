import type { StaffServer } from './staff-server.ts';

/** Leaves a message of a new contact that nobody could handle. Resolves to its id in the API. */
export async function putAside({ app }: Pick<StaffServer, 'app'>, person: string): Promise<string> {
  const { store, addressBook, web, now } = app;
  await store.receive({
    key: `${web.name}:${web.account}:${person}`,
    address: addressBook.register(web.name, web.account, person),
    providerMessageId: person,
    content: { kind: 'text', text: `a secret of ${person}` },
    at: now(),
    newContact: { id: person, language: 'en' },
  });
  const seq = (await store.readContact(person))?.pending[0]?.seq ?? 0;
  await store.recordInboundFailure({ contactId: person, seq, reason: 'it broke', quarantine: true });
  return `${person}.${seq}`;
}
