import { part, setAttribute, setText } from './element.ts';
import { otherLanguage, say } from './speech.ts';
import type { Conversation } from './timeline.ts';
import type { Command, Language } from './wire.ts';

export interface Controls {
  show(conversation: Conversation, language: Language, isOpen: boolean): void;
  /** The row beside the composer: Back and Skip. */
  readonly aside: HTMLElement;
  /** The way on after the end. */
  readonly onward: HTMLAnchorElement;
}

/** The buttons around the conversation, which stand for reserved words, and what they tell of its state. */
export function createControls(press: (command: Command) => void): Controls {
  const progress = part('progress', HTMLElement);
  const human = part('human', HTMLButtonElement);
  const aside = part('aside', HTMLElement);
  const back = part('back', HTMLButtonElement);
  const skip = part('skip', HTMLButtonElement);
  const start = part('start', HTMLButtonElement);
  const person = part('person', HTMLElement);
  const all = part('all', HTMLAnchorElement);
  const onward = part('onward', HTMLAnchorElement);

  for (const [button, command] of [
    [human, 'human'],
    [back, 'back'],
    [skip, 'skip'],
    [start, 'start'],
  ] as const) {
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-disabled') !== 'true') press(command);
    });
  }

  return {
    aside,
    onward,
    show(conversation, language, isOpen) {
      const { question, isAwaitingAnswer } = conversation;
      const hasPerson = conversation.person !== 'absent';

      showButton(back, say(language, 'back'), question?.canGoBack === true, !isAwaitingAnswer);
      showButton(skip, say(language, 'skip'), question?.canSkip === true, !isAwaitingAnswer);
      // Nothing that is said to a bot that was silenced is answered, so there is no answer to wait for.
      showButton(start, say(language, 'start'), conversation.isOptedOut, true);

      showHuman(human, language, hasPerson, isOpen && !hasPerson && !conversation.isOptedOut);
      person.hidden = !hasPerson;
      setText(
        person,
        hasPerson ? say(language, conversation.person === 'talking' ? 'human_talking' : 'human_waiting') : '',
      );

      const percent = Math.round((conversation.progress ?? 0) * 100);
      progress.hidden = conversation.progress === undefined;
      setAttribute(progress, 'aria-label', say(language, 'progress'));
      setAttribute(progress, 'aria-valuenow', String(percent));
      if (progress.firstElementChild instanceof HTMLElement) {
        progress.firstElementChild.style.inlineSize = `${percent}%`;
      }

      setText(all.querySelector('span') ?? all, say(language, 'other_moments'));
      setText(onward, say(language, 'other_moments'));
      onward.hidden = !conversation.hasEnded;
    },
  };
}

/** A phone has room for one word only; a screen reader hears the whole name on every screen. */
function showHuman(
  button: HTMLButtonElement,
  language: Language,
  hasPerson: boolean,
  isEnabled: boolean,
): void {
  const name = say(language, hasPerson ? 'human_on' : 'human');
  const [full, short] = button.querySelectorAll('span');
  if (full) setText(full, name);
  if (short) setText(short, say(language, 'human_short'));
  setAttribute(button, 'aria-label', name);
  setAttribute(button, 'aria-disabled', isEnabled ? undefined : 'true');
  button.classList.toggle('on', hasPerson);
}

/** The switch shows the name of the language that it leads to, in that language. */
export function showLanguageSwitch(language: Language): void {
  const button = part('language', HTMLButtonElement);
  const other = otherLanguage(language);
  button.lang = other;
  setText(button, say(language, 'other_language'));
}

function showButton(button: HTMLButtonElement, name: string, isShown: boolean, isEnabled: boolean): void {
  button.hidden = !isShown;
  setText(button.querySelector('span') ?? button, name);
  setAttribute(button, 'aria-disabled', isEnabled ? undefined : 'true');
}
