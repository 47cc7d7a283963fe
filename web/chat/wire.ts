/**
 * What the page and the server say to each other. The page is built without the server's schemas, which would weigh more than the page, so
 * the shapes stand here once more; a test compares them with the schemas.
 */
export type Language = 'he' | 'en';

export interface OfferedChoice {
  readonly token: string;
  readonly label: string;
  readonly exclusive?: boolean | undefined;
}

export type InputKind = 'text' | 'number' | 'date' | 'email' | 'phone';

export interface ShownMessage {
  readonly text: string;
  readonly language: Language;
  readonly from: 'bot' | 'staff';
  readonly layout: 'statement' | 'scale' | 'options' | 'multiple' | 'open';
  readonly sessionId?: string | undefined;
  readonly questionId?: string | undefined;
  readonly choices?: readonly OfferedChoice[] | undefined;
  readonly choicesMin?: number | undefined;
  readonly choicesMax?: number | undefined;
  readonly low?: string | undefined;
  readonly high?: string | undefined;
  readonly input?: InputKind | undefined;
  readonly textUnitsMax?: number | undefined;
  readonly canSkip?: boolean | undefined;
  readonly canGoBack?: boolean | undefined;
  readonly progress?: number | undefined;
  readonly ended?: boolean | undefined;
}

/** What the reader sends: words, or a tap with the token of what was tapped. */
export type Content = { readonly text: string } | { readonly choice: string };

export interface MessageEvent {
  readonly seq: number;
  readonly at: string;
  readonly message: ShownMessage;
}

/** The reader's own words or tap, as the server stored them; `id` is the id that they were sent with. */
export interface ReplyEvent {
  readonly seq: number;
  readonly at: string;
  readonly id: string;
  readonly text?: string | undefined;
  readonly choice?: string | undefined;
}

export interface StateEvent {
  readonly language: Language;
  readonly mode: 'bot' | 'human';
  readonly optedOut: boolean;
  /** Another survey was offered while one is open, and the offer still stands. */
  readonly offered: boolean;
  readonly waiting?: { readonly sessionId: string; readonly questionId: string } | undefined;
}

export interface Touchpoint {
  readonly touchpointId: string;
  readonly texts: Readonly<
    Partial<Record<Language, { readonly title: string; readonly description?: string | undefined }>>
  >;
}

export interface TouchpointList {
  readonly brand: Readonly<Record<Language, string>>;
  readonly items: readonly Touchpoint[];
}

/** What a link or the widget asked the page to open. */
export type Opening = { readonly touchpoint: string } | { readonly code: string };

export type Command = 'back' | 'skip' | 'human' | 'start' | 'language:he' | 'language:en';

/** The token of a button that stands for a reserved word. */
export function commandToken(command: Command): string {
  return `!${command}`;
}
