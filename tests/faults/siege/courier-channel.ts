import { setTimeout as passes } from 'node:timers/promises';
import { z } from 'zod';
import type { Capabilities, Channel, ChannelRoute, Dispatch } from '../../../src/channels/channel.ts';
import { DeliveryError } from '../../../src/channels/errors.ts';
import type { Striker } from './strikes.ts';

export const courierName = 'courier';
export const courierAccount = 'main';
export const courierPath = '/channels/courier';

/** It shows all that a message holds, so that every message is sent as it was composed. */
const capabilities: Capabilities = {
  buttons: { max: 30, labelUnitsMax: 200 },
  multipleChoice: true,
  textUnitsMax: 20_000,
  textUnit: 'utf16',
  fetched: false,
  receipts: false,
  directionMarks: true,
};

const postedSchema = z.union([
  /** Asks for a survey, as a keyword would. */
  z.strictObject({ address: z.string(), touchpoint: z.string() }),
  z.strictObject({ address: z.string(), id: z.string(), text: z.string() }),
  z.strictObject({ address: z.string(), id: z.string(), choice: z.string() }),
]);

export type PostedToCourier = z.infer<typeof postedSchema>;

const takenSchema = z.object({ providerMessageId: z.string() });
const recalledSchema = z.object({ state: z.enum(['accepted', 'not_taken', 'unknown']) });

export interface CourierOptions {
  /** Where the provider takes messages. */
  readonly providerUrl: string;
  readonly striker: Striker;
  /** Does not wait for the provider, and says right away that it took the message. */
  readonly waitsForAnswer: boolean;
  /** Opens a survey for somebody who asks for it. */
  readonly start: (address: string, touchpoint: string) => Promise<void>;
}

/** A channel that has to send: each message goes to a provider over HTTP, which may be slow, lose its answer, or be asked later what it took. */
export function createCourierChannel(options: CourierOptions): Channel {
  const { providerUrl, striker } = options;

  async function post({ messageId, address, message }: Dispatch): Promise<{ providerMessageId: string }> {
    const response = await fetch(`${providerUrl}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messageId, address, message }),
    }).catch((cause: unknown) => {
      throw new DeliveryError('ambiguous', 'no_answer', { cause });
    });
    if (response.status === 503) throw new DeliveryError('not_taken', 'busy');
    return takenSchema.parse(await response.json());
  }

  return {
    name: courierName,
    account: courierAccount,
    capabilities,
    routes: [route(options)],
    async send(dispatch) {
      striker.sending.add(dispatch.messageId);
      striker.pass('before_send');
      if (options.waitsForAnswer) {
        const accepted = await post(dispatch).finally(() => striker.sending.delete(dispatch.messageId));
        striker.pass('after_send');
        return accepted;
      }
      void passes(50)
        .then(() => post(dispatch))
        .catch(() => undefined);
      return {};
    },
    async reconcile({ messageId }) {
      const response = await fetch(`${providerUrl}/messages/${messageId}`);
      return recalledSchema.parse(await response.json()).state;
    },
  };
}

function route({ start }: CourierOptions): ChannelRoute {
  return {
    method: 'POST',
    path: courierPath,
    bodyBytesMax: 100_000,
    contentTypes: ['application/json'],
    async handle({ body }, host) {
      const posted = postedSchema.parse(JSON.parse(Buffer.from(body).toString()));
      if ('touchpoint' in posted) await start(posted.address, posted.touchpoint);
      else {
        const { address, id: providerMessageId } = posted;
        const content =
          'text' in posted
            ? { kind: 'text' as const, text: posted.text }
            : { kind: 'choice' as const, choice: posted.choice };
        await host.receive({ address, providerMessageId, content });
      }
      return { status: 200 };
    },
  };
}
