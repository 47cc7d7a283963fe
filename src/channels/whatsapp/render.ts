import type { Language } from '../../dialogs/language.ts';
import { arrange } from '../arrange.ts';
import type { Capabilities, OfferedChoice, OutboundMessage } from '../channel.ts';
import { areDigits, renderText } from '../render.ts';
import { splitText } from '../split.ts';
import { unitsOf } from '../units.ts';

const textOnly = {
  multipleChoice: false,
  textUnit: 'code_point',
  fetched: false,
  receipts: true,
  directionMarks: true,
} as const;

/**
 * What a message of the Cloud API may hold. Source: the references of text, reply button and list messages at
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages
 */
export const cloudCapabilities: Capabilities = {
  ...textOnly,
  buttons: { max: 3, labelUnitsMax: 20 },
  list: { rowsMax: 10, labelUnitsMax: 24, descriptionUnitsMax: 72 },
  textUnitsMax: 4096,
  choiceTextUnitsMax: 1024,
};

/**
 * Through Twilio a message is text: buttons and lists have to be made beforehand there, and what is put into them may hold no line break
 * (https://www.twilio.com/docs/api/errors/21656).
 */
export const twilioCapabilities: Capabilities = { ...textOnly, textUnitsMax: 1600, textUnit: 'utf16' };

/** WhatsApp Web shows buttons of linked devices no more. Its texts may be longer than anybody reads. */
export const webCapabilities: Capabilities = { ...textOnly, textUnitsMax: 4096 };

interface Row {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

/** The part of a request to the Cloud API that holds what is said. */
export type CloudContent =
  | { readonly type: 'text'; readonly text: { readonly body: string; readonly preview_url: false } }
  | {
      readonly type: 'interactive';
      readonly interactive: {
        readonly type: 'button';
        readonly body: { readonly text: string };
        readonly action: {
          readonly buttons: readonly {
            readonly type: 'reply';
            readonly reply: { readonly id: string; readonly title: string };
          }[];
        };
      };
    }
  | {
      readonly type: 'interactive';
      readonly interactive: {
        readonly type: 'list';
        readonly body: { readonly text: string };
        readonly action: {
          readonly button: string;
          readonly sections: readonly { readonly rows: readonly Row[] }[];
        };
      };
    };

/** A message as the Cloud API takes it. */
export function renderForCloud(message: OutboundMessage): CloudContent {
  const arrangement = arrange(message, cloudCapabilities);
  const { choices = [], language } = message;
  const text = renderText(message, arrangement);
  switch (arrangement.kind) {
    case 'buttons': {
      const buttons = choices.map(({ token, label }) => ({
        type: 'reply' as const,
        reply: { id: token, title: label },
      }));
      return { type: 'interactive', interactive: { type: 'button', body: { text }, action: { buttons } } };
    }
    case 'list': {
      const action = { button: listButton[language], sections: [{ rows: rowsOf(message) }] };
      return { type: 'interactive', interactive: { type: 'list', body: { text }, action } };
    }
    default:
      return { type: 'text', text: { body: text, preview_url: false } };
  }
}

/** What opens a list. */
const listButton: Readonly<Record<Language, string>> = { he: 'לבחירה', en: 'Choose' };

/** The list covers what is said above it, so the ends of a scale are named in their rows as well. */
function rowsOf({ choices = [], low, high }: OutboundMessage): readonly Row[] {
  const rows = choices.map(rowOf);
  const { descriptionUnitsMax = 0 } = cloudCapabilities.list ?? {};
  if (!areDigits(choices)) return rows;
  const ends = [low, ...rows.slice(2).map(() => undefined), high];
  return rows.map((row, index) => {
    const description = ends[index];
    return description && unitsOf(description, cloudCapabilities.textUnit) <= descriptionUnitsMax
      ? { ...row, description }
      : row;
  });
}

/** A label that is too long for its row goes on in the description. */
function rowOf({ token, label }: OfferedChoice): Row {
  const { labelUnitsMax = 0 } = cloudCapabilities.list ?? {};
  if (unitsOf(label, cloudCapabilities.textUnit) <= labelUnitsMax) return { id: token, title: label };
  const [head = ''] = splitText(label, labelUnitsMax, cloudCapabilities.textUnit);
  return { id: token, title: head.trimEnd(), description: label.slice(head.length).trimStart() };
}

/** A message as the text of one, with its choices numbered. */
export function renderAsText(message: OutboundMessage, capabilities: Capabilities): string {
  return renderText(message, arrange(message, capabilities));
}
