import { z } from 'zod';
import { inboundMessageSchema, outboundMessageSchema } from '../channels/channel.ts';
import { answerValueSchema } from '../dialogs/answer.ts';
import { eventSchema } from '../dialogs/event.ts';
import { languageSchema } from '../dialogs/language.ts';
import { sessionSchema } from '../dialogs/session.ts';
import { readingSchema } from '../dialogs/understanding/reading.ts';

/** A moment, ISO 8601 in UTC with milliseconds, so that moments sort as texts. */
const moment = z.string();

export const attributesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

export type Attributes = z.infer<typeof attributesSchema>;

/** Where a contact can be reached. The id is a keyed hash; the address itself is encrypted and stands nowhere else. */
export const addressSchema = z.strictObject({
  id: z.string(),
  channel: z.string(),
  account: z.string(),
  sealed: z.string(),
  /** Opened by a link that may have been forwarded: nothing of the person is shown here. */
  impersonal: z.boolean().optional(),
});

export type Address = z.infer<typeof addressSchema>;

/** The contact's running conversation, or one that has expired and still takes a late reply. */
export const openSessionSchema = z.strictObject({
  id: z.string(),
  questionnaireId: z.string(),
  revision: z.number().int(),
  touchpointId: z.string(),
  /** The address where the conversation goes on; a reply from another of the contact's addresses moves it there. */
  addressId: z.string(),
  state: sessionSchema,
  startedAt: moment,
  /** When the waiting question was first asked. */
  askedAt: moment,
  /** The timers that guard this session; a timer that was used or cancelled is absent. */
  remindAt: moment.optional(),
  expiresAt: moment.optional(),
  graceEndsAt: moment.optional(),
  expired: z.boolean().optional(),
});

export type OpenSession = z.infer<typeof openSessionSchema>;

/**
 * The aggregate that a turn reads and writes as one: who the contact is, where to reach them, and their one running conversation.
 * `version` is raised by every turn; a turn that was computed from an older version is refused.
 */
export const contactSchema = z.strictObject({
  id: z.string(),
  version: z.number().int(),
  language: languageSchema,
  attributes: attributesSchema,
  addresses: z.array(addressSchema),
  createdAt: moment,
  optedOutAt: moment.optional(),
  /** The case of the person who talks with staff; the bot is silent while it is here. */
  caseId: z.string().optional(),
  session: openSessionSchema.optional(),
  /** A touchpoint that was offered while another survey was open, waiting for "go on" or "begin the other". */
  offered: z.strictObject({ questionnaireId: z.string(), touchpointId: z.string() }).optional(),
  /**
   * The choices that stand beside the numbers of the last question asked at an address that shows numbers, each as the option ids that it
   * stands for, joined by commas.
   */
  numbered: z
    .strictObject({
      addressId: z.string(),
      sessionId: z.string(),
      questionId: z.string(),
      options: z.array(z.string()),
    })
    .optional(),
  /** The earliest moment at which one of the timers is due. */
  wakeAt: moment.optional(),
});

export type Contact = z.infer<typeof contactSchema>;

export const inboundStates = ['pending', 'handled', 'quarantined'] as const;

export const deliveryStates = [
  'queued',
  'claimed',
  'sent',
  'delivered',
  'read',
  'failed',
  'suppressed',
] as const;

export type DeliveryState = (typeof deliveryStates)[number];

const messageBase = {
  /** Rises within a contact in the order of storing; gaps are allowed. */
  seq: z.number().int().positive(),
  contactId: z.string(),
  addressId: z.string(),
  at: moment,
};

/** A message of the contact as it was stored before it was acknowledged. */
export const inboundRecordSchema = z.strictObject({
  ...messageBase,
  direction: z.literal('in'),
  /** `channel:account:providerMessageId`, unique over everything ever received. */
  key: z.string(),
  channel: z.string(),
  providerMessageId: z.string(),
  content: inboundMessageSchema.shape.content,
  state: z.enum(inboundStates),
  /** Failed attempts to handle it, and why it was put aside. */
  attempts: z.number().int().optional(),
  reason: z.string().optional(),
});

export type InboundRecord = z.infer<typeof inboundRecordSchema>;

/** A message to the contact: committed with its turn, then sent by the relay. */
export const outboundRecordSchema = z.strictObject({
  ...messageBase,
  direction: z.literal('out'),
  message: outboundMessageSchema,
  state: z.enum(deliveryStates),
  /** Claims so far. */
  attempts: z.number().int().optional(),
  /** Sends of this message whose outcome stayed unknown. */
  ambiguous: z.number().int().optional(),
  providerMessageId: z.string().optional(),
  /** While it waits: when it can be claimed as far as it is concerned itself, or claimed anew when nobody tells how the claim ended. */
  dueAt: moment.optional(),
  /** When the provider took it. */
  sentAt: moment.optional(),
  reason: z.string().optional(),
});

