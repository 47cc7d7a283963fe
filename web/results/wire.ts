import type { AnswerValue, Reading } from '../../src/dialogs/understanding/reading.ts';
import type { Language } from '../../src/dialogs/understanding/request.ts';

/**
 * What the staff API answers, as far as the page reads it. The page may not import the server's schemas, so the shapes stand here once more; a
 * test compares them with the schemas.
 */
export interface Answer {
  readonly sessionId: string;
  readonly questionnaireId: string;
  readonly revision: number;
  readonly questionId: string;
  readonly value: AnswerValue;
  readonly rawText: string;
  readonly reading?: Reading | undefined;
  readonly inputMode: 'tap' | 'typed' | 'known' | 'default';
  readonly language: Language;
  readonly channel: string;
  readonly addressId: string;
  readonly providerMessageId?: string | undefined;
  readonly askedAt: string;
  readonly answeredAt: string;
  readonly late: boolean;
  readonly correctedFrom?: AnswerValue | undefined;
}

export type ResponseStatus =
  | 'in_progress'
  | 'complete'
  | 'partial'
  | 'break_off'
  | 'screened_out'
  | 'refused'
  | 'opted_out';

export interface Response {
  readonly sessionId: string;
  readonly contactId: string;
  readonly questionnaireId: string;
  readonly revision: number;
  readonly touchpointId: string;
  readonly channel: string;
  readonly language: Language;
  readonly status: ResponseStatus;
  readonly startedAt: string;
  readonly endedAt?: string | undefined;
  readonly answers: readonly Answer[];
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
}

export interface QuestionTotal {
  readonly questionnaireId: string;
  readonly questionId: string;
  readonly answers: number;
  readonly values: readonly { readonly value: AnswerValue; readonly count: number }[];
}

export interface QuestionnaireSummary {
  readonly id: string;
  readonly touchpoint: string;
  readonly languages: readonly Language[];
  readonly titles: Readonly<Partial<Record<Language, string>>>;
  readonly revision: number;
  readonly publishedAt: string;
  readonly paused?: Pause | undefined;
}

export interface Pause {
  readonly at: string;
  readonly reason: string;
}

export interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

export interface Publication {
  readonly id: string;
  readonly revision: number;
  readonly warnings: readonly Fault[];
}

export interface AppliedTexts {
  readonly applied: number;
  readonly left: number;
}

export interface MadeLink {
  readonly link: string;
  readonly expiresAt: string;
}

export type CaseStatus = 'open' | 'answered' | 'returned' | 'closed';

export interface Case {
  readonly id: string;
  readonly contactId: string;
  readonly sessionId?: string | undefined;
  readonly questionnaireId?: string | undefined;
  readonly touchpointId?: string | undefined;
  readonly language: Language;
  readonly channel: string;
  readonly status: CaseStatus;
  readonly openedAt: string;
  readonly updatedAt: string;
  readonly closedAt?: string | undefined;
}

export interface CaseState {
  readonly case: Case;
  readonly contact: {
    readonly language: Language;
    readonly attributes: Readonly<Record<string, string | number | boolean>>;
    readonly optedOut: boolean;
  };
}

export interface CaseMessage {
  readonly seq: number;
  readonly at: string;
  readonly from: 'contact' | 'bot' | 'staff';
  readonly text: string;
  readonly choices?: readonly string[] | undefined;
  readonly command?: string | undefined;
  readonly mediaType?: string | undefined;
  readonly delivery?: string | undefined;
}

export interface CaseDetail extends CaseState {
  readonly messages: readonly CaseMessage[];
}

/** A channel that is on. */
export interface Channel {
  readonly name: string;
  /** How the connection stands that it keeps itself, where it keeps one. */
  readonly connection?: Connection | undefined;
}

export type Connection =
  | { readonly state: 'connecting' | 'connected' }
  | { readonly state: 'pairing'; readonly code: string }
  | { readonly state: 'down'; readonly reason: string };
