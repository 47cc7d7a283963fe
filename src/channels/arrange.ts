import type { Capabilities, OfferedChoice, OutboundMessage } from './channel.ts';
import { type Arrangement, areDigits, renderText } from './render.ts';
import { unitsOf } from './units.ts';

/** Decides how a message is shown. */
export function arrange(message: OutboundMessage, capabilities: Capabilities): Arrangement {
  const arrangement = arrangeChoices(message, capabilities);
  const because = needsLink(message, arrangement, capabilities);
  return because ? { kind: 'link', because } : arrangement;
}

function arrangeChoices(message: OutboundMessage, capabilities: Capabilities): Arrangement {
  const { layout, choices = [] } = message;
  const { buttons, list, textUnit, multipleChoice } = capabilities;
  if (choices.length === 0) return { kind: 'text' };
  if (layout === 'multiple') return { kind: multipleChoice ? 'ticks' : 'numbers' };

  const longest = Math.max(...choices.map(({ label }) => unitsOf(label, textUnit)));
  const distinct = new Set(choices.map(({ label }) => label)).size === choices.length;
  if (buttons && choices.length <= buttons.max && longest <= buttons.labelUnitsMax && distinct)
    return { kind: 'buttons' };
  if (list && choices.length <= list.rowsMax && longest <= longestOfRow(list)) return { kind: 'list' };

  const digits = areDigits(choices);
  const groups = digits && layout === 'scale' ? groupsOf(choices, capabilities) : undefined;
  if (groups) return { kind: 'steps', groups };
  return { kind: digits || layout === 'scale' ? 'text' : 'numbers' };
}

/** A label goes on in the description, which is longer than the row's own label everywhere. */
function longestOfRow({ labelUnitsMax, descriptionUnitsMax }: NonNullable<Capabilities['list']>): number {
  return Math.max(labelUnitsMax, descriptionUnitsMax);
}

/** As many groups as there are buttons, of nearly equal size; undefined where a group would not fit into a list. */
function groupsOf(
  choices: readonly OfferedChoice[],
  { buttons, list }: Capabilities,
): readonly (readonly OfferedChoice[])[] | undefined {
  if (!buttons || !list || buttons.max < 2) return undefined;
  const size = Math.ceil(choices.length / buttons.max);
  if (size > list.rowsMax) return undefined;
  const groups: OfferedChoice[][] = [];
  for (let from = 0; from < choices.length; from += size) groups.push(choices.slice(from, from + size));
  return groups;
}

/** Only a question of a session can be asked elsewhere. */
function needsLink(
  message: OutboundMessage,
  arrangement: Arrangement,
  { segments, reservedWords }: Capabilities,
): Extract<Arrangement, { kind: 'link' }>['because'] | undefined {
  const { sessionId, questionId, choices = [] } = message;
  if (sessionId === undefined || questionId === undefined) return undefined;
  if (reservedWords && choices.some(({ label }) => isReserved(label, reservedWords))) return 'reserved_word';
  if (segments && segments.count(renderText(message, arrangement)) > segments.questionMax) return 'length';
  return undefined;
}

/** Whether somebody who types this label would type one of the words. */
export function isReserved(label: string, words: ReadonlySet<string>): boolean {
  return words.has(label.replace(/[\s.,!?"'()]+/g, '').toLowerCase());
}
