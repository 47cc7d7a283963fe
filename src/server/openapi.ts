import type { ZodType } from 'zod';
import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import type { DocumentedPaths } from './documented-paths.ts';
import type { Endpoint } from './endpoint.ts';
import { type ProblemCode, problemSchema, problemStatuses } from './problem.ts';
import { healthPaths } from './routes/health.ts';
import { metricsPaths } from './routes/metrics.ts';
import { webChatPaths } from './routes/web-chat-document.ts';

const apiRoot = '/api/v1';

/** The API document (OpenAPI 3.1), made from the schemas that the routes check requests with. */
export function createApiDocument(endpoints: readonly Endpoint[]): oas31.OpenAPIObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const one of endpoints) {
    const path = `${apiRoot}${one.path}`;
    paths[path] = { ...paths[path], [one.method]: operationOf(one) };
  }
  const documented: DocumentedPaths = { ...healthPaths, ...metricsPaths, ...webChatPaths };
  for (const [path, operations] of Object.entries(documented)) {
    paths[path] = Object.fromEntries(
      Object.entries(operations).map(([method, { access, answers, problems, ...rest }]) => [
        method,
        { ...rest, ...(access !== 'staff' && { security: [] }), responses: responsesOf(answers, problems) },
      ]),
    );
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Kashuv',
      version: '1',
      description: 'Everything that the server of Kashuv answers. Errors are problem documents (RFC 9457).',
    },
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'kashuv_staff',
          description: 'A browser that signed in.',
        },
        operator: {
          type: 'http',
          scheme: 'bearer',
          description: 'Commands on the same machine; METRICS_TOKEN reads /metrics.',
        },
      },
    },
    security: [{ session: [] }, { operator: [] }],
    paths,
  });
}

function operationOf({ summary, access, input, answers, problems }: Endpoint): ZodOpenApiOperationObject {
  const { params, query, body } = input;
  const codes = new Set<ProblemCode>([
    ...problems,
    ...(access === 'staff' ? (['not_signed_in', 'forbidden'] as const) : []),
    ...(params || query || body ? (['invalid_request'] as const) : []),
    ...(body ? (['malformed_request', 'too_large', 'unsupported_media_type'] as const) : []),
  ]);
  return {
    summary,
    ...(access === 'anyone' && { security: [] }),
    ...((params || query) && { requestParams: { ...(params && { path: params }), ...(query && { query }) } }),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: responsesOf(answers, [...codes]),
  };
}

function responsesOf(
  answers: Endpoint['answers'],
  problems: readonly ProblemCode[],
): ZodOpenApiResponsesObject {
  // Anything can meet a store that is down, a server that stops, or a fault of ours.
  const codes: ProblemCode[] = [...new Set([...problems, ...anywhere])];
  const statuses = [...new Set(codes.map((code) => problemStatuses[code]))];
  return Object.fromEntries([
    ...Object.entries(answers).map(([status, { description, content }]) => [
      status,
      { description, ...(content && { content: contentOf(content) }) },
    ]),
    ...statuses.map((status) => [
      status,
      {
        description: `A problem: ${codes.filter((code) => problemStatuses[code] === status).join(', ')}.`,
        content: contentOf({ 'application/problem+json': problemSchema }),
      },
    ]),
  ]);
}

const anywhere = ['store_unavailable', 'draining', 'internal_error'] as const;

function contentOf(schemas: Readonly<Record<string, ZodType>>) {
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]));
}
