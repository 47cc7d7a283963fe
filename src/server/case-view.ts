import { z } from 'zod';
import { decodeChoice, encodeChoice } from '../channels/choice.ts';
import { languageSchema } from '../dialogs/language.ts';
import { commandSchema } from '../dialogs/understanding/reading.ts';
import { attributesSchema, caseSchema, deliveryStates, type MessageRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** A message as staff read it: words instead of buttons' tokens, and no address. */
export const caseMessageSchema = z
  .strictObject({
    seq: z.number().int().meta({ description: 'Rises in the order of the conversation; gaps are allowed.' }),
    at: z.string(),
    from: z.enum(['contact', 'bot', 'staff']),
    text: z.string().meta({ description: 'What was written, or the labels of what was tapped.' }),
    choices: z.array(z.string()).optional().meta({ description: 'The labels that could be tapped.' }),
    command: commandSchema
      .optional()
      .meta({ description: 'A button that stands for a wish, such as `human`.' }),
    mediaType: z.string().optional().meta({ description: 'Something was sent that holds no text.' }),
    delivery: z.enum(deliveryStates).optional().meta({
      description: 'Of messages to the contact. One that was withdrawn (`suppressed`) is not shown any more.',
    }),
  })
  .meta({ id: 'CaseMessage' });

export type CaseMessage = z.output<typeof caseMessageSchema>;

export const apiCaseSchema = caseSchema.meta({
  id: 'Case',
  description: 'A talk with staff. `open`: the contact waits; `answered`: staff wrote last.',
});

/** Who the talk is with. */
const caseContactSchema = z.strictObject({
  language: languageSchema,
  attributes: attributesSchema,
  optedOut: z.boolean(),
});

export const caseStateSchema = z
  .strictObject({ case: apiCaseSchema, contact: caseContactSchema })
  .meta({ id: 'CaseState' });

export type CaseState = z.output<typeof caseStateSchema>;

export const caseDetailSchema = caseStateSchema
  .extend({ messages: z.array(caseMessageSchema).meta({ description: 'The whole conversation.' }) })
  .meta({ id: 'CaseDetail' });

/** How a case stands now; undefined when it does not exist or its contact was erased. */
export async function readCaseState(store: Store, caseId: string): Promise<CaseState | undefined> {
  const found = await store.readCase(caseId);
  const state = found && (await store.readContact(found.contactId));
  if (!state) return undefined;
  const { language, attributes, optedOutAt } = state.contact;
  return { case: found, contact: { language, attributes, optedOut: optedOutAt !== undefined } };
}

const messagesPageSize = 500;
/** The beginning of a conversation beyond this many messages is left out. */
const messagesMax = 5000;

/** A message that the reader has not given before, or one whose sending went on since. */
export interface ReadMessage {
  readonly message: CaseMessage;
  readonly isNew: boolean;
}

/** Reads a conversation from a place on, and says in words what was tapped. Keep one reader for a whole conversation. */
export function createConversationReader(store: Pick<Store, 'readMessages'>, contactId: string) {
  const labels = new Map<string, string>();
  /** Messages to the contact that were not sent when they were read, and how they stood then. */
  const unsent = new Map<number, string>();
  let lastSeq = 0;

  return {
    /** What has changed since the last reading; the first reading gives everything. */
    async read(): Promise<readonly ReadMessage[]> {
      const news: ReadMessage[] = [];
      let afterSeq = Math.min(lastSeq, ...[...unsent.keys()].map((seq) => seq - 1));
      for (let more = true; more; ) {
        const records = await store.readMessages({ contactId, afterSeq, limit: messagesPageSize });
        for (const record of records) {
          afterSeq = record.seq;
          const isNew = record.seq > lastSeq;
          const before = unsent.get(record.seq);
          if (record.state === 'queued' || record.state === 'claimed') unsent.set(record.seq, record.state);
          else unsent.delete(record.seq);
          const message = messageOf(record, labels);
          const isShown = isNew
            ? message.delivery !== 'suppressed'
            : before !== undefined && before !== record.state;
          if (isShown) news.push({ message, isNew });
        }
        more = records.length === messagesPageSize;
        lastSeq = Math.max(lastSeq, afterSeq);
      }
      return news.slice(-messagesMax);
    },
  };
}

function messageOf(record: MessageRecord, labels: Map<string, string>): CaseMessage {
  const { seq, at } = record;
  if (record.direction === 'out') {
    const { text, from, choices = [] } = record.message;
    for (const { token, label } of choices) labels.set(token, label);
    return {
      seq,
      at,
      from,
      text,
      ...(choices.length > 0 && { choices: choices.map(({ label }) => label) }),
      delivery: record.state,
    };
  }
  const message = { seq, at, from: 'contact' } as const;
  switch (record.content.kind) {
    case 'text':
      return { ...message, text: record.content.text };
    case 'media':
      return { ...message, text: '', mediaType: record.content.mediaType };
    case 'choice':
      return { ...message, ...tapped(record.content.choice, labels) };
  }
}

/** What the contact saw on the buttons that they tapped. A token that nobody offered is shown as it came. */
function tapped(token: string, labels: ReadonlyMap<string, string>): Pick<CaseMessage, 'text' | 'command'> {
  const choice = decodeChoice(token);
  const label = labels.get(token);
  if (choice?.kind === 'command') return { text: label ?? '', command: choice.command };
  if (label !== undefined || choice?.kind !== 'options') return { text: label ?? token };
  const each = choice.optionIds.map((id) => labels.get(encodeChoice({ ...choice, optionIds: [id] })) ?? id);
  return { text: each.join(', ') };
}
