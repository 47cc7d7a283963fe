import type { Memory } from './memory.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPauses, secondsBefore } from './pauses.ts';
import { openConversation, postMessage } from './requests.ts';
import { openStream, type Stream, type StreamListener } from './stream.ts';
import type { Timeline } from './timeline.ts';
import type { Content, Language, MessageEvent, Opening, ReplyEvent, StateEvent } from './wire.ts';

export interface Knowledge extends Timeline {
  /** There is a conversation that takes what the reader says. */
  readonly isOpen: boolean;
  /** The history is complete; what comes from now on is new. */
  readonly isLive: boolean;
  readonly link: 'connecting' | 'up' | 'down' | 'busy';
  /** Why there is no conversation and will be none, as the server's code. */
  readonly failure: string | undefined;
}

export interface Connection {
  read(): Knowledge;
  say(content: Content): void;
  /** Takes back what the server refused, and answers what it was. */
  takeBack(id: string): Content | undefined;
}

interface Surroundings {
  readonly opening: Opening;
  readonly embedded: boolean;
  /** The page was loaded again. */
  readonly isReturning: boolean;
  /** The language that the reader chose; undefined where the server knows better. */
  language(): Language | undefined;
  readonly memory: Memory;
  changed(): void;
  adopt(language: Language): void;
}

/** How long the stream may keep what the server has taken before it counts as dead. */
const echoSecondsMax = 5;
/** How long a page in the background may trust its stream when it comes back. */
const backgroundSecondsMax = 30;

/** Opens the conversation and keeps up with it for as long as the page is open. */
export function connect(surroundings: Surroundings): Connection {
  const { opening, language, memory, changed, adopt } = surroundings;
  const pauses = createPauses();
  let events: readonly (MessageEvent | ReplyEvent)[] = [];
  let state: StateEvent | undefined;
  let isLive = false;
  let isUp = false;
  let wasUp = false;
  let isBusy = false;
  let failure: string | undefined;
  let conversationId: string | undefined;
  let outbox: Outbox | undefined;
  let stream: Stream | undefined;
  let isOpening = false;
  let echoTimer: ReturnType<typeof setTimeout> | undefined;

  async function open(): Promise<void> {
    if (isOpening) return;
    isOpening = true;
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await openConversation({
        opening,
        language: language(),
        resume: surroundings.isReturning || conversationId !== undefined,
        embed: surroundings.embedded,
      });
      if (outcome.kind === 'later') {
        isBusy = outcome.isBusy;
        wasUp ||= attempt > 0;
        changed();
        await pauses.pause(outcome.seconds ?? secondsBefore(attempt), outcome.seconds !== undefined);
        continue;
      }
      isBusy = false;
      if (outcome.kind === 'refused') failure = outcome.code || 'not_opened';
      else attach(outcome.value.conversationId, outcome.value.language);
      break;
    }
    isOpening = false;
    changed();
  }

  function attach(id: string, spoken: Language): void {
    if (id === conversationId) {
      stream?.renew();
      return;
    }
    stream?.close();
    const inherited = outbox?.abandon() ?? [];
    conversationId = id;
    events = [];
    state = undefined;
    isLive = false;
    outbox = createOutbox({
      conversationId: id,
      memory,
      pauses,
      inherited,
      deliver: (message) => postMessage(id, message),
      changed: () => {
        watchForEcho();
        changed();
      },
      lost: () => void open(),
    });
    stream = openStream(id, pauses, listener);
    if (!isChangingLanguage()) adopt(spoken);
  }

  const listener: StreamListener = {
    message(event) {
      events = [...events, event];
      changed();
    },
    reply(event) {
      events = [...events, event];
      outbox?.settle(event.id);
      changed();
    },
    state(event) {
      state = event;
      if (!isChangingLanguage()) adopt(event.language);
      changed();
    },
    live() {
      isLive = true;
      changed();
    },
    connection(isNowUp) {
      isUp = isNowUp;
      wasUp ||= isNowUp;
      if (isNowUp) pauses.end();
      changed();
    },
    refused: () => void open(),
  };

  /** The reader has chosen a language and the server does not know yet: what it says of the language is old. */
  function isChangingLanguage(): boolean {
    return (outbox?.items ?? []).some(
      ({ content, state }) =>
        state !== 'refused' && 'choice' in content && content.choice.startsWith('!language:'),
    );
  }

  function watchForEcho(): void {
    const isExpected = outbox?.items.some((item) => item.state === 'sent') ?? false;
    if (!isExpected) {
      clearTimeout(echoTimer);
      echoTimer = undefined;
    } else {
      echoTimer ??= setTimeout(() => {
        echoTimer = undefined;
        stream?.renew();
      }, echoSecondsMax * 1000);
    }
  }

  let hiddenAt = 0;
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      hiddenAt = Date.now();
      return;
    }
    pauses.end();
    if (isUp && Date.now() - hiddenAt > backgroundSecondsMax * 1000) stream?.renew();
  });
  window.addEventListener('online', () => pauses.end());
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) stream?.renew();
  });

  function linkNow(): Knowledge['link'] {
    if (isBusy || outbox?.obstacle === 'busy') return 'busy';
    // A stream can look open for a while when the network has gone.
    if (isUp && outbox?.obstacle === undefined) return 'up';
    return wasUp ? 'down' : 'connecting';
  }

  void open();

  return {
    read: () => ({
      events,
      unsent: outbox?.items ?? [],
      state,
      isOpen: outbox !== undefined,
      isLive,
      link: linkNow(),
      failure,
    }),
    say: (content) => outbox?.add(content, events.at(-1)?.seq ?? 0),
    takeBack(id) {
      const content = outbox?.items.find((item) => item.id === id)?.content;
      outbox?.discard(id);
      return content;
    },
  };
}
