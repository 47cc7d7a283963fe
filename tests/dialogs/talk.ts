import {
  type Effect,
  type Event,
  type Language,
  type MessageEffect,
  prepareQuestionnaire,
  type QuestionnaireDocument,
  readReply,
  readTap,
  type Session,
  startSession,
  step,
} from '../../src/dialogs/index.ts';

const at = '2026-05-04T09:00:00.000Z';

/** A conversation with the engine alone. The session is stored as JSON and read again before every step, as it is in production. */
export class Talk {
  readonly questionnaire;
  readonly events: Event[] = [];
  language: Language = 'en';
  channel = 'web';
  attributes: Record<string, string | number | boolean> = {};
  effects: readonly Effect[] = [];
  #stored = JSON.stringify(startSession());

  constructor(document: QuestionnaireDocument) {
    this.questionnaire = prepareQuestionnaire(document);
  }

  get session(): Session {
    return JSON.parse(this.#stored);
  }

  get stored(): string {
    return this.#stored;
  }

  /** The step's message, if it had one. */
  get message(): MessageEffect | undefined {
    return this.effects.find((effect) => effect.type === 'message');
  }

  /** The ids of the texts that were said. */
  get said(): string[] {
    return this.message?.texts.map(({ key }) => key) ?? [];
  }

  /** What happened besides the message, in short. */
  get happened(): string[] {
    return this.effects.filter(({ type }) => type !== 'message').map(describeEffect);
  }

  start(known?: Extract<Event, { type: 'started' }>['known']): this {
    return this.happen({ type: 'started', at, context: this.context, ...(known && { known }) });
  }

  /** Types replies, one after the other. */
  say(...texts: string[]): this {
    for (const text of texts) {
      const { reading, subject } = readReply(this.questionnaire, this.session, text, {
        language: this.language,
        now: at,
        timeZone: 'Asia/Jerusalem',
        region: 'IL',
      });
      this.happen({ type: 'replied', at, context: this.context, reading, subject, inputMode: 'typed' });
    }
    return this;
  }

  tap(questionId: string, ...optionIds: string[]): this {
    const reading = readTap(this.questionnaire, questionId, optionIds, this.language);
    return this.happen({
      type: 'replied',
      at,
      context: this.context,
      reading,
      subject: 'question',
      inputMode: 'tap',
      tapped: questionId,
    });
  }

  /** A reply whose reading is given, for what the parser does not do on every day. */
  reply(
    reading: Extract<Event, { type: 'replied' }>['reading'],
    subject: 'question' | 'confirmation' = 'question',
  ): this {
    return this.happen({ type: 'replied', at, context: this.context, reading, subject, inputMode: 'typed' });
  }

  pass(type: 'media_received' | 'resumed' | 'reminded' | 'expired' | 'closed'): this {
    return this.happen({ type, at, context: this.context });
  }

  happen(event: Event): this {
    const stored: Event = JSON.parse(JSON.stringify(event));
    const { session, effects } = step(this.questionnaire, this.session, stored);
    this.#stored = JSON.stringify(session);
    this.events.push(stored);
    this.effects = effects;
    return this;
  }

  get context() {
    const { channel, language, attributes } = this;
    return { channel, language, ...(Object.keys(attributes).length > 0 && { attributes }) };
  }
}

/** "accepted score 8", "asked why", "ended complete" */
function describeEffect(effect: Effect): string {
  switch (effect.type) {
    case 'answer_accepted': {
      const { questionId, value, source, correctedFrom, comment } = effect;
      const notes = [
        source !== 'reply' && source,
        correctedFrom !== undefined && `was ${JSON.stringify(correctedFrom)}`,
        comment !== undefined && `comment ${comment}`,
      ].filter(Boolean);
      return ['accepted', questionId, JSON.stringify(value), ...notes].join(' ');
    }
    case 'answer_rejected':
      return `rejected ${effect.questionId} ${effect.reason}`;
    case 'answer_retracted':
      return `retracted ${effect.questionId}`;
    case 'question_asked':
      return `asked ${effect.questionId}`;
    case 'question_skipped':
      return `skipped ${effect.questionId} by ${effect.by}`;
    case 'session_ended':
      return `ended ${effect.outcome}`;
    case 'language_chosen':
      return `language ${effect.language}`;
    default:
      return effect.type;
  }
}
