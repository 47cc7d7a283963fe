import type { Knowledge } from './connection.ts';
import { part, setText } from './element.ts';
import { type SentenceKey, say } from './speech.ts';
import type { Language } from './wire.ts';

export interface ConnectionNote {
  show(knowledge: Knowledge, language: Language): void;
}

/** Shorter losses of the connection are nobody's business. */
const secondsUnmentioned = 1.5;

/** A calm line about the connection, and whether anything waits for it. */
export function createConnectionNote(announce: (text: string, language: Language) => void): ConnectionNote {
  const line = part('connection', HTMLElement);
  let isMentioned = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest: { knowledge: Knowledge; language: Language } | undefined;

  function write(): void {
    if (!latest) return;
    const { knowledge, language } = latest;
    const key = isMentioned ? sentenceOf(knowledge) : undefined;
    setText(line, key ? say(language, key) : '');
  }

  return {
    show(knowledge, language) {
      latest = { knowledge, language };
      if (sentenceOf(knowledge)) {
        timer ??= setTimeout(() => {
          isMentioned = true;
          write();
        }, secondsUnmentioned * 1000);
      } else {
        clearTimeout(timer);
        timer = undefined;
        if (isMentioned) announce(say(language, 'online'), language);
        isMentioned = false;
      }
      write();
    },
  };
}

function sentenceOf({ link, unsent, failure }: Knowledge): SentenceKey | undefined {
  const isWaiting = unsent.some(({ state }) => state === 'waiting');
  if (failure !== undefined || link === 'up') return undefined;
  if (link === 'connecting') return 'connecting';
  return isWaiting ? `${link === 'busy' ? 'busy' : 'offline'}_kept` : link === 'busy' ? 'busy' : 'offline';
}
