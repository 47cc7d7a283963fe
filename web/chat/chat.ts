import { createAnnouncer } from './announcer.ts';
import { createComposer } from './composer.ts';
import { connect, type Knowledge } from './connection.ts';
import { createConnectionNote } from './connection-note.ts';
import { createControls } from './controls.ts';
import { part, setAttribute, setText } from './element.ts';
import { tellHostPage } from './host-page.ts';
import type { LanguageChoice } from './language.ts';
import type { Memory } from './memory.ts';
import { addressOf, type Place } from './place.ts';
import { fetchTouchpoints } from './requests.ts';
import { createScrolling } from './scrolling.ts';
import { type SentenceKey, say } from './speech.ts';
import { showBrand, textsOf } from './stations.ts';
import { createThread } from './thread.ts';
import { type Conversation, type MessageEntry, readTimeline } from './timeline.ts';
import { type Content, commandToken, type Language, type Opening, type TouchpointList } from './wire.ts';

export interface Chat {
  show(language: Language): void;
  chooseLanguage(language: Language): void;
}

interface Surroundings {
  readonly place: Place;
  readonly opening: Opening;
  readonly memory: Memory;
  /** Keeps what was written and not sent, until the tab closes. */
  readonly draftMemory: Memory;
  readonly choice: LanguageChoice;
  /** The conversation is held in this language. */
  adopt(language: Language): void;
}

/** An answer that takes longer is not waited for any more: the typing sign ends and buttons can be pressed again. */
const answerSecondsMax = 15;
/** By then the state that belongs to a message has come too, and with it the focus. */
const announcementDelayMilliseconds = 200;

/** The page of a conversation: shows what is known of it and sends what the reader does. */
export function startChat({ place, opening, memory, draftMemory, choice, adopt }: Surroundings): Chat {
  const typing = part('typing', HTMLElement);
  const failure = part('failure', HTMLElement);
  const announce = createAnnouncer(part('announcer', HTMLElement));
  let { language } = choice;
  let isLanguageChosen = choice.isChosen;
  let touchpoints: TouchpointList | undefined;
  let givenUpOn: string | undefined;
  let answerTimer: ReturnType<typeof setTimeout> | undefined;
  /** The messages that were shown; absent until the history is complete. */
  let seen: ReadonlySet<string> | undefined;
  let lastActive: string | undefined;
  /** The messages whose choices were given the focus. */
  const focusedKeys = new Set<string>();
  let focus: Focus = { isOnAnswer: false, isVisible: false };

  const connection = connect({
    opening,
    embedded: place.embedded,
    isReturning: isReturning(),
    // Otherwise the server knows better: it may know the reader, and it hears what the browser prefers.
    language: () => (isLanguageChosen ? language : undefined),
    memory,
    changed: render,
    adopt,
  });
  const thread = createThread(part('thread', HTMLOListElement), {
    choose: (token) => send({ choice: token }),
    edit(id) {
      const content = connection.takeBack(id);
      if (content && 'text' in content) composer.restore(content.text);
      composer.focus();
    },
  });
  const composer = createComposer({
    memory: draftMemory,
    draftKey: `kashuv.draft.${'touchpoint' in opening ? opening.touchpoint : opening.code}`,
    send: (text) => send({ text }),
  });
  const controls = createControls((command) => send({ choice: commandToken(command) }));
  const connectionNote = createConnectionNote(announce);
  const scrolling = createScrolling({
    start: thread.latestPart,
    header: part('bar', HTMLElement),
    newer: part('newer', HTMLButtonElement),
  });

  reveal(place);
  void fetchTouchpoints().then((outcome) => {
    if (outcome.kind !== 'done') return;
    touchpoints = outcome.value;
    render();
  });

  function send(content: Content): void {
    scrolling.resume();
    connection.say(content);
  }

  function render(): void {
    const knowledge = connection.read();
    const conversation = readTimeline({ ...knowledge, givenUpOn });
    focus = readFocus(focus);

    if (knowledge.isLive) thread.show(conversation.entries, language);
    controls.show(conversation, language, knowledge.isOpen);
    composer.show({ language, question: conversation.question, canSend: knowledge.isOpen });
    typing.hidden = !isBotExpected(knowledge, conversation);
    connectionNote.show(knowledge, language);
    showFailure(knowledge.failure);
    showNames();
    waitForAnswer(knowledge, conversation);
    if (!knowledge.isLive) return;

    moveFocus(conversation);
    scrolling.follow(noteNews(conversation));
  }

  /** Tells what is new since the last time; answers whether anything is. */
  function noteNews({ entries }: Conversation): boolean {
    const messages = entries.filter((entry) => entry.kind === 'message');
    const news = seen ? messages.filter(({ key }) => !seen?.has(key)) : [];
    seen = new Set(messages.map(({ key }) => key));
    for (const entry of news) {
      announceSoon(entry);
      tellHostPage({ kind: 'message' });
    }
    if (news.length > 0 && document.hidden) document.title = `• ${document.title.replace(/^• /, '')}`;
    return news.length > 0;
  }

  /** A group of choices that gets the focus is read with its question, and what is read need not be announced. */
  function announceSoon(entry: MessageEntry): void {
    setTimeout(() => {
      if (!focusedKeys.has(entry.key)) announce(spoken(entry, language), entry.message.language);
    }, announcementDelayMilliseconds);
  }

  /** Someone who answered with the keyboard goes on with it at the next question. */
  function moveFocus({ entries, hasEnded }: Conversation): void {
    const active = entries.findLast((entry) => entry.kind === 'message' && entry.isActive);
    const isNew = active !== undefined && active.key !== lastActive;
    lastActive = active?.key ?? lastActive;
    if (!focus.isOnAnswer) return;
    if (hasEnded && focus.isVisible) controls.onward.focus({ preventScroll: true });
    if (!isNew) return;
    const choices = thread.choicesOf(active.key);
    if (choices) {
      focusedKeys.add(active.key);
      choices.focus();
    } else if (focus.isVisible || window.matchMedia('(pointer: fine)').matches) {
      // On a touch screen the keyboard would cover the question.
      composer.focus();
    }
  }

  function waitForAnswer(knowledge: Knowledge, conversation: Conversation): void {
    const last = conversation.entries.at(-1);
    if (!isBotExpected(knowledge, conversation) || !last) {
      clearTimeout(answerTimer);
      answerTimer = undefined;
      return;
    }
    answerTimer ??= setTimeout(() => {
      answerTimer = undefined;
      givenUpOn = last.key;
      render();
    }, answerSecondsMax * 1000);
  }

  function showFailure(code: string | undefined): void {
    failure.hidden = code === undefined;
    if (code === undefined) return;
    setText(failure, say(language, failures[code] ?? 'not_opened'));
    part('dock', HTMLElement).hidden = true;
    part('human', HTMLButtonElement).hidden = true;
    controls.onward.hidden = false;
  }

  function showNames(): void {
    const brand = touchpoints?.brand[language] ?? '';
    const item =
      'touchpoint' in opening
        ? touchpoints?.items.find(({ touchpointId }) => touchpointId === opening.touchpoint)
        : undefined;
    const title = (item && textsOf(item, language)?.title) ?? '';
    showBrand(brand);
    setText(part('title', HTMLElement), title || say(language, 'conversation'));
    const isMarked = document.title.startsWith('• ') && document.hidden;
    document.title = `${isMarked ? '• ' : ''}${[title, brand].filter(Boolean).join(' · ') || say(language, 'conversation')}`;
  }

  document.addEventListener('visibilitychange', showNames);

  return {
    show(next) {
      language = next;
      setAttribute(part('thread', HTMLElement), 'aria-label', say(next, 'conversation'));
      setText(part('newer', HTMLElement).querySelector('span') ?? typing, say(next, 'new_message'));
      render();
    },
    chooseLanguage(next) {
      isLanguageChosen = true;
      send({ choice: commandToken(`language:${next}`) });
    },
  };
}

