/**
 * Addresses of people, in the form that they have on every transport of WhatsApp: a number as E.164, or where somebody shows none the id
 * that Meta gives them within one business (https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids).
 */

/** The address of a number as WhatsApp writes it, in digits alone; undefined where it is none. */
export function addressOfNumber(digits: string | undefined): string | undefined {
  return digits !== undefined && /^[1-9][0-9]{5,18}$/.test(digits) ? `+${digits}` : undefined;
}

/** The id of a person within one business, which is an address as it is. */
export function addressOfUserId(userId: string | undefined): string | undefined {
  return userId !== undefined && /^[A-Z]{2}\.[A-Za-z0-9.]{1,140}$/.test(userId) ? userId : undefined;
}

/** Who is meant by a number, an id, or both: the number is the address where it is shown. */
export function personOf(
  number: string | undefined,
  userId: string | undefined,
): { readonly address: string; readonly aliases?: readonly string[] } | undefined {
  const [byNumber, byId] = [addressOfNumber(number), addressOfUserId(userId)];
  if (byNumber === undefined) return byId === undefined ? undefined : { address: byId };
  return { address: byNumber, ...(byId !== undefined && { aliases: [byId] }) };
}

/** How a request of the Cloud API names the person at an address. */
export function recipientOf(address: string): { readonly to: string } | { readonly recipient: string } {
  return address.startsWith('+') ? { to: address.slice(1) } : { recipient: address };
}
