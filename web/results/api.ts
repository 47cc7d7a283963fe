import type { QuestionnaireDocument } from '../../src/dialogs/questionnaire.ts';
import type { Language } from '../../src/dialogs/understanding/request.ts';
import type {
  AppliedTexts,
  Case,
  CaseDetail,
  Channel,
  Fault,
  MadeLink,
  Page,
  Publication,
  QuestionnaireSummary,
  QuestionTotal,
  Response as SurveyResponse,
} from './wire.ts';

/** A request that the server did not carry out, in words for the reader, or one that never reached it (`code` is then `offline`). */
export class RequestFailure extends Error {
  readonly code: string;
  readonly errors: readonly Fault[];

  constructor(code: string, message: string, errors: readonly Fault[] = []) {
    super(message);
    this.name = 'RequestFailure';
    this.code = code;
    this.errors = errors;
  }
}

export interface ResponseFilters {
  readonly questionnaire?: string;
}

export interface Published {
  readonly revision: number;
  readonly publishedAt: string;
  readonly document: QuestionnaireDocument;
}

export interface InvitationRequest {
  readonly touchpoint: string;
  readonly contact: { readonly language: Language; readonly attributes: Readonly<Record<string, string>> };
  readonly expiresInDays: number;
}

/** The staff API. Sentences in failures come in the given language; whoever is not signed in (any more) is reported once for all. */
export interface Api {
  signIn(code: string): Promise<void>;
  signOut(): Promise<void>;
  /** The company's name by language. */
  brand(): Promise<Readonly<Record<Language, string>>>;
  responses(filters: ResponseFilters, after?: string): Promise<Page<SurveyResponse>>;
  response(sessionId: string): Promise<SurveyResponse>;
  totals(questionnaireId: string): Promise<Page<QuestionTotal>>;
  questionnaires(): Promise<Page<QuestionnaireSummary>>;
  questionnaire(id: string, revision?: number): Promise<Published>;
  publish(document: unknown): Promise<Publication & { readonly created: boolean }>;
  applyTexts(questionnaireId: string): Promise<AppliedTexts>;
  /** Ends the pause of a questionnaire. */
  resume(questionnaireId: string): Promise<void>;
  invite(request: InvitationRequest): Promise<MadeLink>;
  makeAdminLink(): Promise<MadeLink>;
  /** Never from a store of the browser: a code to link a phone by is worth something for a minute. */
  channels(): Promise<Page<Channel>>;
  cases(query: { open: boolean; after?: string }): Promise<Page<Case>>;
  case(caseId: string): Promise<CaseDetail>;
  /** Given again under the same id, a reply is sent once. */
  reply(caseId: string, reply: { readonly id: string; readonly text: string }): Promise<Case>;
  endCase(caseId: string, how: 'return' | 'close'): Promise<Case>;
}

export function createApi(options: {
  readonly language: Language;
  /** What to say when the server cannot be reached. */
  readonly offline: string;
  readonly onSignedOut: () => void;
}): Api {
  async function send(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response> {
    const response = await fetch(path, {
      method,
      headers: {
        'Accept-Language': options.language,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new RequestFailure('offline', options.offline);
    });
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    if (problem.code === 'not_signed_in') options.onSignedOut();
    throw new RequestFailure(
      problem.code ?? 'unknown',
      problem.detail ?? problem.title ?? options.offline,
      problem.errors ?? [],
    );
  }

  const get = async (path: string) => (await send('GET', `/api/v1${path}`)).json();
  const post = async (path: string, body?: unknown) => (await send('POST', `/api/v1${path}`, body)).json();
  const one = encodeURIComponent;

  return {
    async signIn(code) {
      await send('POST', '/api/v1/sign-in', { code });
    },
    async signOut() {
      await send('POST', '/api/v1/sign-out');
    },
    brand: async () => (await (await send('GET', '/channels/web/touchpoints')).json()).brand,
    responses: ({ questionnaire }, after) =>
      get(`/responses?${search({ questionnaire, after, limit: '50' })}`),
    response: (sessionId) => get(`/responses/${one(sessionId)}`),
    totals: (questionnaire) => get(`/totals?${search({ questionnaire })}`),
    questionnaires: () => get('/questionnaires'),
    questionnaire: (id, revision) =>
      get(`/questionnaires/${one(id)}?${search({ revision: revision?.toString() })}`),
    async publish(document) {
      const response = await send('POST', '/api/v1/questionnaires', document);
      return { ...(await response.json()), created: response.status === 201 };
    },
    applyTexts: (questionnaireId) => post(`/questionnaires/${one(questionnaireId)}/apply-texts`),
    async resume(questionnaireId) {
      await send('POST', `/api/v1/questionnaires/${one(questionnaireId)}/resume`);
    },
    invite: (request) => post('/invitations', request),
    makeAdminLink: () => post('/admin-links'),
    channels: () => get('/channels'),
    cases: ({ open, after }) => get(`/cases?${search({ open: String(open), after, limit: '100' })}`),
    case: (caseId) => get(`/cases/${one(caseId)}`),
    reply: (caseId, reply) => post(`/cases/${one(caseId)}/replies`, reply),
    endCase: (caseId, how) => post(`/cases/${one(caseId)}/${how}`),
  };
}

/** Where the responses that are shown can be had as CSV. */
export function csvAddress({ questionnaire }: ResponseFilters): string {
  return `/api/v1/responses?${search({ questionnaire, format: 'csv' })}`;
}

function search(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return new URLSearchParams(given).toString();
}
