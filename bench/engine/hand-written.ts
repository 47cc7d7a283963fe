import type { Contender, Turn } from './contender.ts';
import { cleaned, hints, readAnswer, type Value } from './hand-written-reading.ts';
import { commands } from './hand-written-words.ts';

interface State {
  at?: string;
  tries?: number;
  answers: Record<string, Value>;
  skipped?: string[];
  outcome?: string;
}

const triesMax = 3;

/**
 * The bench conversation as a careful programmer writes it by hand: switches over the question, every reply checked, three tries, the
 * words that must work everywhere, and a small state. It knows nothing but this one questionnaire.
 */
export const contender: Contender = {
  begin: () => ask({ answers: {} }, 'recommend'),

  turn(stateText, text) {
    const state: State = JSON.parse(stateText);
    const reply = cleaned(text);
    const command = commands.get(reply);
    if (command !== undefined) return obey(state, command);
    const { at } = state;
    if (at === undefined) return say(state, ['survey_closed']);
    const read = readAnswer(at, reply, text);
    if (read.reason !== undefined) return reject(state, at, read.reason);
    state.answers[at] = read.value;
    return goOn(state, at);
  },

  answers(stateText) {
    const { answers }: State = JSON.parse(stateText);
    return answers;
  },
};

function goOn(state: State, from: string, said: readonly string[] = []): Turn {
  switch (from) {
    case 'recommend':
      return ask(state, Number(state.answers.recommend ?? 10) <= 6 ? 'disappointed' : 'arrived', said);
    case 'disappointed':
      return ask(state, 'arrived', said);
    case 'arrived':
      return ask(state, state.answers.arrived === false ? 'comment' : 'arrived_on', said);
    case 'arrived_on':
      return ask(state, 'satisfaction', said);
    case 'satisfaction':
      return ask(state, 'ease', said);
    case 'ease':
      return ask(state, 'chosen_by', said);
    case 'chosen_by':
      return ask(state, 'liked', said);
    case 'liked':
      return ask(state, 'calls', said);
    case 'calls':
      return ask(state, 'courier', said);
    case 'courier':
      return ask(state, 'comment', said);
    default:
      return end(state, said);
  }
}

function ask(state: State, question: string, said: readonly string[] = []): Turn {
  state.at = question;
  delete state.tries;
  return say(state, [...said, `questions.${question}.prompt`]);
}

function reject(state: State, question: string, reason: string): Turn {
  const tries = (state.tries ?? 0) + 1;
  if (tries < triesMax) {
    state.tries = tries;
    return say(state, [`reasons.${reason}`, hints[question] ?? '']);
  }
  state.skipped = [...(state.skipped ?? []), question];
  return goOn(state, question, ['moving_on']);
}

function end(state: State, said: readonly string[]): Turn {
  delete state.at;
  delete state.tries;
  state.outcome = 'complete';
  return say(state, [...said, 'end']);
}

function obey(state: State, command: string): Turn {
  if (command !== 'help' || state.at === undefined) return say(state, [command]);
  return say(state, [command, `questions.${state.at}.prompt`]);
}

function say(state: State, said: readonly string[]): Turn {
  return { state: JSON.stringify(state), said };
}
