import type { Unsent } from './outbox.ts';
import {
  type Command,
  type Content,
  commandToken,
  type Language,
  type MessageEvent,
  type OfferedChoice,
  type ReplyEvent,
  type ShownMessage,
  type StateEvent,
} from './wire.ts';

/** All that is known of the conversation, as it came. */
export interface Timeline {
  readonly events: readonly (MessageEvent | ReplyEvent)[];
  readonly unsent: readonly Unsent[];
  readonly state: StateEvent | undefined;
  /** The id of the reader's own words whose answer is not waited for any more. */
  readonly givenUpOn?: string | undefined;
}

export interface MessageEntry {
  readonly kind: 'message';
  readonly key: string;
  readonly at: string;
  readonly message: ShownMessage;
  /** Its choices can be tapped now. */
  readonly isActive: boolean;
  /** The tokens of what was chosen here. */
  readonly chosen: ReadonlySet<string>;
}

/** What the reader sent: typed words, the labels of what was tapped, or a button of the page that stands for a reserved word. */
export type Words =
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'labels'; readonly labels: readonly string[]; readonly language: Language }
  | { readonly kind: 'command'; readonly command: Command };

export interface ReplyEntry {
  readonly kind: 'reply';
  /** The id under which it was sent, the same before and after the server has it. */
  readonly key: string;
  readonly words: Words;
  readonly state: 'waiting' | 'sent' | 'shown' | 'refused';
  readonly problem: Unsent['problem'] | undefined;
}

export type Entry = MessageEntry | ReplyEntry;

/** What the page shows of the conversation. */
export interface Conversation {
  readonly entries: readonly Entry[];
  /** The question that waits for a reply while the bot leads. */
  readonly question: ShownMessage | undefined;
  /** The reader's last words have not been answered yet. */
  readonly isAwaitingAnswer: boolean;
  /** 0 to 1. */
  readonly progress: number | undefined;
  readonly hasEnded: boolean;
  /** Whether a person leads, and has written. */
  readonly person: 'absent' | 'expected' | 'talking';
  readonly isOptedOut: boolean;
}

/** Puts together what the reader sees: the history with what was chosen in it, then what is on its way. */
export function readTimeline({ events, unsent, state, givenUpOn }: Timeline): Conversation {
  const turns = inOrder(events, unsent);
  const { words, chosen } = followTaps(turns);
  const messages = turns.flatMap(({ event }) => event ?? []);
  const last = messages.at(-1);
  const asking = messages.findLast(({ message }) => message.questionId !== undefined);
  const ending = messages.findLast(({ message }) => message.ended);

  const isBotLeading = state?.mode === 'bot';
  const waiting = isBotLeading ? state.waiting : undefined;
  const question = waiting && asking && isAsked(asking.message, waiting) ? asking : undefined;
  // "Go on, or begin the other" belongs to no question and stands beside the one that waits.
  const offer = state?.offered
    ? messages.findLast(({ message }) => message.questionId === undefined && message.choices)
    : undefined;
  const lastSaid = turns.findLast((turn) => turn.event !== undefined || turn.state !== 'refused');
  const isAwaitingAnswer =
    lastSaid !== undefined && lastSaid.event === undefined && lastSaid.id !== givenUpOn;

  function isActive(event: MessageEvent): boolean {
    return isBotLeading && !isAwaitingAnswer && (event === question || event === offer);
  }

  function entryOf(turn: Turn): Entry {
    if (turn.event === undefined) {
      const { id, state: sending, problem } = turn;
      return { kind: 'reply', key: id, words: words.get(turn) ?? nothing, state: sending, problem };
    }
    const { event } = turn;
    return {
      kind: 'message',
      key: `message-${event.seq}`,
      at: event.at,
      message: event.message,
      isActive: isActive(event),
      chosen: chosen.get(event) ?? new Set(),
    };
  }

  return {
    entries: turns.map(entryOf),
    // What was just asked counts before the state that belongs to it has come, so that nothing flickers between the two.
    question: waiting && asking?.message,
    isAwaitingAnswer,
    progress: messages.findLast(({ message }) => message.progress !== undefined)?.message.progress,
    hasEnded:
      isBotLeading &&
      !state.optedOut &&
      !state.waiting &&
      ending !== undefined &&
      ending.seq > (asking?.seq ?? 0),
    person: state?.mode !== 'human' ? 'absent' : last?.message.from === 'staff' ? 'talking' : 'expected',
    isOptedOut: state?.optedOut ?? false,
  };
}

