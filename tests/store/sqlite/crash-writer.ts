import { StatementSync } from 'node:sqlite';
import { openSqliteStore } from '../../../src/store/sqlite/index.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  addressOf,
  answerOf,
  clock,
  messageFrom,
  moment,
  read,
  say,
  started,
  turnOf,
} from '../../contracts/store/sample.ts';

export const people = ['ada', 'ben', 'cleo', 'dina', 'eva'];

/** What a turn writes for a message, so that it can be found again. */
export const sessionOf = (person: string, word: string) => `${person} ${word}`;

/**
 * A process that writes to the store in `argv[2]` until it is killed: several people at once, each message received, handled by a turn and
 * sent. Every command that was acknowledged is told in a line of its own, after the acknowledgement and before anything else. `argv[3]` says
 * which round this is, so that every round brings new messages.
 */
if (process.argv[1] === import.meta.filename) {
  const [, , directory = '', round = '', statements] = process.argv;
  clock.set(Number(round) * 100);
  const store = await openSqliteStore({ directory, now: clock.now });
  if (statements !== undefined) strikeAfter(Number(statements));
  await Promise.all(people.map((person) => write(store, person, Number(round))));
}

async function write(store: Store, person: string, round: number): Promise<void> {
  for (let count = 0; ; count += 1) {
    const word = `${round}-${count}`;
    await store.receive(messageFrom(person, word));
    tell('received', person, word);
    const sessionId = sessionOf(person, word);
    const { contact, pending } = await read(store, person);
    await store.commitTurn(
      turnOf(
        { contact, pending: pending.filter((message) => message.providerMessageId === `${person}-${word}`) },
        {
          events: [started(person, sessionId)],
          outbound: [{ addressId: addressOf(person).id, message: say(word) }],
          projection: {
            answers: [answerOf(person, sessionId, { rawText: word })],
            retracted: [],
            responses: [],
            cases: [],
          },
        },
      ),
    );
    tell('answered', person, word);
    const claimed = await store.claimOutbound({
      contactId: person,
      leaseSeconds: 60,
      limit: 10,
    });
    tell('claimed', person, word);
    await store.recordDeliveries(
      claimed.map(({ record, claim }) => ({
        contactId: person,
        seq: record.seq,
        claim,
        at: moment(),
        result: { state: 'sent' },
      })),
    );
    tell('sent', person, word);
  }
}

function strikeAfter(statements: number): void {
  let left = statements;
  StatementSync.prototype.run = new Proxy(StatementSync.prototype.run, {
    apply(run, statement, parameters) {
      left -= 1;
      if (left < 0) process.kill(process.pid, 'SIGKILL');
      return Reflect.apply(run, statement, parameters);
    },
  });
}

function tell(what: string, person: string, word: string): void {
  process.stdout.write(`${what} ${person} ${word}\n`);
}
