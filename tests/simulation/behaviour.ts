import type { InboundMessage, OutboundMessage } from '../../src/channels/channel.ts';
import { encodeChoice } from '../../src/channels/choice.ts';
import type { Random } from './random.ts';

export type Content = InboundMessage['content'];

/** What somebody sees of a conversation: what the bot has said to them, newest last. */
export type Screen = readonly OutboundMessage[];

/** How somebody behaves: how often they do what, out of a hundred. */
export interface Temper {
  readonly wishes: number;
  readonly nonsense: number;
  readonly oldButtons: number;
  readonly stops: number;
}

/** Each person of a run is somebody else: most just answer, some stop, go back and forth, or write anything. */
export function drawTemper(random: Random): Temper {
  return {
    wishes: random.pick([0, 10, 30]),
    nonsense: random.pick([0, 5, 20]),
    oldButtons: random.pick([0, 5, 20]),
    stops: random.pick([0, 3, 10]),
  };
}

/** What somebody writes or taps next. */
export function nextContent(screen: Screen, temper: Temper, random: Random): Content {
  const last = screen.at(-1);
  const dice = random.integer(0, 99);
  const { wishes, nonsense, oldButtons, stops } = temper;
  if (dice < stops) return said(random.pick(stopWords));
  if (dice < stops + wishes)
    return random.chance(0.5) ? said(random.pick(wishWords)) : tapped(random.pick(wishTaps));
  if (dice < stops + wishes + nonsense) return random.pick(strangeThings);
  if (dice < stops + wishes + nonsense + oldButtons) {
    const old = screen.filter(({ choices }) => choices !== undefined);
    if (old.length > 0) return answerTo(random.pick(old), random);
  }
  return last ? answerTo(last, random) : said(random.pick(greetings));
}

function answerTo({ choices = [], layout, input }: OutboundMessage, random: Random): Content {
  if (choices.length === 0) return said(random.pick(typedWords[input ?? 'text']));
  const first = random.pick(choices);
  if (random.chance(0.4)) return said(first.label);
  if (layout !== 'multiple' || random.chance(0.5)) return tapped(first.token);
  const second = random.pick(choices);
  return tapped(`${first.token},${second.token.slice(second.token.lastIndexOf('.') + 1)}`);
}

function said(text: string): Content {
  return { kind: 'text', text };
}

function tapped(choice: string): Content {
  return { kind: 'choice', choice };
}

const stopWords = ['stop', 'הסר'];
const greetings = ['hello', 'start', 'שלום', 'התחל'];
const wishWords = [
  'back',
  'חזרה',
  'skip',
  'דלג',
  'restart',
  'help',
  'עזרה',
  'English',
  'עברית',
  'later',
  'human',
  'נציג',
  'start',
  'התחל',
];
const wishTaps = [
  encodeChoice({ kind: 'command', command: 'back' }),
  encodeChoice({ kind: 'command', command: 'skip' }),
  encodeChoice({ kind: 'conflict', resolution: 'continue' }),
  encodeChoice({ kind: 'conflict', resolution: 'switch' }),
];
const strangeThings: readonly Content[] = [
  said('bla bla'),
  said('7-8'),
  said('👍'),
  said('יותר או פחות'),
  { kind: 'media', mediaType: 'image/png' },
  tapped('somebody.else.1'),
];
const typedWords = {
  text: ['the service', 'nothing', 'המחיר', 'הכול היה בסדר'],
  number: ['3', 'שלוש', '12'],
  date: ['13.5.2026', 'yesterday', 'אתמול'],
  email: ['ada@example.com'],
  phone: ['050-1234567'],
} as const;
