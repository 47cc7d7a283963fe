import { answerOrders } from '../child.ts';
import type { Contender, Turn } from './contender.ts';
import { orderSchema, type Round } from './round.ts';

// A process of its own for each contender, so that nobody pays for another's heap. Answers each order with a round.

answerOrders(async (message) => {
  const { module, replies, milliseconds } = orderSchema.parse(message);
  const { contender }: { contender: Contender } = await import(module);
  return await playRound(contender, replies, milliseconds);
});

async function playRound(
  contender: Contender,
  replies: readonly string[],
  milliseconds: number,
): Promise<Round> {
  const turns: number[] = [];
  let stateBytesMax = 0;
  let answers: Round['answers'] = {};
  const cpuBefore = process.cpuUsage();
  const end = performance.now() + milliseconds;
  do {
    let { state } = await contender.begin();
    for (const reply of replies) {
      const before = performance.now();
      const pending = contender.turn(state, reply);
      const turn: Turn = pending instanceof Promise ? await pending : pending;
      turns.push((performance.now() - before) * 1000);
      state = turn.state;
      stateBytesMax = Math.max(stateBytesMax, Buffer.byteLength(state));
    }
    answers = contender.answers(state);
  } while (performance.now() < end);
  const { user, system } = process.cpuUsage(cpuBefore);
  return { turns, cpuMicrosecondsPerTurn: (user + system) / turns.length, stateBytesMax, answers };
}