const failures: Readonly<Record<string, SentenceKey>> = {
  unknown_code: 'unknown_code',
  unknown_touchpoint: 'unknown_touchpoint',
};

/** The page was loaded again, or reached by the browser's own Back: the reader did not ask for anything new. */
function isReturning(): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation instanceof PerformanceNavigationTiming && navigation.type !== 'navigate';
}

function reveal(place: Place): void {
  for (const id of ['chat', 'dock', 'human', 'title']) part(id, HTMLElement).hidden = false;
  part('all', HTMLAnchorElement).hidden = place.embedded;
  for (const id of ['all', 'onward']) part(id, HTMLAnchorElement).href = addressOf(place);
}

/** The bot is about to say something: the reader spoke last and the words are on their way to it. */
function isBotExpected({ link }: Knowledge, { isAwaitingAnswer, person, isOptedOut }: Conversation): boolean {
  return isAwaitingAnswer && link === 'up' && person === 'absent' && !isOptedOut;
}

interface Focus {
  /** On a button that answers. */
  readonly isOnAnswer: boolean;
  /** The browser marks it, because the reader uses the keyboard. */
  readonly isVisible: boolean;
}

/** Where the focus is; where it was, when the button that had it has gone and nothing else has it. */
function readFocus(before: Focus): Focus {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return before;
  return {
    isOnAnswer: focused.closest('.choices, #aside') !== null,
    isVisible: focused.matches(':focus-visible'),
  };
}

/** A message as it is heard: who says it when it is a person, what it says, and what can be chosen unless the text names the range. */
function spoken({ message }: MessageEntry, language: Language): string {
  const sender = message.from === 'staff' ? `${say(language, 'from_staff')}: ` : '';
  const isList = message.layout === 'options' || message.layout === 'multiple';
  const labels = isList ? (message.choices ?? []).map(({ label }) => label).join(', ') : '';
  return [`${sender}${message.text}`, labels].filter(Boolean).join('\n');
}
