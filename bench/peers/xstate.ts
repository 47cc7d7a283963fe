import { assign, initialTransition, setup, transition } from 'xstate';
import type { Contender, Turn } from '../engine/contender.ts';
import { cleaned, hints, readAnswer, type Value } from '../engine/hand-written-reading.ts';
import { commands } from '../engine/hand-written-words.ts';

interface Context {
  readonly answers: Readonly<Record<string, Value>>;
  readonly tries: number;
  readonly skipped: readonly string[];
}

type Reply =
  | { readonly type: 'answered'; readonly question: string; readonly value: Value }
  | { readonly type: 'rejected'; readonly question: string; readonly reason: string };

const triesMax = 3;

const { createMachine } = setup({
  types: {} as { context: Context; events: Reply },
  actions: {
    accept: assign(({ context, event }) =>
      event.type === 'answered'
        ? { answers: { ...context.answers, [event.question]: event.value }, tries: 0 }
        : {},
    ),
    countTry: assign({ tries: ({ context }) => context.tries + 1 }),
    skip: assign(({ context, event }) =>
      event.type === 'rejected' ? { skipped: [...context.skipped, event.question], tries: 0 } : {},
    ),
    say: (_, _params: { readonly keys: readonly string[] }) => undefined,
  },
  guards: {
    lastTry: ({ context }) => context.tries + 1 >= triesMax,
    lowScore: ({ event }) => event.type === 'answered' && Number(event.value) <= 6,
    saidNo: ({ event }) => event.type === 'answered' && event.value === false,
  },
});

function question(
  id: string,
  next: string,
  branch?: { readonly guard: 'lowScore' | 'saidNo'; readonly to: string },
) {
  const accepted = { target: next, actions: 'accept' } as const;
  return {
    entry: { type: 'say', params: { keys: [`questions.${id}.prompt`] } },
    on: {
      answered: branch ? [{ ...accepted, target: branch.to, guard: branch.guard }, accepted] : accepted,
      rejected: [
        {
          guard: 'lastTry',
          target: next,
          actions: ['skip', { type: 'say', params: { keys: ['moving_on'] } }],
        },
        {
          actions: [
            'countTry',
            {
              type: 'say',
              params: ({ event }: { event: Reply }) => ({
                keys: event.type === 'rejected' ? [`reasons.${event.reason}`, hints[id] ?? ''] : [],
              }),
            },
          ],
        },
      ],
    },
  } as const;
}

const machine = createMachine({
  initial: 'recommend',
  context: { answers: {}, tries: 0, skipped: [] },
  states: {
    recommend: question('recommend', 'arrived', { guard: 'lowScore', to: 'disappointed' }),
    disappointed: question('disappointed', 'arrived'),
    arrived: question('arrived', 'arrived_on', { guard: 'saidNo', to: 'comment' }),
    arrived_on: question('arrived_on', 'satisfaction'),
    satisfaction: question('satisfaction', 'ease'),
    ease: question('ease', 'chosen_by'),
    chosen_by: question('chosen_by', 'liked'),
    liked: question('liked', 'calls'),
    calls: question('calls', 'courier'),
    courier: question('courier', 'comment'),
    comment: question('comment', 'end'),
    end: { type: 'final', entry: { type: 'say', params: { keys: ['end'] } } },
  },
});

/**
 * The bench conversation as an xstate machine: a state for each question, guards for the branches, tries in the context, sentences as
 * actions. Replies are read by the hand-written readers, then comes the pure `transition`; of the snapshot only value and context are
 * kept, which is the least that `resolveState` needs.
 */
export const contender: Contender = {
  begin: () => turnOf(initialTransition(machine)),

  turn(stateText, text) {
    const stored = JSON.parse(stateText);
    const reply = cleaned(text);
    const command = commands.get(reply);
    if (command !== undefined) return { state: stateText, said: [command] };
    const at: string = stored.value;
    const read = readAnswer(at, reply, text);
    const event: Reply =
      read.reason === undefined
        ? { type: 'answered', question: at, value: read.value }
        : { type: 'rejected', question: at, reason: read.reason };
    return turnOf(transition(machine, machine.resolveState(stored), event));
  },

  answers: (stateText) => JSON.parse(stateText).context.answers,
};

function turnOf([{ value, context }, actions]: ReturnType<typeof initialTransition<typeof machine>>): Turn {
  const said: string[] = [];
  for (const { type, params } of actions) {
    if (type === 'say' && params && 'keys' in params && Array.isArray(params.keys)) said.push(...params.keys);
  }
  return { state: JSON.stringify({ value, context }), said };
}
