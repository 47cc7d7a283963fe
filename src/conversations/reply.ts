import { type Choice, decodeChoice } from '../channels/choice.ts';
import type { MessageEffect } from '../dialogs/effect.ts';
import type { Event } from '../dialogs/event.ts';
import { type Questionnaire, type Reading, readReply, readTap, understand } from '../dialogs/index.ts';
import type { Command } from '../dialogs/understanding/reading.ts';
import type { Address, InboundRecord, OpenSession, StoredEvent } from '../store/records.ts';
import { labelOf } from '../texts/index.ts';
import { advance, contextOf } from './advance.ts';
import { openCase, waitForStaff } from './cases.ts';
import { compose } from './compose.ts';
import { readConflict, resolveConflict } from './conflict.ts';
import { type Draft, without } from './draft.ts';
import type { TurnEnvironment } from './environment.ts';
import { optIn, optOut } from './opt-out.ts';
import { readShownNumber } from './shown-number.ts';

export interface ReplyRequest {
  readonly environment: TurnEnvironment;
  readonly draft: Draft;
  readonly record: InboundRecord;
  /** The questionnaire of the contact's session, where there is one. */
  readonly questionnaire: Questionnaire | undefined;
  /** The questionnaire that was offered instead of it, where one was. */
  readonly offered: Questionnaire | undefined;
  /** Nothing new begins with what was offered: it was paused since. */
  readonly offeredPaused: boolean;
}

/** Decides what a message of the contact causes. Where the provider has answered an opt-out or opt-in itself, nothing is said. */
export function decideReply(request: ReplyRequest): void {
  const { draft, record } = request;
  const wasOptedOut = draft.contact.optedOutAt !== undefined;
  draft.handled.push(record.seq);
  decide(request);
  const { taken, answered } = providerOf(record) ?? {};
  if (answered && (taken === 'opt_out' || wasOptedOut)) draft.hush();
}

/**
 * An opt-out wins over everything, staff over the bot, an open offer over the session, and the session over commands that need none.
 */
function decide(request: ReplyRequest): void {
  const { environment, draft, record, questionnaire } = request;
  const address = draft.contact.addresses.find((candidate) => candidate.id === record.addressId);
  if (!address) throw new Error(`Contact ${draft.contact.id} has no address ${record.addressId}`);

  const choice = record.content.kind === 'choice' ? decodeChoice(record.content.choice) : undefined;
  const command = commandOf(environment, draft, record, choice);
  const { session } = draft.contact;

  if (draft.contact.optedOutAt !== undefined) {
    if (command === 'start') optIn(environment, draft, address);
    return;
  }
  if (draft.openCase) {
    if (command !== 'stop') waitForStaff(draft, address);
    else if (session && questionnaire)
      replyToSession({ environment, draft, record, questionnaire, session, address, choice });
    else optOut(environment, draft, address);
    return;
  }
  const conflict = draft.contact.offered && readConflict(environment, draft, record, choice);
  if (conflict && request.offered) {
    resolveConflict(environment, draft, {
      conflict,
      address,
      questionnaire,
      offered: request.offered,
      paused: request.offeredPaused,
    });
    return;
  }
  // Whoever answers the open question has chosen to go on with it.
  if (draft.contact.offered) draft.contact = without(draft.contact, 'offered');
  if (session && questionnaire) {
    replyToSession({ environment, draft, record, questionnaire, session, address, choice });
    return;
  }
  replyWithoutSession(environment, draft, address, command, choice);
}

interface SessionReply {
  readonly environment: TurnEnvironment;
  readonly draft: Draft;
  readonly record: InboundRecord;
  readonly questionnaire: Questionnaire;
  readonly session: OpenSession;
  readonly address: Address;
  readonly choice: Choice | undefined;
}

function replyToSession(reply: SessionReply): void {
  const { environment, draft, record, questionnaire, session, address, choice } = reply;
  const context = contextOf(draft, questionnaire, address);
  const { at } = draft;
  if (record.content.kind === 'media') {
    const event: Event = { type: 'media_received', at, context };
    advance({ environment, draft, questionnaire, session, address, event });
    return;
  }
  if (choice?.kind === 'group' && choice.sessionId === session.id && choice.questionId === session.state.at) {
    draft.send(
      address.id,
      compose(environment, draft.contact, questionnaire, address, session, secondStep(reply, choice)),
    );
    return;
  }
  const event = repliedEvent(reply, record.content);
  const rawText = record.content.kind === 'text' ? record.content.text : tappedLabel(reply);
  const stored: StoredEvent['reply'] = {
    providerMessageId: record.providerMessageId,
    rawText,
    ...(session.expired && { late: true }),
  };
  advance({ environment, draft, questionnaire, session, address, event, reply: stored });
}

