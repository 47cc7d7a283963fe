import type { ErrorRequestHandler, NextFunction, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { Refusal } from '../conversations/refusal.ts';
import type { Language } from '../dialogs/language.ts';
import { pointerOf } from '../dialogs/pointer.ts';
import { StoreError } from '../store/errors.ts';
import type { Log } from '../telemetry/log.ts';
import type { Observe } from '../telemetry/observation.ts';
import { requestLanguage } from './language.ts';
import { requestIdOf } from './request-notes.ts';

/** Every error that a client can get, with its HTTP status. Codes never change; docs/errors.md explains each. */
export const problemStatuses = {
  malformed_request: 400,
  invalid_request: 422,
  invalid_questionnaire: 422,
  not_signed_in: 401,
  link_used_or_expired: 401,
  forbidden: 403,
  unknown_route: 404,
  unknown_touchpoint: 404,
  unknown_code: 404,
  unknown_conversation: 404,
  unknown_questionnaire: 404,
  unknown_response: 404,
  unknown_case: 404,
  unknown_message: 404,
  unknown_contact: 404,
  unknown_page: 404,
  method_not_allowed: 405,
  case_ended: 409,
  too_large: 413,
  unsupported_media_type: 415,
  internal_error: 500,
  store_unavailable: 503,
  overloaded: 503,
  draining: 503,
} as const;

export type ProblemCode = keyof typeof problemStatuses;

/** One fault within a request: where (JSON pointer) and what (code and words). */
export const problemDetailSchema = z.strictObject({
  pointer: z.string(),
  code: z.string(),
  detail: z.string(),
});

export type ProblemDetail = Readonly<z.infer<typeof problemDetailSchema>>;

/** A problem as clients read it. */
export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string().meta({ description: 'In the language that the client accepts.' }),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string(),
    code: z.string().meta({ description: 'See docs/errors.md.' }),
    requestId: z.string(),
    errors: z.array(problemDetailSchema).optional(),
  })
  .meta({ id: 'Problem', description: 'A problem document (RFC 9457).' });

/** A request that cannot be answered. It ends as application/problem+json (RFC 9457). */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly errors: readonly ProblemDetail[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    options: {
      detail?: string;
      errors?: readonly ProblemDetail[];
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(options.detail ?? code, { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.detail = options.detail;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Titles of the problems by code, in each language. */
export type ProblemTitles = Readonly<Record<Language, Readonly<Record<string, string>>>>;

export interface ProblemDependencies {
  readonly titles: ProblemTitles;
  readonly defaultLanguage: Language;
  readonly observe: Observe;
  readonly log: Pick<Log, 'warn' | 'error'>;
}

/** Answers requests that no route took. */
export const unknownRoute: RequestHandler = () => {
  throw new Problem('unknown_route');
};

/** The one place where errors become answers. What we did not foresee is logged with the request's id and told as nothing but that id. */
export function problemHandler({
  titles,
  defaultLanguage,
  observe,
  log,
}: ProblemDependencies): ErrorRequestHandler {
  // Express takes a function of four parameters for a handler of errors.
  return (error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const requestId = requestIdOf(response);
    const problem = problemOf(error);
    const { code } = problem;
    if (code === 'internal_error') log.error({ requestId, error }, 'a request failed');
    if (code === 'store_unavailable')
      log.warn({ requestId, error }, 'a request needs the store, which is down');
    if (code === 'store_unavailable' || code === 'overloaded' || code === 'draining')
      observe({ kind: 'refused', reason: code });
    if (response.headersSent) {
      // Half an answer is no answer. Express would write the error to the terminal, message and all.
      response.destroy();
      return;
    }
    const status = problemStatuses[problem.code];
    const language = requestLanguage(request, defaultLanguage);
    if (problem.retryAfterSeconds !== undefined)
      response.setHeader('Retry-After', String(problem.retryAfterSeconds));
    response
      .status(status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `https://kashuv.example/problems/${problem.code}`,
          title: titles[language][problem.code] ?? problem.code,
          status,
          ...(problem.detail !== undefined && { detail: problem.detail }),
          instance: request.originalUrl.split('?')[0],
          code: problem.code,
          requestId,
          ...(problem.errors && { errors: problem.errors }),
        }),
      );
  };
}

/** How long a client should wait while the store is down. */
const outageRetrySeconds = 5;
/** How long until there is room, or another process has taken the place of this one. */
const overloadRetrySeconds = 2;
const drainRetrySeconds = 5;

/** The problem that an error becomes. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreError && (error.code === 'unavailable' || error.code === 'unknown_outcome')) {
    return new Problem('store_unavailable', { retryAfterSeconds: outageRetrySeconds, cause: error });
  }
  if (error instanceof Refusal) {
    return error.code === 'draining'
      ? new Problem('draining', { retryAfterSeconds: drainRetrySeconds, cause: error })
      : new Problem('overloaded', { retryAfterSeconds: overloadRetrySeconds, cause: error });
  }
  // Errors of the body parser and of the router carry the status that HTTP has for them.
  switch (statusOf(error)) {
    case 400:
      return new Problem('malformed_request', { cause: error });
    case 404:
      return new Problem('unknown_route', { cause: error });
    case 413:
      return new Problem('too_large', { cause: error });
    case 415:
      return new Problem('unsupported_media_type', { cause: error });
    default:
      return new Problem('internal_error', { cause: error });
  }
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

/** Parses what a client sent; every fault is listed with its place. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Problem('invalid_request', { errors: zodFaults(result.error) });
}

function zodFaults(error: z.ZodError): ProblemDetail[] {
  return error.issues.map(({ path, code, message }) => ({ pointer: pointerOf(path), code, detail: message }));
}
