import type { DatabaseSync } from 'node:sqlite';
import type { StoreReader } from '../store.ts';
import type { Clock } from './clock.ts';
import { contactTable } from './contacts.ts';
import { factTable } from './facts.ts';
import { listings } from './listings.ts';
import { messageTable } from './messages.ts';
import { orphanQuery } from './orphans.ts';
import { quarantineTable } from './quarantine.ts';
import { questionnaireTable } from './questionnaires.ts';
import { sessionTable } from './sessions.ts';
import { prepare } from './statement.ts';

/** The tables that both reading and writing look into. */
export function openTables(database: DatabaseSync, now: Clock) {
  return {
    contacts: contactTable(database),
    messages: messageTable(database, now),
    sessions: sessionTable(database),
    questionnaires: questionnaireTable(database),
    quarantine: quarantineTable(database, now),
    facts: factTable(database),
    lists: listings(database),
  };
}

export type Tables = ReturnType<typeof openTables>;

interface ReadOptions {
  readonly now: Clock;
  /** Carries out a query: reads answer at once, but a failure is a rejection like any other. */
  readonly read: <Result>(query: () => Result) => Promise<Result>;
}

/** The commands of the store that only read. */
export function readCommands(
  database: DatabaseSync,
  { contacts, messages, sessions, questionnaires, quarantine, facts, lists }: Tables,
  { now, read }: ReadOptions,
): Omit<StoreReader, 'close'> {
  const alive = prepare(database, 'SELECT 1');
  const orphans = orphanQuery(database);

  return {
    check: () =>
      read(() => {
        alive.get();
      }),
    findContact: (addressId) => read(() => contacts.findAddress(addressId)?.contactId),
    readContact: (contactId) =>
      read(() => {
        const found = contacts.read(contactId);
        const pending = found && messages.readPending(found.row, contactId);
        return found && pending && { contact: found.contact, pending, now: now() };
      }),
    listContacts: (query) => read(() => contacts.list(query)),
    readMessages: (query) =>
      read(() => {
        const contact = contacts.rowOf(query.contactId);
        return contact === undefined ? [] : messages.read(contact, query);
      }),
    listQuarantined: (query) => read(() => quarantine.list(query)),
    readEvents: (sessionId) => read(() => sessions.readEvents(sessionId)),
    listSessions: (query) => read(() => sessions.list(query)),
    findOrphans: (limit) => read(() => orphans(limit)),
    readQuestionnaire: (id, revision) => read(() => questionnaires.read(id, revision)),
    listQuestionnaires: () => read(() => questionnaires.list()),
    listResponses: (query) => read(() => lists.responses(query)),
    listAnswers: (query) => read(() => lists.answers(query)),
    readTotals: ({ questionnaireId }) => read(() => lists.totals(questionnaireId)),
    listCases: (query) => read(() => lists.cases(query)),
    readCase: (caseId) => read(() => lists.readCase(caseId)),
    readKeyFingerprint: () => read(() => facts.readKeyFingerprint()),
  };
}
