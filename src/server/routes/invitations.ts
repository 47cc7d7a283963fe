import { z } from 'zod';
import { languageSchema } from '../../dialogs/language.ts';
import { codeHash } from '../codes.ts';
import type { ServerDependencies } from '../dependencies.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';

const dayMilliseconds = 24 * 3_600_000;
const attributesMax = 50;

export const invitationSchema = z
  .strictObject({
    touchpoint: z.string().max(100),
    channel: z.string().max(40).optional().meta({ description: 'The channel that the link opens.' }),
    contact: z
      .strictObject({
        language: languageSchema.optional(),
        attributes: z
          .record(
            z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
            z.union([z.string().max(500), z.number(), z.boolean()]),
          )
          .refine((attributes) => Object.keys(attributes).length <= attributesMax, {
            error: `At most ${attributesMax} attributes.`,
          })
          .optional()
          .meta({ description: 'What texts and conditions may use, such as `name`.' }),
      })
      .optional(),
    expiresInDays: z.number().int().min(1).max(365).optional().meta({ default: 30 }),
  })
  .meta({ id: 'Invitation', description: 'A survey link for one person.' });

export const madeInvitationSchema = z.strictObject({
  link: z.string(),
  expiresAt: z.string().meta({ description: 'ISO 8601, UTC.' }),
});

export function invitationEndpoints(dependencies: ServerDependencies): Endpoint[] {
  const { store, conversations, library, pageChannel, settings, newCode, now } = dependencies;
  return [
    endpoint({
      method: 'post',
      path: '/invitations',
      summary: 'Makes a survey link for one person',
      input: { body: invitationSchema },
      answers: {
        201: {
          description: 'The link. It is kept as a hash only, so it cannot be shown again.',
          content: { 'application/json': madeInvitationSchema },
        },
      },
      problems: ['unknown_touchpoint'],
      async handle({ input: { body }, response, language, texts }) {
        const { touchpoint, channel = pageChannel.name, contact, expiresInDays = 30 } = body;
        if (channel !== pageChannel.name) {
          const detail = texts.say(language, 'faults', 'one_of', { values: pageChannel.name });
          throw new Problem('invalid_request', {
            errors: [{ pointer: '/channel', code: 'invalid_value', detail }],
          });
        }
        const questionnaire = await library.forTouchpoint(touchpoint);
        if (!questionnaire) throw new Problem('unknown_touchpoint');
        const contactId = await conversations.createContact({
          language: contact?.language ?? settings.defaultLanguage,
          attributes: contact?.attributes ?? {},
        });
        const code = newCode();
        const createdAt = now();
        const expiresAt = new Date(Date.parse(createdAt) + expiresInDays * dayMilliseconds).toISOString();
        await store.saveCredential({
          kind: 'survey_link',
          hash: codeHash(code),
          createdAt,
          expiresAt,
          survey: { touchpointId: touchpoint, contactId },
        });
        response.status(201).json({ link: `${settings.publicBaseUrl}/s/${code}`, expiresAt });
      },
    }),
  ];
}
