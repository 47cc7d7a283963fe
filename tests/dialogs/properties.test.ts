import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Condition,
  type Event,
  evaluateCondition,
  eventSchema,
  inspect,
  prepareQuestionnaire,
  progress,
  type Questionnaire,
  questionnaireSchema,
  readReply,
  readTap,
  replay,
  type Session,
  sessionSchema,
  startSession,
  step,
} from '../../src/dialogs/index.ts';
import { readExamples } from '../support/examples.ts';
import { anyDocument, anyEvent, anyStart, anyText, nastyTexts } from './arbitraries.ts';

const anyConversation = fc.record({
  document: fc.oneof(
    { weight: 4, arbitrary: anyDocument },
    { weight: 1, arbitrary: fc.constantFrom(...readExamples().values()) },
  ),
  start: anyStart,
  events: fc.array(anyEvent, { maxLength: 25 }),
});

const circumstances = {
  language: 'en',
  now: '2026-05-04T09:00:00Z',
  timeZone: 'Asia/Jerusalem',
  region: 'IL',
} as const;
const context = { channel: 'web', language: 'en' } as const;

/** Runs a conversation with the session stored as JSON between the steps, and shows each step. */
function run(
  questionnaire: Questionnaire,
  events: readonly Event[],
  see: (before: Session, event: Event, after: ReturnType<typeof step>) => void = () => undefined,
): string {
  let stored = JSON.stringify(startSession());
  for (const event of events) {
    const before: Session = deepFreeze(JSON.parse(stored));
    const after = step(questionnaire, before, deepFreeze(event));
    stored = JSON.stringify(after.session);
    see(before, event, after);
  }
  return stored;
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

describe('whatever happens', () => {
  test('[D40] a step throws nothing, changes nothing that it is given, and gives a session that can be stored', () => {
    fc.assert(
      fc.property(anyConversation, ({ document, start, events }) => {
        const questionnaire = prepareQuestionnaire(document);
        run(questionnaire, [start, ...events], (_before, _event, { session }) => {
          expect(sessionSchema.parse(JSON.parse(JSON.stringify(session)))).toEqual(
            JSON.parse(JSON.stringify(session)),
          );
          if (session.at !== undefined) expect(questionnaire.byId.has(session.at)).toBe(true);
        });
      }),
    );
  });

  test('[D6] a step says at most one message, and that comes last', () => {
    fc.assert(
      fc.property(anyConversation, ({ document, start, events }) => {
        run(prepareQuestionnaire(document), [start, ...events], (_before, _event, { effects }) => {
          expect(effects.findIndex(({ type }) => type === 'message')).toBeOneOf([-1, effects.length - 1]);
          expect(new Set(effects.map((effect) => JSON.stringify(effect))).size).toBe(effects.length);
        });
      }),
    );
  });

  test('[D10] only what a question takes is an answer, and only a question that applies waits', () => {
    fc.assert(
      fc.property(anyConversation, ({ document, start, events }) => {
        const questionnaire = prepareQuestionnaire(document);
        run(questionnaire, [start, ...events], (before, event, { session, effects }) => {
          for (const [id, value] of Object.entries({ ...session.answers, ...session.held })) {
            const question = questionnaire.byId.get(id);
            expect(question?.kind.check(question.question, value)).toBeUndefined();
          }
          const asked = effects.find((effect) => effect.type === 'question_asked');
          const when = asked && questionnaire.byId.get(asked.questionId)?.when;
          // Back leads to a question that applied when it was asked.
          if (when && !wentBack(event))
            expect(evaluateCondition(when, session.answers, event.context)).toBe(true);
          if (before.outcome && before.at === undefined) expect(session.answers).toEqual(before.answers);
        });
      }),
    );
  });

  test('[D20] what was recorded and not withdrawn is what the session holds', () => {
    fc.assert(
      fc.property(anyConversation, ({ document, start, events }) => {
        const recorded = new Map<string, unknown>();
        run(prepareQuestionnaire(document), [start, ...events], (_before, _event, { session, effects }) => {
          for (const effect of effects) {
            if (effect.type === 'answer_accepted') recorded.set(effect.questionId, effect.value);
            if (effect.type === 'answer_retracted') expect(recorded.delete(effect.questionId)).toBe(true);
          }
          expect({ ...session.answers, ...session.held }).toEqual(Object.fromEntries(recorded));
        });
      }),
    );
  });

  test('[D41] replaying the stored events gives the stored session, byte for byte', () => {
    fc.assert(
      fc.property(anyConversation, ({ document, start, events }) => {
        const questionnaire = prepareQuestionnaire(document);
        const stored = run(questionnaire, [start, ...events]);
        const again: Event[] = JSON.parse(JSON.stringify([start, ...events]));
        expect(JSON.stringify(replay(questionnaire, again))).toBe(stored);
        expect(
          JSON.stringify(replay(prepareQuestionnaire(JSON.parse(JSON.stringify(document))), again)),
        ).toBe(stored);
      }),
    );
  });

  test('[D43] progress never goes back except by Back and restart', () => {
    fc.assert(
      fc.property(anyConversation, ({ document, start, events }) => {
        const questionnaire = prepareQuestionnaire(document);
        run(questionnaire, [start, ...events], (before, event, { session }) => {
          const { fraction, remainingMax } = progress(questionnaire, session);
          expect(fraction).toBeGreaterThanOrEqual(0);
          expect(fraction).toBeLessThanOrEqual(1);
          expect(remainingMax).toBeGreaterThanOrEqual(0);
          if (!wentBack(event))
            expect(fraction).toBeGreaterThanOrEqual(progress(questionnaire, before).fraction);
        });
      }),
    );
  });

  test('[D12] [D40] replies that cannot be taken come to an end', () => {
    const event: Event = {
      type: 'replied',
      at: '2026-05-04T09:00:00Z',
      context,
      reading: { outcome: 'invalid', reason: 'unclear', rule: 'any', language: 'en' },
      subject: 'question',
      inputMode: 'typed',
    };
    fc.assert(
      fc.property(anyDocument, anyStart, (document, start) => {
        const questionnaire = prepareQuestionnaire(document);
        let { session } = step(questionnaire, startSession(), start);
        for (let replies = 0; !session.outcome; replies += 1) {
          expect(replies).toBeLessThanOrEqual(questionnaire.questions.length * 5);
          const next = step(questionnaire, session, event);
          if (next.effects.some(({ type }) => type === 'human_requested')) return;
          session = next.session;
        }
      }),
    );
  });
});

function wentBack(event: Event): boolean {
  return (
    event.type === 'replied' &&
    event.reading.outcome === 'command' &&
    (event.reading.command === 'back' || event.reading.command === 'restart')
  );
}

describe('whatever is typed', () => {
  test('[D44] is read, stored and answered', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...readExamples().values()),
        fc.array(anyText, { maxLength: 20 }),
        (document, texts) => {
          const questionnaire = prepareQuestionnaire(document);
          let session = step(questionnaire, startSession(), {
            type: 'started',
            at: circumstances.now,
            context,
          }).session;
          for (const text of texts) {
            const { reading, subject } = readReply(questionnaire, session, text, circumstances);
            const event: Event = {
              type: 'replied',
              at: circumstances.now,
              context,
              reading,
              subject,
              inputMode: 'typed',
            };
            expect(eventSchema.parse(JSON.parse(JSON.stringify(event)))).toEqual(
              JSON.parse(JSON.stringify(event)),
            );
            const next = step(questionnaire, session, event);
            expect(next.effects.length).toBeGreaterThan(0);
            session = JSON.parse(JSON.stringify(next.session));
          }
        },
      ),
    );
  });

  test.each(nastyTexts)('[D44] %j as the id of a question or a choice is harmless', (text) => {
    for (const document of readExamples().values()) {
      const questionnaire = prepareQuestionnaire(document);
      const { session } = step(questionnaire, startSession(), {
        type: 'started',
        at: circumstances.now,
        context,
      });
      for (const [questionId, optionIds] of [
        [text, ['yes']],
        [session.at ?? '', [text]],
        [text, [text, text]],
      ] as const) {
        expect(readTap(questionnaire, questionId, optionIds, 'en')).toMatchObject({
          reason: 'not_an_option',
        });
      }
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
  });
});

