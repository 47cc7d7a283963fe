import express, { type IRouter, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Language } from '../dialogs/language.ts';
import type { Texts } from '../texts/index.ts';
import { type AuthDependencies, requireStaff, type Staff } from './auth.ts';
import type { ServerDependencies } from './dependencies.ts';
import { describeFaults } from './fault-words.ts';
import { requestLanguage } from './language.ts';
import { Problem, type ProblemCode, type ProblemDetail } from './problem.ts';

/** What an endpoint reads from a request: each part by its own schema, which the API document shows as well. */
export type InputSchemas = {
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
};

/** A successful answer as the API document shows it: its schema by media type, or nothing for an answer without content. */
export interface AnswerDescription {
  readonly description: string;
  readonly content?: Readonly<Record<string, z.ZodType>>;
}

/** One operation of the API: what it reads, what it answers, who may ask. Routes and API document are both made from it. */
export interface Endpoint {
  readonly method: 'get' | 'post';
  /** Below /api/v1, with parameters as `{name}`. */
  readonly path: string;
  readonly summary: string;
  readonly access: 'staff' | 'anyone';
  readonly input: InputSchemas;
  readonly answers: Readonly<Record<number, AnswerDescription>>;
  /** Problems beside those that every endpoint of its kind can have. */
  readonly problems: readonly ProblemCode[];
  /** Bodies beyond this are refused. */
  readonly bodyBytesMax: number;
  run(request: Request, response: Response, from: Asker): Promise<void>;
}

/** Who asks, and in which language they read what is wrong. */
export interface Asker {
  /** Absent where anyone may ask. */
  readonly staff: Staff | undefined;
  readonly language: Language;
  readonly texts: Texts;
}

/** What a handler gets: the input as its schemas gave it, and the request for whatever has no schema. */
export interface Call<Input extends InputSchemas> extends Asker {
  readonly input: z.output<z.ZodObject<Input>>;
  readonly request: Request;
  readonly response: Response;
}

const bodyBytesUsual = 100_000;

export function endpoint<Input extends InputSchemas>(
  definition: Pick<Endpoint, 'method' | 'path' | 'summary' | 'answers'> &
    Partial<Pick<Endpoint, 'access' | 'problems' | 'bodyBytesMax'>> & {
      readonly input: Input;
      handle(call: Call<Input>): Promise<void> | void;
    },
): Endpoint {
  const { input, handle, ...rest } = definition;
  const schema = z.object(input);
  return {
    access: 'staff',
    problems: [],
    bodyBytesMax: bodyBytesUsual,
    ...rest,
    input,
    async run(request, response, from) {
      const { params, query, body } = request;
      const read = schema.safeParse({ params, query, body }, { reportInput: true });
      if (!read.success) {
        const errors = describeFaults(from.texts, read.error, from.language).map(withinBody);
        throw new Problem('invalid_request', { errors });
      }
      await handle({ input: read.data, request, response, ...from });
    },
  };
}

type MountDependencies = AuthDependencies & Pick<ServerDependencies, 'settings' | 'texts'>;

/** Puts endpoints on a router. Whoever may not ask is turned away before anything of the request is read. */
export function mountEndpoints(
  router: IRouter,
  endpoints: readonly Endpoint[],
  dependencies: MountDependencies,
): void {
  for (const { method, path, access, input, bodyBytesMax, run } of endpoints) {
    const readJson = express.json({ limit: bodyBytesMax, strict: false });
    router[method](routePath(path), async (request, response) => {
      // Nothing of this is to be kept by browsers or by what stands between.
      response.setHeader('Cache-Control', 'no-store');
      const staff = access === 'staff' ? await requireStaff(dependencies, request, response) : undefined;
      if (input.body) {
        if (!request.is('application/json')) throw new Problem('unsupported_media_type');
        await new Promise<void>((resolve, reject) =>
          readJson(request, response, (error: unknown) => (error ? reject(error) : resolve())),
        );
      }
      const language = requestLanguage(request, dependencies.settings.defaultLanguage);
      await run(request, response, { staff, language, texts: dependencies.texts });
    });
  }
  for (const path of new Set(endpoints.map((known) => known.path))) {
    const methods = endpoints
      .filter((known) => known.path === path)
      .map(({ method }) => method.toUpperCase());
    router.all(routePath(path), (_request, response) => {
      response.setHeader('Allow', methods.join(', '));
      throw new Problem('method_not_allowed');
    });
  }
}

/** Pointers lead into the body; a fault of a parameter says which part of the request it stands in. */
function withinBody(fault: ProblemDetail): ProblemDetail {
  return { ...fault, pointer: fault.pointer.replace(/^\/body(?=\/|$)/, '') };
}

/** Express writes parameters as `:name`. */
function routePath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