type Turn =
  | { readonly event: MessageEvent }
  | {
      readonly event?: never;
      readonly id: string;
      readonly content: Content;
      readonly state: ReplyEntry['state'];
      readonly problem: Unsent['problem'] | undefined;
    };

/** What is on its way comes last; what was refused stays where it was said. */
function inOrder(events: Timeline['events'], unsent: Timeline['unsent']): Turn[] {
  return [
    ...events.map((event) => ({ place: event.seq, turn: turnOfEvent(event) })),
    ...unsent.map((item) => ({
      place: item.state === 'refused' ? item.afterSeq : Number.POSITIVE_INFINITY,
      turn: turnOfUnsent(item),
    })),
  ]
    .sort((one, other) => (one.place < other.place ? -1 : one.place > other.place ? 1 : 0))
    .map(({ turn }) => turn);
}

function turnOfEvent(event: MessageEvent | ReplyEvent): Turn {
  if ('message' in event) return { event };
  const content = event.choice !== undefined ? { choice: event.choice } : { text: event.text ?? '' };
  return { id: event.id, content, state: 'shown', problem: undefined };
}

function turnOfUnsent({ id, content, state, problem }: Unsent): Turn {
  return { id, content, state, problem };
}

/**
 * Finds out what each tap of the reader says and where it was chosen. A tap belongs to the latest message before it that offered it: a
 * question that is asked again offers the same again.
 */
function followTaps(turns: readonly Turn[]): {
  words: ReadonlyMap<Turn, Words>;
  chosen: ReadonlyMap<MessageEvent, ReadonlySet<string>>;
} {
  const offered = new Map<string, { event: MessageEvent; choice: OfferedChoice }>();
  const words = new Map<Turn, Words>();
  const chosen = new Map<MessageEvent, Set<string>>();

  for (const turn of turns) {
    if (turn.event !== undefined) {
      for (const choice of turn.event.message.choices ?? [])
        offered.set(choice.token, { event: turn.event, choice });
    } else if ('text' in turn.content) {
      words.set(turn, { kind: 'typed', text: turn.content.text });
    } else {
      const taps = tokensOf(turn.content.choice).flatMap((token) => offered.get(token) ?? []);
      words.set(turn, wordsOfTaps(taps, turn.content.choice));
      if (turn.state === 'refused') continue;
      for (const { event, choice } of taps)
        chosen.set(event, (chosen.get(event) ?? new Set()).add(choice.token));
    }
  }
  return { words, chosen };
}

function wordsOfTaps(taps: readonly { event: MessageEvent; choice: OfferedChoice }[], token: string): Words {
  const [first] = taps;
  if (first) {
    const labels = taps.map(({ choice }) => choice.label);
    return { kind: 'labels', labels, language: first.event.message.language };
  }
  const command = commands.find((candidate) => commandToken(candidate) === token);
  return command ? { kind: 'command', command } : nothing;
}

/** The tokens of the single choices in a token that may name several: `session.question.a,b`. */
function tokensOf(token: string): string[] {
  const question = token.slice(0, token.lastIndexOf('.') + 1);
  return token
    .slice(question.length)
    .split(',')
    .map((option) => `${question}${option}`);
}

/** The token of several choices of one question at once. */
export function joinTokens(tokens: readonly string[]): string {
  const [first = '', ...rest] = tokens;
  return [first, ...rest.map((token) => token.slice(token.lastIndexOf('.') + 1))].join(',');
}

const commands: readonly Command[] = ['back', 'skip', 'human', 'start', 'language:he', 'language:en'];

const nothing: Words = { kind: 'typed', text: '…' };

function isAsked(message: ShownMessage, waiting: NonNullable<StateEvent['waiting']>): boolean {
  return message.sessionId === waiting.sessionId && message.questionId === waiting.questionId;
}
