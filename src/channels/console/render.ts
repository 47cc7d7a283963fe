import { arrange } from '../arrange.ts';
import type { Capabilities, OutboundMessage } from '../channel.ts';
import { renderText } from '../render.ts';

/** A terminal shows text only; choices are numbered there. */
export const consoleCapabilities: Capabilities = {
  multipleChoice: false,
  textUnitsMax: 10_000,
  textUnit: 'utf16',
  fetched: false,
  receipts: false,
  directionMarks: false,
};

/** A message as lines of a terminal. */
export function renderForConsole(message: OutboundMessage): string {
  return renderText(message, arrange(message, consoleCapabilities));
}
