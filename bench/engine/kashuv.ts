import {
  type Event,
  prepareQuestionnaire,
  readReply,
  type Session,
  type Step,
  startSession,
  step,
} from '../../src/dialogs/index.ts';
import type { Contender, Turn } from './contender.ts';
import { document, moment, timeZone } from './conversation.ts';

const questionnaire = prepareQuestionnaire(document);
const context = { channel: 'web', language: 'he' } as const;
const circumstances = { language: 'he', now: moment, timeZone, region: 'IL' } as const;

/** Kashuv's engine: `readReply`, then `step`. */
export const contender: Contender = {
  begin: () => turnOf(step(questionnaire, startSession(), { type: 'started', at: moment, context })),

  turn(state, reply) {
    const session: Session = JSON.parse(state);
    const { reading, subject } = readReply(questionnaire, session, reply, circumstances);
    const event: Event = { type: 'replied', at: moment, context, reading, subject, inputMode: 'typed' };
    return turnOf(step(questionnaire, session, event));
  },

  answers(state) {
    const session: Session = JSON.parse(state);
    return session.answers;
  },
};

function turnOf({ session, effects }: Step): Turn {
  const said: string[] = [];
  for (const effect of effects) {
    if (effect.type === 'message') for (const { key } of effect.texts) said.push(key);
  }
  return { state: JSON.stringify(session), said };
}
