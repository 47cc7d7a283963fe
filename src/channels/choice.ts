import { type Command, commandSchema } from '../dialogs/understanding/reading.ts';

/**
 * What a button carries: the session and question that it belongs to and what was chosen, so that a tap on an old button is recognised
 * as such. `!yes` and `!no` answer "did you mean"; a command token stands for a reserved word and belongs to no question.
 */
export type Choice =
  | {
      readonly kind: 'options';
      readonly sessionId: string;
      readonly questionId: string;
      readonly optionIds: readonly string[];
    }
  /** A part of a long scale, chosen in the first of two steps; one of its options is chosen in the second. */
  | {
      readonly kind: 'group';
      readonly sessionId: string;
      readonly questionId: string;
      readonly optionIds: readonly string[];
    }
  | {
      readonly kind: 'confirmation';
      readonly sessionId: string;
      readonly questionId: string;
      readonly confirmed: boolean;
    }
  | { readonly kind: 'command'; readonly command: Command }
  /** The reply to "you have an open survey": go on with it, or close it and begin the other. */
  | { readonly kind: 'conflict'; readonly resolution: 'continue' | 'switch' };

/** Writes a choice as a token of at most 256 characters from `A-Za-z0-9._,:!-`. */
export function encodeChoice(choice: Choice): string {
  switch (choice.kind) {
    case 'options':
      return `${choice.sessionId}.${choice.questionId}.${choice.optionIds.join(',')}`;
    case 'group':
      return `${choice.sessionId}.${choice.questionId}.!of:${choice.optionIds.join(',')}`;
    case 'confirmation':
      return `${choice.sessionId}.${choice.questionId}.${choice.confirmed ? '!yes' : '!no'}`;
    case 'command':
      return `!${choice.command}`;
    case 'conflict':
      return `!!${choice.resolution}`;
  }
}

/** Reads a token; undefined when it is not one of ours. */
export function decodeChoice(token: string): Choice | undefined {
  if (token === '!!continue' || token === '!!switch') {
    return { kind: 'conflict', resolution: token === '!!switch' ? 'switch' : 'continue' };
  }
  if (token.startsWith('!')) {
    const command = commandSchema.safeParse(token.slice(1));
    return command.success ? { kind: 'command', command: command.data } : undefined;
  }
  const [sessionId, questionId, chosen, ...rest] = token.split('.');
  if (!sessionId || !questionId || !chosen || rest.length > 0) return undefined;
  if (chosen === '!yes' || chosen === '!no') {
    return { kind: 'confirmation', sessionId, questionId, confirmed: chosen === '!yes' };
  }
  if (chosen.startsWith('!of:')) {
    return { kind: 'group', sessionId, questionId, optionIds: chosen.slice('!of:'.length).split(',') };
  }
  return { kind: 'options', sessionId, questionId, optionIds: chosen.split(',') };
}
