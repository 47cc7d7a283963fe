import { hebrewScript, script, sentencesScript } from './engine/conversation.ts';
import { type Entrant, enter } from './engine/entrant.ts';
import { median, percentile, readable } from './figures.ts';
import { printGoals, printTable, printTitle } from './report.ts';

const warmUpMilliseconds = 1500;
const rounds = 9;
const roundMilliseconds = 300;

printTitle('Engine: a turn, read and stepped, its state from and to JSON');
const handWritten = enter('hand-written switch', 'hand-written.ts', script);
const kashuv = enter('Kashuv', 'kashuv.ts', script);
const handWrittenHebrew = enter('hand-written switch, Hebrew replies', 'hand-written.ts', hebrewScript);
const kashuvHebrew = enter('Kashuv, Hebrew replies', 'kashuv.ts', hebrewScript);
const kashuvSentences = enter('Kashuv, whole sentences', 'kashuv.ts', sentencesScript);
const xstate = enter('xstate 5, pure transition', '../peers/xstate.ts', script);
const botbuilder = enter("botbuilder-dialogs' prompts", '../peers/botbuilder-dialogs.ts', script);
const surveyCore = enter('survey-core', '../peers/survey-core.ts', script);
const entrants = [
  handWritten,
  kashuv,
  handWrittenHebrew,
  kashuvHebrew,
  kashuvSentences,
  xstate,
  botbuilder,
  surveyCore,
];

try {
  for (const entrant of entrants) await entrant.play(warmUpMilliseconds, { warmingUp: true });
  for (let round = 0; round < rounds; round += 1) {
    for (const entrant of entrants) await entrant.play(roundMilliseconds);
  }
} finally {
  for (const entrant of entrants) await entrant.leave();
}

const base = figuresOf(handWritten);
printTable(
  ['', 'p50 µs', 'p99 µs', 'CPU µs', 'p50 x hand-written', 'CPU x hand-written', 'state bytes'],
  entrants.map((entrant) => {
    const { p50, p99, cpu, bytes } = figuresOf(entrant);
    const figures = [p50, p99, cpu, p50 / base.p50, cpu / base.cpu].map(readable);
    return [entrant.name, ...figures, String(bytes)];
  }),
);

const own = figuresOf(kashuv);
const ownHebrew = figuresOf(kashuvHebrew);
const baseHebrew = figuresOf(handWrittenHebrew);
printGoals([
  {
    what: 'p50 beside the hand-written switch',
    measured: own.p50 / base.p50,
    bound: { atMost: 5 },
    unit: 'x',
  },
  {
    what: 'CPU beside the hand-written switch',
    measured: own.cpu / base.cpu,
    bound: { atMost: 5 },
    unit: 'x',
  },
  {
    what: 'CPU beside the hand-written switch, Hebrew replies',
    measured: ownHebrew.cpu / baseHebrew.cpu,
    bound: { atMost: 5 },
    unit: 'x',
  },
  {
    what: 'CPU of xstate beside ours',
    measured: figuresOf(xstate).cpu / own.cpu,
    bound: { atLeast: 2 },
    unit: 'x',
  },
  {
    what: 'CPU of botbuilder-dialogs beside ours',
    measured: figuresOf(botbuilder).cpu / own.cpu,
    bound: { atLeast: 200 },
    unit: 'x',
  },
  {
    what: 'CPU of survey-core beside ours',
    measured: figuresOf(surveyCore).cpu / own.cpu,
    bound: { atLeast: 300 },
    unit: 'x',
  },
  { what: 'p99 beside p50', measured: own.p99 / own.p50, bound: { atMost: 8 }, unit: 'x' },
  { what: 'state after ten answers', measured: own.bytes, bound: { atMost: 400 }, unit: ' bytes' },
]);

/** Medians over the rounds, but for p99: what else the machine does only adds to it, so it is that of the quietest round. */
function figuresOf({ rounds }: Entrant) {
  return {
    p50: median(rounds.map(({ turns }) => median(turns))),
    p99: Math.min(...rounds.map(({ turns }) => percentile(turns, 0.99))),
    cpu: median(rounds.map(({ cpuMicrosecondsPerTurn }) => cpuMicrosecondsPerTurn)),
    bytes: Math.max(...rounds.map(({ stateBytesMax }) => stateBytesMax)),
  };
}
