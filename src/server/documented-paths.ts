import type { ZodOpenApiOperationObject } from 'zod-openapi';
import type { Endpoint } from './endpoint.ts';
import type { ProblemCode } from './problem.ts';

/** Routes outside of the staff API as the API document shows them: by path and method. */
export type DocumentedPaths = Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;

export interface DocumentedOperation
  extends Pick<ZodOpenApiOperationObject, 'summary' | 'requestParams' | 'requestBody'> {
  /** Absent: anyone may ask. */
  readonly access?: Endpoint['access'];
  readonly answers: Endpoint['answers'];
  readonly problems: readonly ProblemCode[];
}
