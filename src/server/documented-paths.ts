import type { ZodOpenApiOperationObject } from 'zod-openapi';
import type { Endpoint } from './endpoint.ts';
import type { ProblemCode } from './problem.ts';

/** Routes outside of the staff API as the API document shows them: by path and method. Anyone may ask. */
export type DocumentedPaths = Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;

export interface DocumentedOperation
  extends Pick<ZodOpenApiOperationObject, 'summary' | 'requestParams' | 'requestBody'> {
  readonly answers: Endpoint['answers'];
  readonly problems: readonly ProblemCode[];
}