function repliedEvent(
  { environment, draft, questionnaire, session, address, choice }: SessionReply,
  content: Exclude<InboundRecord['content'], { kind: 'media' }>,
): Event {
  const base = { type: 'replied', at: draft.at, context: contextOf(draft, questionnaire, address) } as const;
  const { language } = draft.contact;
  if (content.kind === 'text') {
    const shown = readAsShown({ environment, draft, questionnaire, session, address }, content.text);
    if (content.byProvider?.taken === 'opt_out') {
      const reading: Reading = { outcome: 'command', command: 'stop', rule: 'provider', language };
      return { ...base, reading, subject: 'question', inputMode: 'typed' };
    }
    if (shown) return { ...base, reading: shown, subject: 'question', inputMode: 'typed' };
    const { reading, subject } = readReply(questionnaire, session.state, content.text, {
      language,
      now: draft.at,
      timeZone: environment.timeZone,
      region: environment.region,
    });
    return { ...base, reading, subject, inputMode: 'typed' };
  }
  if (choice?.kind === 'command')
    return { ...base, ...tap({ outcome: 'command', command: choice.command, rule: 'tap', language }) };
  if (choice?.kind === 'confirmation' && choice.sessionId === session.id) {
    const reading: Reading = {
      outcome: 'answer',
      value: choice.confirmed,
      confidence: 'take',
      rule: 'tap',
      language,
    };
    return { ...base, ...tap(reading), subject: 'confirmation', tapped: choice.questionId };
  }
  if ((choice?.kind === 'options' || choice?.kind === 'group') && choice.sessionId === session.id) {
    const reading = readTap(questionnaire, choice.questionId, choice.optionIds, language);
    return { ...base, ...tap(reading), tapped: choice.questionId };
  }
  // A button of another session, or a token that nobody offered: it belongs to no question of this session.
  return {
    ...base,
    ...tap({ outcome: 'invalid', reason: 'not_an_option', rule: 'foreign_tap', language }),
    tapped: '',
  };
}

/** What a number means that stood beside a choice of the waiting question; undefined when the reply is no such number. */
function readAsShown(
  {
    environment,
    draft,
    questionnaire,
    session,
    address,
  }: Pick<SessionReply, 'environment' | 'draft' | 'questionnaire' | 'session' | 'address'>,
  text: string,
): Reading | undefined {
  const { numbered, language } = draft.contact;
  const waits = numbered?.sessionId === session.id && numbered.questionId === session.state.at;
  if (!numbered || !waits || session.state.confirm !== undefined) return undefined;
  const { timeZone, region } = environment;
  const circumstances = { language, now: draft.at, timeZone, region };
  const shown = readShownNumber(numbered, { addressId: address.id, text, circumstances });
  if (!shown) return undefined;
  const reading = readTap(questionnaire, numbered.questionId, shown.optionIds, shown.language);
  if (reading.outcome !== 'answer') return undefined;
  return { ...reading, rule: 'shown_number', ...(shown.comment !== undefined && { comment: shown.comment }) };
}

/** Of a long scale the contact has chosen a part: now the values within it are offered. */
function secondStep(
  { questionnaire, draft }: Pick<SessionReply, 'questionnaire' | 'draft'>,
  { questionId, optionIds }: Extract<Choice, { kind: 'group' }>,
): MessageEffect {
  const candidates = optionIds.flatMap((id) => {
    const reading = readTap(questionnaire, questionId, [id], draft.contact.language);
    return reading.outcome === 'answer' ? [reading.value] : [];
  });
  return {
    type: 'message',
    texts: [{ from: 'system', key: 'exact_value' }],
    question: questionId,
    candidates,
  };
}

function tap(reading: Reading) {
  return { reading, subject: 'question', inputMode: 'tap' } as const;
}

/** What the customer saw on the button that they tapped, or the token when the button is not of this session. */
function tappedLabel({ environment, draft, record, questionnaire, choice }: SessionReply): string {
  const token = record.content.kind === 'choice' ? record.content.choice : '';
  if (choice?.kind !== 'options' && choice?.kind !== 'group') return token;
  const { texts } = environment;
  const { language } = draft.contact;
  return choice.optionIds
    .map((id) => labelOf(texts, questionnaire, choice.questionId, id, language) ?? id)
    .join(', ');
}

function replyWithoutSession(
  environment: TurnEnvironment,
  draft: Draft,
  address: Address,
  command: Command | undefined,
  choice: Choice | undefined,
): void {
  switch (command) {
    case 'stop':
      optOut(environment, draft, address);
      return;
    case 'human':
      openCase(environment, draft, address);
      return;
    case 'language:he':
    case 'language:en':
      draft.contact = { ...draft.contact, language: command === 'language:he' ? 'he' : 'en' };
      draft.say(environment, address.id, 'language_switched');
      return;
    case 'help':
      draft.say(environment, address.id, 'help');
      return;
    default:
      draft.say(environment, address.id, choice ? 'survey_closed' : 'nothing_open');
  }
}

/** The reserved word that a message is, if it is one: a button that stands for it, or the word and nothing else. */
function commandOf(
  environment: TurnEnvironment,
  draft: Draft,
  record: InboundRecord,
  choice: Choice | undefined,
): Command | undefined {
  if (choice) return choice.kind === 'command' ? choice.command : undefined;
  if (record.content.kind !== 'text') return undefined;
  const { contact } = draft;
  const taken = providerOf(record)?.taken;
  if (taken === 'opt_out') return 'stop';
  if (taken === 'opt_in' && contact.optedOutAt !== undefined) return 'start';
  // Inside a session the engine reads the word together with the question; here only what stands outside of it needs it.
  if (contact.session && !contact.optedOutAt && !draft.openCase) return undefined;
  const reading = understand({
    question: anyReply,
    text: record.content.text,
    language: contact.language,
    now: draft.at,
    timeZone: environment.timeZone,
    region: environment.region,
  });
  return reading.outcome === 'command' ? reading.command : undefined;
}

function providerOf({ content }: InboundRecord) {
  return content.kind === 'text' ? content.byProvider : undefined;
}

const anyReply = { kind: 'info' } as const;