test('[D1] a document is the same after it was stored', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      expect(questionnaireSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
    }),
  );
});

test('[D51] any document can be inspected, and each finding is found once', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const findings = inspect(document).map((finding) => JSON.stringify(finding));
      expect(new Set(findings).size).toBe(findings.length);
    }),
  );
});

test('[D4] a comparison without a value is false, whatever it compares with', () => {
  const operators = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const;
  const literal = fc.oneof(fc.integer(), fc.boolean(), anyText);
  fc.assert(
    fc.property(
      fc.constantFrom(...operators),
      literal,
      fc.constantFrom('missing', 'constructor'),
      (op, value, answer) => {
        const condition: Condition = { op, of: { answer }, value };
        expect(evaluateCondition(condition, {}, context)).toBe(false);
      },
    ),
  );
});

test('[D42] ten short answers take at most 400 bytes', () => {
  const ids = [
    'recommend',
    'reason',
    'delivered',
    'condition',
    'courier',
    'price',
    'again',
    'channel',
    'score',
    'contact',
  ];
  const session: Session = {
    at: 'contact',
    answers: Object.fromEntries(
      ids.map((id, index) => [id, index % 3 === 0 ? index : index % 3 === 1 ? 'late' : ['late', 'rude']]),
    ),
    tries: 1,
    skipped: ['delivered'],
  };
  expect(Buffer.byteLength(JSON.stringify(sessionSchema.parse(session)))).toBeLessThanOrEqual(400);
});
