import type { Memory } from './memory.ts';
import { type Pauses, secondsBefore } from './pauses.ts';
import type { Outcome } from './requests.ts';
import type { Content } from './wire.ts';

export type Problem = 'refused' | 'refused_too_long' | 'refused_gone';

/** Something the reader sent, until the server shows it in the conversation. */
export interface Unsent {
  readonly id: string;
  readonly at: number;
  /** The last thing that the conversation showed when this was said. */
  readonly afterSeq: number;
  readonly content: Content;
  /** `sent`: the server has it and will show it. */
  readonly state: 'waiting' | 'sent' | 'refused';
  readonly problem?: Problem;
}

export interface Outbox {
  readonly items: readonly Unsent[];
  /** Why the last attempt has to be repeated, while something waits. */
  readonly obstacle: 'busy' | 'unreachable' | undefined;
  add(content: Content, afterSeq: number): Unsent;
  /** The server shows it in the conversation. */
  settle(id: string): void;
  /** The reader gives it up, or changes it. */
  discard(id: string): void;
  /** Sends nothing more and forgets everything; answers what was not sent. */
  abandon(): readonly Unsent[];
}

interface Surroundings {
  readonly conversationId: string;
  readonly memory: Memory;
  readonly pauses: Pauses;
  /** What could not be sent to an earlier conversation that the server has forgotten. */
  readonly inherited?: readonly Unsent[];
  deliver(message: { id: string } & Content): Promise<Outcome<unknown>>;
  changed(): void;
  /** The server does not know the conversation any more. */
  lost(): void;
}

const daysKept = 7;

/**
 * Sends what the reader wrote in the order of writing, one after the other, each until the server has it: over lost connections, a busy
 * server and reloads, always under the same id, so that it takes effect once. Each item is a key of its own in the browser's memory, so that
 * two tabs do not overwrite each other's.
 */
export function createOutbox(surroundings: Surroundings): Outbox {
  const { memory, pauses, deliver, changed } = surroundings;
  const prefix = `kashuv.unsent.${surroundings.conversationId}.`;
  let items = [...inheritedTexts(surroundings.inherited ?? []), ...recall(memory, prefix)];
  let isSending = false;
  let isStopped = false;
  let obstacle: Outbox['obstacle'];

  function keyOf({ at, id }: Unsent): string {
    return `${prefix}${at}.${id}`;
  }

  function keep(item: Unsent): void {
    memory.set(keyOf(item), JSON.stringify(item));
  }

  function replace(id: string, change: Partial<Unsent>): void {
    items = items.map((item) => (item.id === id ? { ...item, ...change } : item));
  }

  function drop(id: string): void {
    const item = items.find((candidate) => candidate.id === id);
    if (!item) return;
    memory.remove(keyOf(item));
    items = items.filter((candidate) => candidate !== item);
    changed();
  }

  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    let attempt = 0;
    let item = nextOf(items);
    while (item && !isStopped) {
      const outcome = await deliver({ id: item.id, ...item.content });
      if (outcome.kind === 'later') {
        obstacle = outcome.isBusy ? 'busy' : 'unreachable';
        changed();
        await pauses.pause(outcome.seconds ?? secondsBefore(attempt), outcome.seconds !== undefined);
        attempt += 1;
      } else {
        obstacle = undefined;
        attempt = 0;
        if (outcome.kind === 'done') finish(item);
        else refuse(item, outcome.status);
        changed();
      }
      item = nextOf(items);
    }
    isSending = false;
    if (obstacle === undefined) return;
    obstacle = undefined;
    changed();
  }

  function finish(item: Unsent): void {
    memory.remove(keyOf(item));
    replace(item.id, { state: 'sent' });
  }

  function refuse(item: Unsent, status: number): void {
    // The stream may have shown it already, when an earlier attempt arrived and its answer did not.
    if (!items.some(({ id }) => id === item.id)) return;
    const problem = status === 404 ? 'refused_gone' : status === 413 ? 'refused_too_long' : 'refused';
    replace(item.id, { state: 'refused', problem });
    keep({ ...item, state: 'refused', problem });
    if (status === 404) surroundings.lost();
  }

  items.forEach(keep);
  void send();

  return {
    get items() {
      return items;
    },
    get obstacle() {
      return obstacle;
    },
    add(content, afterSeq) {
      const at = Math.max(Date.now(), (items.at(-1)?.at ?? 0) + 1);
      const item: Unsent = { id: newId(), at, afterSeq, content, state: 'waiting' };
      keep(item);
      items = [...items, item];
      changed();
      void send();
      return item;
    },
    settle: drop,
    discard: drop,
    abandon() {
      isStopped = true;
      for (const item of items) memory.remove(keyOf(item));
      return items.filter(({ state }) => state !== 'sent');
    },
  };
}

function nextOf(items: readonly Unsent[]): Unsent | undefined {
  return items.find(({ state }) => state === 'waiting');
}

/** Taps belong to questions of the conversation that is gone; words can be sent again, when the reader wishes. */
function inheritedTexts(items: readonly Unsent[]): Unsent[] {
  return items.flatMap((item) =>
    'text' in item.content ? [{ ...item, afterSeq: 0, state: 'refused', problem: 'refused_gone' }] : [],
  );
}

/** What earlier pages could not send. */
function recall(memory: Memory, prefix: string): readonly Unsent[] {
  const oldest = Date.now() - daysKept * 24 * 3600 * 1000;
  return memory.keys(prefix).flatMap((key) => {
    const item = parsed(memory.get(key));
    if (item && item.at >= oldest) return [item];
    memory.remove(key);
    return [];
  });
}

function parsed(text: string | undefined): Unsent | undefined {
  try {
    const item: Partial<Unsent> | undefined = JSON.parse(text ?? 'null') ?? undefined;
    const { id, at, afterSeq = 0, content, state, problem } = item ?? {};
    if (!id || !at || !content || !state) return undefined;
    return { id, at, afterSeq, content, state, ...(problem && { problem }) };
  } catch {
    return undefined;
  }
}

/** 128 random bits. `crypto.randomUUID` would do, but browsers offer it on https and localhost only. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
