import type { Language } from '../dialogs/language.ts';
import type { Address } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/**
 * Makes addresses of one person belong to one contact: to the first that has one of them, else to a new one. An address that another
 * contact has stays there.
 */
export async function joinAddresses(
  store: Pick<Store, 'findContact' | 'attachAddress'>,
  {
    addresses,
    newContact,
    at,
  }: {
    readonly addresses: readonly Address[];
    readonly newContact: { readonly id: string; readonly language: Language };
    readonly at: string;
  },
): Promise<void> {
  const owners = await Promise.all(addresses.map(({ id }) => store.findContact(id)));
  let contactId = owners.find((owner) => owner !== undefined);
  for (const [index, address] of addresses.entries()) {
    if (owners[index] !== undefined) continue;
    const attached = await store.attachAddress({
      address,
      ...(contactId !== undefined && { contactId }),
      newContact,
      at,
    });
    contactId ??= attached.contactId;
  }
}
