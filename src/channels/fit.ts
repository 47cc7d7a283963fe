import { arrange } from './arrange.ts';
import type { Capabilities, OfferedChoice, OutboundMessage } from './channel.ts';
import { decodeChoice, encodeChoice } from './choice.ts';
import { type Arrangement, renderText } from './render.ts';
import { splitText } from './split.ts';
import { unitsOf } from './units.ts';

/** A message as a channel can carry it: one or more, of which only the last can be answered, and how the last one is shown. */
export interface FittedMessage {
  readonly messages: readonly OutboundMessage[];
  readonly arrangement: Exclude<Arrangement, { kind: 'steps' }>;
}

/** The sentences that fitting needs, in the language of the message. */
export interface FittingWords {
  /** The button that stands for a part of a scale: "0 to 3". */
  range(first: string, last: string): string;
}

/**
 * Fits a message to a channel: choices in two steps where they are too many for one, what stands before a question by itself where the
 * question would cost too much with it, and the text in several messages where it is too long for one. Every message that comes out is one
 * message of the provider.
 */
export function fitMessage(
  message: OutboundMessage,
  capabilities: Capabilities,
  words: FittingWords,
): FittedMessage {
  const arrangement = arrange(message, capabilities);
  if (arrangement.kind === 'steps')
    return fitMessage(firstStep(message, arrangement, words), capabilities, words);
  if (arrangement.kind === 'link') {
    const cut = message.text.lastIndexOf(paragraphBreak);
    if (cut > 0) return afterOpening(message, cut, capabilities, words);
  }
  const shown = withShortLabels(message, arrangement, capabilities);
  return { messages: inParts(shown, arrangement, capabilities), arrangement };
}

const paragraphBreak = '\n\n';

/** What is said before the question goes first. */
function afterOpening(
  message: OutboundMessage,
  cut: number,
  capabilities: Capabilities,
  words: FittingWords,
): FittedMessage {
  const { textUnitsMax, textUnit } = capabilities;
  const opening = splitText(message.text.slice(0, cut), textUnitsMax, textUnit);
  const asked = { ...message, text: message.text.slice(cut + paragraphBreak.length) };
  const { messages, arrangement } = fitMessage(asked, capabilities, words);
  return { messages: [...opening.map((text) => statement(message, text)), ...messages], arrangement };
}

/** The message that offers the groups. What the ends of the scale mean is said in its text. */
function firstStep(
  message: OutboundMessage,
  arrangement: Extract<Arrangement, { kind: 'steps' }>,
  words: FittingWords,
): OutboundMessage {
  const { low: _, high: __, ...rest } = message;
  return {
    ...rest,
    text: renderText(message, arrangement),
    layout: 'options',
    choices: arrangement.groups.map((group) => offerGroup(group, words)),
  };
}

/** A group of one is that choice itself. */
function offerGroup(group: readonly OfferedChoice[], words: FittingWords): OfferedChoice {
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last) throw new Error('A group has at least one choice');
  const decoded = group.map(({ token }) => decodeChoice(token));
  const [one] = decoded;
  if (group.length === 1 || one?.kind !== 'options') return first;
  const optionIds = decoded.flatMap((choice) => (choice?.kind === 'options' ? choice.optionIds : []));
  return {
    token: encodeChoice({ ...one, kind: 'group', optionIds }),
    label: words.range(first.label, last.label),
  };
}

/** How much of a message the lines of its choices may take. */
const linesShareMax = 3 / 4;

/** Cuts labels so that the lines of all choices leave room for the question; only thirty long labels come to that. */
function withShortLabels(
  message: OutboundMessage,
  arrangement: Arrangement,
  { textUnitsMax, textUnit }: Capabilities,
): OutboundMessage {
  const { choices } = message;
  const room = Math.floor(textUnitsMax * linesShareMax);
  if (!choices || unitsBelow(message, arrangement, textUnit) <= room) return message;
  const labelUnitsMax = Math.floor(room / choices.length) - numberUnits;
  return {
    ...message,
    choices: choices.map((choice) => ({ ...choice, label: shorten(choice.label, labelUnitsMax, textUnit) })),
  };
}

/** A line's number and its end: "30. " and a line feed. */
const numberUnits = 5;

/** A text with an ellipsis in place of what is beyond the limit. */
export function shorten(text: string, unitsMax: number, unit: Capabilities['textUnit']): string {
  if (unitsOf(text, unit) <= unitsMax) return text;
  const [head = ''] = splitText(text, unitsMax - 1, unit);
  return `${head.trimEnd()}…`;
}

function unitsBelow(
  message: OutboundMessage,
  arrangement: Arrangement,
  unit: Capabilities['textUnit'],
): number {
  return unitsOf(renderText(message, arrangement), unit) - unitsOf(message.text, unit);
}

function inParts(
  message: OutboundMessage,
  arrangement: Arrangement,
  { textUnitsMax, choiceTextUnitsMax = textUnitsMax, textUnit }: Capabilities,
): readonly OutboundMessage[] {
  const controls = arrangement.kind === 'buttons' || arrangement.kind === 'list';
  const unitsMax =
    (controls ? choiceTextUnitsMax : textUnitsMax) - unitsBelow(message, arrangement, textUnit);
  const parts = splitText(message.text, unitsMax, textUnit);
  const last = parts.pop() ?? '';
  return [...parts.map((text) => statement(message, text)), { ...message, text: last }];
}

function statement({ language, from }: OutboundMessage, text: string): OutboundMessage {
  return { text, language, from, layout: 'statement' };
}