export type OutboundRecord = z.infer<typeof outboundRecordSchema>;

export type MessageRecord = InboundRecord | OutboundRecord;

/** An event of a session with what the projections need beside it. Folding a session's events gives its state again. */
export const storedEventSchema = z.strictObject({
  sessionId: z.string(),
  contactId: z.string(),
  event: eventSchema,
  /** With `started`: what was opened. */
  opened: z
    .strictObject({ questionnaireId: z.string(), revision: z.number().int(), touchpointId: z.string() })
    .optional(),
  addressId: z.string().optional(),
  /** With a reply: where it came from and what was said. */
  reply: z
    .strictObject({ providerMessageId: z.string(), rawText: z.string(), late: z.boolean().optional() })
    .optional(),
});

export type StoredEvent = z.infer<typeof storedEventSchema>;

/** An accepted answer with its channel context; one per session and question, the current one. */
export const answerSchema = z.strictObject({
  contactId: z.string(),
  sessionId: z.string(),
  questionnaireId: z.string(),
  revision: z.number().int(),
  questionId: z.string(),
  touchpointId: z.string(),
  /** The metric that the question feeds, where it feeds one. */
  metric: z.enum(['nps', 'csat', 'ces', 'empathy', 'trust']).optional(),
  kind: z.string(),
  value: answerValueSchema,
  /** What was said beside a score, in the contact's own words. */
  comment: z.string().optional(),
  rawText: z.string(),
  reading: readingSchema.optional(),
  inputMode: z.enum(['tap', 'typed', 'known', 'default']),
  language: languageSchema,
  channel: z.string(),
  addressId: z.string(),
  providerMessageId: z.string().optional(),
  askedAt: moment,
  answeredAt: moment,
  late: z.boolean(),
  correctedFrom: answerValueSchema.optional(),
});

export type Answer = z.infer<typeof answerSchema>;

export const responseStatuses = [
  'in_progress',
  'complete',
  'partial',
  'break_off',
  'screened_out',
  'refused',
  'opted_out',
] as const;

/** All answers of one session, seen from outside. */
export const responseSchema = z.strictObject({
  sessionId: z.string(),
  contactId: z.string(),
  questionnaireId: z.string(),
  revision: z.number().int(),
  touchpointId: z.string(),
  channel: z.string(),
  language: languageSchema,
  status: z.enum(responseStatuses),
  startedAt: moment,
  /** When the last answer was given or the session ended. */
  updatedAt: moment,
  endedAt: moment.optional(),
});

export type Response = z.infer<typeof responseSchema>;

export const caseStatuses = ['open', 'answered', 'returned', 'closed'] as const;

/** A talk with staff that the contact asked for. `answered`: staff wrote last; `open`: the contact waits. */
export const caseSchema = z.strictObject({
  id: z.string(),
  contactId: z.string(),
  sessionId: z.string().optional(),
  questionnaireId: z.string().optional(),
  touchpointId: z.string().optional(),
  language: languageSchema,
  channel: z.string(),
  /** Where the contact wrote last: staff answer there. */
  addressId: z.string(),
  status: z.enum(caseStatuses),
  openedAt: moment,
  updatedAt: moment,
  closedAt: moment.optional(),
  /** The ids of the last replies of staff, the newest last: a reply that is given again under its id is not sent again. */
  replyIds: z.array(z.string()).optional(),
});

export type Case = z.infer<typeof caseSchema>;

/**
 * How often each value was given: one count per questionnaire, question, touchpoint, channel, language, day (UTC) of the answer and
 * value. Every figure over all answers can be computed from these.
 */
export const totalSchema = z.strictObject({
  questionnaireId: z.string(),
  questionId: z.string(),
  touchpointId: z.string(),
  channel: z.string(),
  language: languageSchema,
  day: z.string(),
  /**
   * The value as JSON text; empty for free text and addresses. A multi_choice has an empty entry per answer, the base of its shares, and
   * one per chosen option.
   */
  value: z.string(),
  count: z.number().int(),
});

export type Total = z.infer<typeof totalSchema>;

/** A code that opens something, stored as its hash. Finding one whose time has passed finds nothing. */
export const credentialSchema = z.strictObject({
  hash: z.string(),
  kind: z.enum(['admin_link', 'staff_session', 'survey_link']),
  expiresAt: moment,
  createdAt: moment,
  /** With `survey_link`: what it opens, and for whom. */
  survey: z
    .strictObject({
      touchpointId: z.string(),
      contactId: z.string(),
      /** The session that it goes on with; absent where it opens one of its own. */
      sessionId: z.string().optional(),
    })
    .optional(),
});

export type Credential = z.infer<typeof credentialSchema>;
