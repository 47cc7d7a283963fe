import { Router } from 'express';
import { z } from 'zod';
import type { ServerDependencies } from '../dependencies.ts';
import { type Endpoint, endpoint, mountEndpoints } from '../endpoint.ts';
import { unknownRoute } from '../problem.ts';
import { answerEndpoints } from './answers.ts';
import { caseEndpoints } from './cases.ts';
import { channelStateEndpoints } from './channel-states.ts';
import { invitationEndpoints } from './invitations.ts';
import { privacyEndpoints } from './privacy.ts';
import { quarantineEndpoints } from './quarantine.ts';
import { questionnaireEndpoints } from './questionnaires.ts';
import { responseEndpoints } from './responses.ts';
import { signInEndpoints } from './sign-in.ts';
import { totalEndpoints } from './totals.ts';

/** The staff API. Everything but signing in and the API document is for staff. */
export function apiRoutes(dependencies: ServerDependencies): Router {
  const router = Router();
  mountEndpoints(router, apiEndpoints(dependencies), dependencies);
  router.use(unknownRoute);
  return router;
}

function apiEndpoints(dependencies: ServerDependencies): Endpoint[] {
  const endpoints = [
    ...signInEndpoints(dependencies),
    ...responseEndpoints(dependencies),
    ...answerEndpoints(dependencies),
    ...totalEndpoints(dependencies),
    ...questionnaireEndpoints(dependencies),
    ...invitationEndpoints(dependencies),
    ...caseEndpoints(dependencies),
    ...channelStateEndpoints(dependencies),
    ...quarantineEndpoints(dependencies),
    ...privacyEndpoints(dependencies),
  ];
  const document: Endpoint = endpoint({
    method: 'get',
    path: '/openapi.json',
    summary: 'Describes this API',
    access: 'anyone',
    input: {},
    answers: {
      200: {
        description: 'This document (OpenAPI 3.1).',
        content: { 'application/json': z.looseObject({ openapi: z.string() }) },
      },
    },
    async handle({ response }) {
      // Most servers are never asked, so what makes the document is loaded when one is.
      const { createApiDocument } = await import('../openapi.ts');
      response.json(createApiDocument([...endpoints, document]));
    },
  });
  return [...endpoints, document];
}
