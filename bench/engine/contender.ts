/** What a turn leaves behind: the state as JSON text, and the ids of the sentences to say. */
export interface Turn {
  readonly state: string;
  readonly said: readonly string[];
}

/**
 * One way to hold the bench conversation. State goes in and out as JSON text with every turn, as it does where a conversation may go on in
 * another process.
 */
export interface Contender {
  /** A conversation that waits for its first reply. */
  begin(): Turn | Promise<Turn>;
  /** Reads a typed reply and goes on. */
  turn(state: string, reply: string): Turn | Promise<Turn>;
  /** The answers so far, by question. */
  answers(state: string): Readonly<Record<string, unknown>>;
}

/** Holds a whole conversation and gives every turn, the opening one first. */
export async function converse(contender: Contender, replies: readonly string[]): Promise<Turn[]> {
  let turn = await contender.begin();
  const turns = [turn];
  for (const reply of replies) {
    turn = await contender.turn(turn.state, reply);
    turns.push(turn);
  }
  return turns;
}
