import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { type Finding, isViolation } from '../doctor/index.ts';
import { type Examined, examine } from '../operations/examine.ts';
import { openToRead } from './open-to-read.ts';
import { findServer } from './operate.ts';

/** Long enough for a turn, for the sending of its messages and, on MongoDB, for their projection by whoever takes over from a dead process. */
const pauseMilliseconds = 1500;

/**
 * Checks every promise about what is stored, on a store that may be in use, and names what breaks one. Resolves to whether none is broken.
 */
export async function examineStore(config: Config): Promise<boolean> {
  const store = await openToRead(config);
  try {
    // Nobody can tell whether a process serves a MongoDB; where one is needed, one is meant to run.
    const served = config.mongodbUri !== undefined || (await findServer(config.dataDir)) !== undefined;
    if (!served) console.log('No server runs on this data. What is due waits for the next start.');
    let violations = 0;
    let notes = 0;
    const examined = await examine({
      store,
      served,
      pause: () => wait(pauseMilliseconds),
      onFinding(finding) {
        if (isViolation(finding)) violations += 1;
        else notes += 1;
        console.log(lineOf(finding));
      },
    });
    console.log(`Checked ${extentOf(examined)}.`);
    console.log(`Found ${countOf(violations, 'violation')} and ${countOf(notes, 'note')}.`);
    return violations === 0;
  } finally {
    await store.close();
  }
}

function lineOf(finding: Finding): string {
  const { code, contactId, sessionId, questionId, seq, words } = finding;
  const place = [
    contactId !== undefined && `contact ${contactId}`,
    sessionId !== undefined && `session ${sessionId}`,
    questionId !== undefined && `question ${questionId}`,
    seq !== undefined && `message ${seq}`,
  ].filter(Boolean);
  const severity = isViolation(finding) ? 'VIOLATION' : 'note';
  return `${severity} ${code}${place.length > 0 ? ` at ${place.join(', ')}` : ''}: ${words}`;
}

function extentOf({ contacts, addresses, sessions, messages, answers, totals }: Examined): string {
  return [
    countOf(contacts, 'contact'),
    countOf(addresses, 'address', 'addresses'),
    countOf(sessions, 'session'),
    countOf(messages, 'message'),
    countOf(answers, 'answer'),
    countOf(totals, 'total'),
  ].join(', ');
}

function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count === 0 ? 'no' : count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
