import { z } from 'zod';
import { addressOfNumber } from '../person.ts';
import type { WebClient } from './library.ts';

/** The address of the person behind a chat: their number, or the id by which WhatsApp hides it; undefined for groups, channels and broadcasts. */
export function addressOfChat(chatId: string): string | undefined {
  const [, digits, server] = /^([0-9]{5,30})@(c\.us|lid)$/.exec(chatId) ?? [];
  if (server === 'lid') return chatId;
  return addressOfNumber(digits);
}

export function chatOf(address: string): string {
  return address.startsWith('+') ? `${address.slice(1)}@c.us` : address;
}

const idsSchema = z.tuple([z.object({ lid: z.string().optional(), pn: z.string().optional() })], z.unknown());

export interface Person {
  readonly address: string;
  readonly aliases?: readonly string[];
}

/** Finds out who is behind a chat: the same person comes under their number today and under a hidden id tomorrow. */
export interface People {
  find(client: WebClient, chatId: string): Promise<Person | undefined>;
}

/** How many people are remembered, so that the phone is not asked at every message. */
const rememberedMax = 10_000;

export function createPeople(): People {
  const known = new Map<string, Person>();

  async function ask(client: WebClient, chatId: string, address: string): Promise<Person> {
    // It is as well to know one of the two.
    const read = idsSchema.safeParse(await client.getContactLidAndPhone([chatId]).catch(() => undefined));
    const { lid, pn } = read.data?.[0] ?? {};
    const [byNumber, hidden] = [addressOfChat(pn ?? ''), addressOfChat(lid ?? '')];
    const first = byNumber ?? address;
    const others = [address, hidden].filter((one) => one !== undefined && one !== first);
    const aliases = [...new Set(others)].filter((one) => one !== undefined);
    return { address: first, ...(aliases.length > 0 && { aliases }) };
  }

  return {
    async find(client, chatId) {
      const address = addressOfChat(chatId);
      if (address === undefined) return undefined;
      const person = known.get(chatId) ?? (await ask(client, chatId, address));
      const [oldest] = known.size >= rememberedMax ? known.keys() : [];
      if (oldest !== undefined) known.delete(oldest);
      if (person.aliases) known.set(chatId, person);
      return person;
    },
  };
}
