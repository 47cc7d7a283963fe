import { printTable, printTitle } from '../bench/report.ts';
import { loadPeerReader, type PeerReader } from '../bench/understanding/peer.ts';
import { loadRows, type Outcome, ours, type Row, score } from '../tests/support/understanding-corpus.ts';

// npm run understand:score: how often typed replies are read right, over the development corpus and the held-out set. Prints rates, never rows, so
// that nobody tunes the reader on replies that it is to be judged by.

const peer = await loadPeerReader();
const readers: (readonly [string, (row: Row) => Outcome])[] = [['Kashuv', ours]];
if (peer) readers.push(["botbuilder's prompts", (row) => readByPeer(peer, row)]);
else
  console.log(
    "Without botbuilder-dialogs' prompts: its packages are not installed (npm ci --prefix bench/peers --ignore-scripts).",
  );

const languages = { he: 'Hebrew', en: 'English' };

for (const [set, title] of [
  ['corpus', 'Development corpus'],
  ['held-out', 'Held-out set'],
] as const) {
  const rows = loadRows(set);
  for (const [name, reader] of readers) {
    printTitle(`${title}: ${name}`);
    printTable(
      [
        '',
        'replies',
        'correct %',
        'must understand %',
        'must ask %',
        'wrong values %',
        'missed stops',
        'wrong stops',
      ],
      groupsOf(rows).map(([group, members]) => {
        const rates = score(members, reader);
        return [
          group,
          String(rates.rows),
          ...[rates.correct, rates.understood, rates.asked, rates.wrongValues].map((rate) => rate.toFixed(1)),
          String(rates.missedStops),
          String(rates.wrongStops),
        ];
      }),
    );
  }
}

/** All replies, and those to each kind of question, by the language of the conversation. */
function groupsOf(rows: readonly Row[]): [string, Row[]][] {
  return Object.entries(languages).flatMap(([language, name]) => {
    const own = rows.filter(({ request }) => request.language === language);
    const kinds = Map.groupBy(own, ({ request }) => request.question.kind);
    const byKind = [...kinds].toSorted(([left], [right]) => left.localeCompare(right));
    return [
      [`${name}, all`, own],
      ...byKind.map(([kind, members]): [string, Row[]] => [`${name}, ${kind}`, members]),
    ];
  });
}

/** Prompts have no levels of confidence and keep no comments, which is not held against them here. */
function readByPeer(peer: PeerReader, row: Row): Outcome {
  const reading = peer.read(row.request);
  if (reading.outcome !== 'answer') return reading;
  const confidence = row.expect.outcome === 'answer' ? row.expect.confidence : undefined;
  return { ...reading, confidence, comment: row.request.text };
}
