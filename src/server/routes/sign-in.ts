import { z } from 'zod';
import { createAdminLink, signIn, signOut } from '../auth.ts';
import type { ServerDependencies } from '../dependencies.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';

const expirySchema = z.string().meta({ description: 'ISO 8601, UTC.' });

export const adminLinkSchema = z.strictObject({ link: z.string(), expiresAt: expirySchema });

export function signInEndpoints(dependencies: ServerDependencies): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/sign-in',
      summary: 'Signs a browser in by the code of an admin link, once',
      access: 'anyone',
      input: { body: z.strictObject({ code: z.string().min(1).max(200) }) },
      answers: {
        200: {
          description: 'Signed in: the answer sets the cookie of a staff session.',
          content: { 'application/json': z.strictObject({ expiresAt: expirySchema }) },
        },
      },
      problems: ['link_used_or_expired'],
      async handle({ input: { body }, response }) {
        response.json(await signIn(dependencies, body.code, response));
      },
    }),

    endpoint({
      method: 'post',
      path: '/sign-out',
      summary: 'Ends the staff session',
      input: {},
      answers: { 204: { description: 'Signed out.' } },
      async handle({ staff, response }) {
        if (!staff) throw new Problem('not_signed_in');
        await signOut(dependencies, staff, response);
        response.status(204).end();
      },
    }),

    endpoint({
      method: 'post',
      path: '/admin-links',
      summary: 'Makes a link that signs one browser in, once, within a day',
      input: {},
      answers: {
        201: {
          description: 'The link. It cannot be shown again.',
          content: { 'application/json': adminLinkSchema },
        },
      },
      async handle({ response }) {
        response.status(201).json(await createAdminLink(dependencies));
      },
    }),
  ];
}
