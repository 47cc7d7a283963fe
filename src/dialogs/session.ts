import { z } from 'zod';
import { answerValueSchema } from './answer.ts';

/**
 * The engine's state of one conversation: where it stands and what was answered, nothing else (raw texts and channel context are in
 * the stored answers). It is plain JSON, at most 400 bytes for ten short answers, and grows with the answers only.
 *
 * Questions stand in the questionnaire in the order in which they can be asked, so the path that led here is the answered and
 * skipped questions in that order and needs no list of its own.
 */
export const sessionSchema = z.strictObject({
  /**
   * The question that waits for a reply; absent before the start and after the end. An expired session has an outcome and keeps it, so
   * that a late reply can still be taken.
   */
  at: z.string().optional(),
  /** Replies to the waiting question that could not be taken; absent means none. */
  tries: z.number().int().positive().optional(),
  /** A value that was read with doubt and waits for a yes. */
  confirm: answerValueSchema.optional(),
  /** What was said beside that value. */
  comment: z.string().optional(),
  answers: z.record(z.string(), answerValueSchema).readonly(),
  /** Questions passed without an answer, by the contact's wish or after the last try. */
  skipped: z.array(z.string()).readonly().optional(),
  /**
   * Answers that were given before their question was reached, by Back or as facts: taken up without asking when it is reached, withdrawn
   * at the end when it is not.
   */
  held: z.record(z.string(), answerValueSchema).readonly().optional(),
  /** Questions whose answers came as facts; they were never asked, so Back passes over them. */
  known: z.array(z.string()).readonly().optional(),
  /** How the conversation ended; absent while it is open. */
  outcome: z.enum(['complete', 'screened_out', 'refused', 'partial', 'break_off']).optional(),
});

export type Session = z.infer<typeof sessionSchema>;

/** How a conversation ended. */
export type SessionOutcome = NonNullable<Session['outcome']>;

/** How a conversation ends by itself, rather than by being left. */
export type Ending = Extract<SessionOutcome, 'complete' | 'screened_out' | 'refused'>;
