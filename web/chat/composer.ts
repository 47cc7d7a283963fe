import { writtenDay } from './dates.ts';
import { part, setAttribute, setText } from './element.ts';
import type { Memory } from './memory.ts';
import { type SentenceKey, say } from './speech.ts';
import type { InputKind, Language, ShownMessage } from './wire.ts';

export interface Composer {
  show(situation: Situation): void;
  focus(): void;
  /** Puts words back that could not be sent. */
  restore(text: string): void;
}

interface Situation {
  readonly language: Language;
  readonly question: ShownMessage | undefined;
  /** False while there is no conversation yet that could take what is written. */
  readonly canSend: boolean;
}

interface Surroundings {
  /** Keeps what was written and not sent, until the tab closes. */
  readonly memory: Memory;
  readonly draftKey: string;
  send(text: string): void;
}

/** What the server takes at most. */
const textUnitsMax = 20_000;

/**
 * Where the reader writes. It always takes free words, also when a number or a date is asked for, because words such as "tomorrow" or "skip"
 * answer too; the kind of question only chooses the phone's keyboard and what the browser may fill in.
 */
export function createComposer({ memory, draftKey, send }: Surroundings): Composer {
  const form = part('composer', HTMLFormElement);
  const words = part('words', HTMLTextAreaElement);
  const line = part('line', HTMLInputElement);
  const calendar = part('calendar', HTMLElement);
  const date = part('date', HTMLInputElement);
  const button = part('send', HTMLButtonElement);
  const remark = part('remark', HTMLElement);
  let situation: Situation = { language: 'he', question: undefined, canSend: false };
  let field: HTMLTextAreaElement | HTMLInputElement = words;

  function use(kind: InputKind): void {
    const next = kind === 'text' ? words : line;
    if (kind !== 'text') {
      const { type, inputmode, autocomplete } = traits[kind];
      setAttribute(line, 'type', type);
      setAttribute(line, 'inputmode', inputmode);
      setAttribute(line, 'autocomplete', autocomplete);
      setAttribute(line, 'autocapitalize', kind === 'email' ? 'off' : undefined);
    }
    calendar.hidden = kind !== 'date';
    if (next === field) return;
    const hadFocus = document.activeElement === field;
    next.value = field.value;
    field.value = '';
    next.hidden = false;
    if (hadFocus) next.focus({ preventScroll: true });
    field.hidden = true;
    field = next;
    grow();
  }

  function show(next: Situation): void {
    situation = next;
    const { language, question } = next;
    use(question?.layout === 'open' ? (question.input ?? 'text') : 'text');
    const name = say(language, promptOf(question));
    for (const input of [words, line]) {
      setAttribute(input, 'aria-label', name);
      setAttribute(input, 'placeholder', name);
    }
    setAttribute(date, 'aria-label', say(language, 'pick_date'));
    setAttribute(button, 'aria-label', say(language, 'send'));
    check();
  }

  function limit(): number {
    const { question } = situation;
    return question?.layout === 'open' ? (question.textUnitsMax ?? textUnitsMax) : textUnitsMax;
  }

  /** Says how much room is left once it grows short, and whether what is written can be sent. */
  function check(): boolean {
    const { language, canSend } = situation;
    const length = field.value.trim().length;
    const max = limit();
    const isTooLong = length > max;
    setText(
      remark,
      isTooLong
        ? say(language, 'too_long', { max })
        : length > max * 0.8
          ? say(language, 'length', { count: length, max })
          : '',
    );
    remark.classList.toggle('wrong', isTooLong);
    setAttribute(field, 'aria-invalid', isTooLong ? 'true' : undefined);
    const isReady = canSend && length > 0 && !isTooLong;
    setAttribute(button, 'aria-disabled', isReady ? undefined : 'true');
    return isReady;
  }

  function grow(): void {
    // Browsers with `field-sizing` do this by themselves.
    if (field !== words || CSS.supports('field-sizing', 'content')) return;
    words.style.blockSize = 'auto';
    words.style.blockSize = `${words.scrollHeight}px`;
  }

  function changed(): void {
    memory.set(draftKey, field.value);
    check();
    grow();
  }

  function restore(text: string): void {
    field.value = field.value.trim() ? `${field.value}\n${text}` : text;
    changed();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!check()) return;
    const text = field.value.trim();
    field.value = '';
    changed();
    send(text);
  });
  for (const input of [words, line]) input.addEventListener('input', changed);
  words.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  date.addEventListener('input', () => {
    field.value = date.value && writtenDay(date.value, situation.language);
    changed();
  });
  // Whoever begins to type with nothing focused means to write here.
  document.addEventListener('keydown', (event) => {
    const isCharacter = event.key.length === 1 && event.key !== ' ';
    const isShortcut = event.ctrlKey || event.metaKey || event.altKey;
    if (isCharacter && !isShortcut && document.activeElement === document.body) field.focus();
  });

  words.value = memory.get(draftKey) ?? '';
  grow();
  return { show, restore, focus: () => field.focus({ preventScroll: true }) };
}

interface Traits {
  readonly type: string;
  readonly inputmode: string;
  readonly autocomplete: string;
  readonly prompt: SentenceKey;
}

const traits: Readonly<Record<Exclude<InputKind, 'text'>, Traits>> = {
  number: { type: 'text', inputmode: 'decimal', autocomplete: 'off', prompt: 'write_number' },
  date: { type: 'text', inputmode: 'text', autocomplete: 'off', prompt: 'write_date' },
  email: { type: 'email', inputmode: 'email', autocomplete: 'email', prompt: 'write_email' },
  phone: { type: 'tel', inputmode: 'tel', autocomplete: 'tel', prompt: 'write_phone' },
};

function promptOf(question: ShownMessage | undefined): SentenceKey {
  if (question && question.layout !== 'open' && question.layout !== 'statement') return 'write_also';
  const kind = question?.input ?? 'text';
  return kind === 'text' ? 'write_here' : traits[kind].prompt;
}
