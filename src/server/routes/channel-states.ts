import { z } from 'zod';
import type { ServerDependencies } from '../dependencies.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';

const connectionSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(['connecting', 'connected']) }),
  z.strictObject({
    state: z.literal('pairing'),
    code: z.string().meta({
      description: 'The content of the QR code that has to be scanned. Whoever scans it is linked.',
    }),
  }),
  z.strictObject({ state: z.literal('down'), reason: z.string().meta({ description: 'A code.' }) }),
]);

/** A channel that is on, as staff see it. */
export const channelStateSchema = z
  .strictObject({
    name: z.string(),
    connection: connectionSchema
      .optional()
      .meta({ description: 'How the connection stands that the channel keeps itself, where it keeps one.' }),
  })
  .meta({ id: 'Channel' });

export function channelStateEndpoints({ channels }: Pick<ServerDependencies, 'channels'>): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/channels',
      summary: 'Lists the channels that are on, with how their connections stand',
      input: {},
      answers: {
        200: {
          description: 'All of them.',
          content: { 'application/json': z.strictObject({ items: z.array(channelStateSchema) }) },
        },
      },
      handle({ response }) {
        // A code to link a phone by must not stay behind anywhere.
        response.setHeader('Cache-Control', 'no-store');
        const items = channels.map(({ name, connection }) => ({
          name,
          ...(connection && { connection: connection() }),
        }));
        response.json({ items });
      },
    }),
  ];
}
