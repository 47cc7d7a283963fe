import { type Choices, createChoices } from './choices.ts';
import { writtenTime } from './dates.ts';
import { element, icon, setText } from './element.ts';
import { readPieces } from './linked-text.ts';
import { directionOf, say } from './speech.ts';
import type { Entry, MessageEntry, ReplyEntry, Words } from './timeline.ts';
import type { Command, Language } from './wire.ts';

export interface Thread {
  show(entries: readonly Entry[], language: Language): void;
  /** The choices of a message that is shown, where it has any. */
  choicesOf(key: string): Choices | undefined;
  /** The reader's own last words, or the first words of all: from here on the conversation is new to the reader. */
  latestPart(): Element | undefined;
}

interface Actions {
  choose(token: string): void;
  /** The reader takes back what the server refused, to change it. */
  edit(id: string): void;
}

interface Shown {
  readonly node: HTMLLIElement;
  readonly choices?: Choices;
  show(entry: Entry, language: Language): void;
}

/** Shows the entries of a conversation as a list. An entry's node is made once and stays, so that nothing moves that has not changed. */
export function createThread(list: HTMLOListElement, actions: Actions): Thread {
  const shown = new Map<string, Shown>();

  return {
    show(entries, language) {
      const keys = new Set(entries.map(({ key }) => key));
      for (const [key, { node }] of shown) {
        if (keys.has(key)) continue;
        node.remove();
        shown.delete(key);
      }
      entries.forEach((entry, index) => {
        const known = shown.get(entry.key) ?? create(entry, actions);
        shown.set(entry.key, known);
        known.show(entry, language);
        const place = list.children[index];
        if (place !== known.node) list.insertBefore(known.node, place ?? null);
      });
    },
    choicesOf: (key) => shown.get(key)?.choices,
    latestPart: () => [...list.querySelectorAll('.own')].at(-1) ?? list.children[0],
  };
}

function create(entry: Entry, actions: Actions): Shown {
  return entry.kind === 'message' ? createMessage(entry, actions) : createReply(entry, actions);
}

function createMessage({ key, at, message }: MessageEntry, actions: Actions): Shown {
  const isBot = message.from === 'bot';
  const bubble = element(
    'div',
    // What a person writes may be in another language than the one the conversation is in.
    {
      id: key,
      class: 'bubble',
      lang: isBot ? message.language : undefined,
      dir: isBot ? directionOf(message.language) : 'auto',
    },
    ...linked(message.text),
  );
  const node = element('li', { class: isBot ? 'bot' : 'bot staff' });
  const sender = element('span');
  if (!isBot) node.append(element('p', { class: 'sender' }, icon('person'), sender));
  node.append(bubble);

  const offered = message.choices ?? [];
  const choices =
    offered.length > 0
      ? createChoices({ message, choices: offered, labelledBy: key, choose: actions.choose })
      : undefined;
  if (choices) {
    choices.node.classList.add('choices');
    choices.node.lang = message.language;
    choices.node.dir = directionOf(message.language);
    node.append(choices.node);
  }
  return {
    node,
    ...(choices && { choices }),
    show(entry, language) {
      if (entry.kind !== 'message') return;
      if (!isBot)
        setText(sender, `${say(language, 'from_staff')} · ${writtenTime(at, language, new Date())}`);
      choices?.show(entry.isActive, entry.chosen);
    },
  };
}

function createReply({ key }: ReplyEntry, actions: Actions): Shown {
  const speaker = element('span', { class: 'visually-hidden' });
  const waiting = element('span', { class: 'visually-hidden' });
  const clock = element('span', { class: 'waiting' }, icon('clock'), waiting);
  const bubble = element('div', { class: 'bubble' });
  const reason = element('span');
  const edit = element('button', { type: 'button', class: 'button quiet' });
  const refusal = element(
    'div',
    { class: 'refusal' },
    element('p', { class: 'reason' }, icon('alert'), reason),
    edit,
  );
  const node = element(
    'li',
    { class: 'own' },
    speaker,
    element('div', { class: 'said' }, clock, bubble),
    refusal,
  );
  edit.addEventListener('click', () => actions.edit(key));
  let written: string | undefined;

  return {
    node,
    show(entry, language) {
      if (entry.kind !== 'reply') return;
      const { words, state, problem } = entry;
      const text = textOf(words, language);
      if (text !== written) {
        written = text;
        bubble.replaceChildren(...linked(text));
      }
      bubble.dir = words.kind === 'labels' ? directionOf(words.language) : 'auto';
      bubble.lang = words.kind === 'labels' ? words.language : words.kind === 'command' ? language : '';
      node.classList.toggle('command', words.kind === 'command');
      node.dataset.state = state;

      setText(speaker, say(language, 'from_reader'));
      clock.hidden = state !== 'waiting';
      setText(waiting, say(language, 'waiting_to_send'));
      refusal.hidden = state !== 'refused';
      setText(reason, `${say(language, 'not_sent')}. ${say(language, problem ?? 'refused')}`);
      setText(edit, say(language, 'edit'));
      edit.hidden = words.kind !== 'typed';
    },
  };
}

/** The words of a reply, as the reader sees and hears them. */
function textOf(words: Words, language: Language): string {
  switch (words.kind) {
    case 'typed':
      return words.text;
    case 'labels':
      return words.labels.join(', ');
    case 'command':
      return commandName(words.command, language);
  }
}

function commandName(command: Command, language: Language): string {
  if (command === 'language:he') return say('en', 'other_language');
  if (command === 'language:en') return say('he', 'other_language');
  return say(language, command);
}

function linked(text: string): (Node | string)[] {
  return readPieces(text).map((piece) =>
    piece.address === undefined
      ? piece.text
      : element(
          'a',
          { href: piece.address, target: '_blank', rel: 'noopener noreferrer nofollow', dir: 'ltr' },
          piece.text,
        ),
  );
}
