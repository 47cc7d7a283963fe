import { element, icon, setAttribute } from './element.ts';
import { say, sayCounted } from './speech.ts';
import { joinTokens } from './timeline.ts';
import type { Language, OfferedChoice, ShownMessage } from './wire.ts';

/** What can be chosen under a message. */
export interface Choices {
  readonly node: HTMLElement;
  show(isActive: boolean, chosen: ReadonlySet<string>): void;
  focus(): void;
}

interface Surroundings {
  readonly message: ShownMessage;
  readonly choices: readonly OfferedChoice[];
  /** The id of the element that asks. */
  readonly labelledBy: string;
  choose(token: string): void;
}

export function createChoices(surroundings: Surroundings): Choices {
  return surroundings.message.layout === 'multiple' ? checkboxes(surroundings) : buttons(surroundings);
}

/**
 * A scale or a list of options: buttons, because a tap answers at once, which a radio button must not do. The arrow keys move between them
 * besides Tab. Buttons that cannot be pressed any more keep the focus that they have, so that it is not lost.
 */
function buttons({ message, choices, labelledBy, choose }: Surroundings): Choices {
  const isScale = message.layout === 'scale';
  const made = choices.map(({ token, label }, index) => {
    const button = element('button', {
      type: 'button',
      class: isScale ? 'cell' : 'option',
      'aria-describedby': isScale ? endOf(index, choices.length, labelledBy, message) : undefined,
    });
    if (isScale) button.append(label);
    else button.append(element('span', {}, label), icon('check'));
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-disabled') !== 'true') choose(token);
    });
    return { button, token };
  });
  const row = element(
    'div',
    { role: 'group', 'aria-labelledby': labelledBy, class: isScale ? 'scale' : 'options' },
    ...made.map(({ button }) => button),
  );
  if (isScale) row.style.setProperty('--cells', String(choices.length));
  moveByArrows(row);

  const node = isScale ? element('div', {}, row, ...ends(message, labelledBy)) : row;
  return {
    node,
    show(isActive, chosen) {
      for (const { button, token } of made) {
        setAttribute(button, 'aria-disabled', isActive ? undefined : 'true');
        setAttribute(button, 'tabindex', isActive ? undefined : '-1');
        setAttribute(button, 'aria-pressed', chosen.has(token) ? 'true' : undefined);
      }
    },
    focus: () => made[0]?.button.focus({ preventScroll: true }),
  };
}

function ends({ low, high }: ShownMessage, id: string): HTMLElement[] {
  if (low === undefined && high === undefined) return [];
  return [
    element(
      'div',
      { class: 'ends', 'aria-hidden': 'true' },
      element('span', { id: `${id}-low` }, low ?? ''),
      element('span', { id: `${id}-high` }, high ?? ''),
    ),
  ];
}

function endOf(index: number, count: number, id: string, { low, high }: ShownMessage): string | undefined {
  if (index === 0 && low !== undefined) return `${id}-low`;
  if (index === count - 1 && high !== undefined) return `${id}-high`;
  return undefined;
}

function moveByArrows(row: HTMLElement): void {
  row.addEventListener('keydown', (event) => {
    const all = [...row.querySelectorAll<HTMLElement>('button:not([aria-disabled])')];
    const here = all.findIndex((button) => button.matches(':focus'));
    const next = targetOf(event.key, here, all.length, getComputedStyle(row).direction === 'rtl');
    if (next === undefined || here < 0) return;
    event.preventDefault();
    all[next]?.focus();
  });
}

function targetOf(key: string, here: number, count: number, isRightToLeft: boolean): number | undefined {
  const forward = (here + 1) % count;
  const backward = (here - 1 + count) % count;
  switch (key) {
    case 'ArrowDown':
      return forward;
    case 'ArrowUp':
      return backward;
    case 'ArrowRight':
      return isRightToLeft ? backward : forward;
    case 'ArrowLeft':
      return isRightToLeft ? forward : backward;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Some of several: boxes to tick and a button that sends them. */
function checkboxes({ message, choices, labelledBy, choose }: Surroundings): Choices {
  const { language } = message;
  const most = Math.min(message.choicesMax ?? choices.length, choices.length);
  const least = message.choicesMin ?? 1;
  const boxes = choices.map((choice) => ({
    choice,
    box: element('input', { type: 'checkbox', class: 'visually-hidden' }),
  }));
  const hint = element(
    'p',
    { class: 'hint', id: `${labelledBy}-hint` },
    limitsOf(language, least, most, choices.length),
  );
  const done = element('button', { type: 'button', class: 'button filled' }, say(language, 'done'));
  let isOpen = false;

  const finish = element('div', { class: 'finish' }, done, hint);
  const node = element(
    'div',
    {
      role: 'group',
      'aria-labelledby': labelledBy,
      'aria-describedby': hint.id,
      class: 'options',
      tabindex: '-1',
    },
    ...boxes.map(({ choice, box }) =>
      element(
        'label',
        { class: 'option' },
        box,
        element('span', { class: 'box' }, icon('check')),
        element('span', {}, choice.label),
      ),
    ),
    finish,
  );

  function ticked(): typeof boxes {
    return boxes.filter(({ box }) => box.checked);
  }

  function settle(): void {
    const count = ticked().length;
    const isAlone = ticked().some(({ choice }) => choice.exclusive);
    const isFull = count >= most && !isAlone;
    for (const { choice, box } of boxes) {
      box.disabled = !isOpen || (isFull && !box.checked && !choice.exclusive && most > 1);
    }
    const isEnough = isAlone || (count >= Math.max(least, 1) && count <= most);
    setAttribute(done, 'aria-disabled', isEnough ? undefined : 'true');
  }

  for (const { choice, box } of boxes) {
    box.addEventListener('change', () => {
      const isLone = choice.exclusive === true || most === 1;
      for (const other of boxes) {
        if (box.checked && other.box !== box && (isLone || other.choice.exclusive)) other.box.checked = false;
      }
      settle();
    });
  }
  done.addEventListener('click', () => {
    if (done.getAttribute('aria-disabled') === 'true') return;
    // The button is about to go; the focus waits here for the next question.
    node.focus({ preventScroll: true });
    choose(joinTokens(ticked().map(({ choice }) => choice.token)));
  });

  return {
    node,
    show(isActive, chosen) {
      isOpen = isActive;
      if (!isActive) for (const { choice, box } of boxes) box.checked = chosen.has(choice.token);
      finish.hidden = !isActive;
      settle();
    },
    focus: () => boxes[0]?.box.focus({ preventScroll: true }),
  };
}

function limitsOf(language: Language, least: number, most: number, count: number): string {
  if (least === most) return sayCounted(language, 'choose_exactly', most);
  if (most >= count) return sayCounted(language, 'choose_at_least', Math.max(least, 1));
  if (least <= 1) return sayCounted(language, 'choose_at_most', most);
  return say(language, 'choose_between', { min: least, max: most });
}
