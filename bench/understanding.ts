import {
  type AskedQuestion,
  type UnderstandRequest,
  understand,
} from '../src/dialogs/understanding/index.ts';
import { loadRows } from '../tests/support/understanding-corpus.ts';
import { median, readable } from './figures.ts';
import { printGoals, printTable, printTitle } from './report.ts';
import { loadPeerReader } from './understanding/peer.ts';

const rounds = 9;
const roundMilliseconds = 60;

printTitle('Understanding: one typed reply, read');

const nps: AskedQuestion = { kind: 'nps' };
const choice: AskedQuestion = {
  kind: 'choice',
  options: [
    { id: 'courier', labels: { he: ['שליח עד הבית'], en: ['Home delivery'] } },
    { id: 'shop', labels: { he: ['איסוף מהחנות'], en: ['Store pickup'] } },
    { id: 'locker', labels: { he: ['לוקר'], en: ['Locker'] } },
  ],
};
const digit = requestOf(nps, '8');
const label = requestOf(choice, 'Store pickup');

const expected = new Set(loadRows('corpus').flatMap(({ request: { question } }) => labelsOf(question)));
const others = loadRows('corpus')
  .map(({ request }) => request)
  .filter(({ text }) => !/^\d+$/.test(text) && !expected.has(text));
const longest = ['8 ', 'לא ', 'א', '1/', '-', '"', 'pickup ', '1 ו-', '😀', 'a@', '(', 'store '].flatMap(
  (piece) =>
    (['nps', 'choice', 'multi_choice', 'number', 'date', 'text', 'email', 'phone'] as const).map((kind) =>
      requestOf({ ...choice, kind }, piece.repeat(4000 / piece.length)),
    ),
);

const peer = await loadPeerReader();
const digitMicroseconds = costOf(() => understand(digit));
const labelMicroseconds = costOf(() => understand(label));
for (const request of others) understand(request);
const otherMicroseconds = median(others.map((request) => fastestOf(3, () => understand(request))));
const longestMilliseconds =
  Math.max(...longest.map((request) => fastestOf(3, () => understand(request)))) / 1000;
const peerNumber = peer && costOf(() => peer.readNumber(digit.text));
const peerChoice = peer && costOf(() => peer.readChoices(choice, label.text, 'en'));
if (peer) for (const request of others) peer.read(request);
const peerOther = peer && median(others.map((request) => fastestOf(3, () => peer.read(request))));

printTable(
  ['', 'Kashuv µs', "botbuilder's µs", 'botbuilder x Kashuv'],
  [
    row('a digit, beside recognizeNumber', digitMicroseconds, peerNumber),
    row('an exact label, beside recognizeChoices', labelMicroseconds, peerChoice),
    row('median of the other replies of the corpus', otherMicroseconds, peerOther),
  ],
);
printGoals([
  { what: 'a digit', measured: digitMicroseconds, bound: { atMost: 5 }, unit: ' µs' },
  { what: 'an exact label', measured: labelMicroseconds, bound: { atMost: 5 }, unit: ' µs' },
  { what: 'median of any other reply', measured: otherMicroseconds, bound: { atMost: 100 }, unit: ' µs' },
  { what: 'slowest 4,000 characters', measured: longestMilliseconds, bound: { atMost: 20 }, unit: ' ms' },
]);

function row(what: string, own: number, other: number | undefined): string[] {
  const figures = other === undefined ? ['-', '-'] : [readable(other), readable(other / own)];
  return [what, readable(own), ...figures];
}

function requestOf(question: AskedQuestion, text: string): UnderstandRequest {
  const moment = { now: '2026-05-13T10:00:00Z', timeZone: 'Asia/Jerusalem', region: 'IL' };
  return { question, text, language: 'en', ...moment };
}

function labelsOf({ options = [], scale = [] }: AskedQuestion): string[] {
  return [...options, ...scale].flatMap(({ labels }) => [...labels.he, ...labels.en]);
}

/** Microseconds of a call: the median of rounds of many calls, after a round to warm up. */
function costOf(call: () => unknown): number {
  return median(Array.from({ length: rounds + 1 }, () => round(call)).slice(1));
}

function round(call: () => unknown): number {
  const start = performance.now();
  let calls = 0;
  while (performance.now() - start < roundMilliseconds) {
    for (let index = 0; index < 100; index += 1) call();
    calls += 100;
  }
  return ((performance.now() - start) * 1000) / calls;
}

/** Microseconds of the fastest of a few single calls. */
function fastestOf(tries: number, call: () => unknown): number {
  const times = Array.from({ length: tries }, () => {
    const start = performance.now();
    call();
    return (performance.now() - start) * 1000;
  });
  return Math.min(...times);
}
