import type { Contact } from '../store/records.ts';
import { checkMessages } from './check-messages.ts';
import { checkSessions } from './check-sessions.ts';
import type { ContactFile } from './contact-file.ts';
import type { Finding } from './finding.ts';

const lateMilliseconds = 60_000;

/** Everything that can be checked about one contact by itself. Empty when all promises are kept and there is nothing to tell. */
export function checkContact(file: ContactFile): Finding[] {
  return [...checkSessions(file), ...checkMessages(file), ...checkTimers(file), ...checkAddresses(file)];
}

/** The contact's own timers: none is overdue, and the store wakes it not later than the first of them. */
function checkTimers({ contact, now }: ContactFile): Finding[] {
  const { id: contactId, wakeAt, session } = contact;
  const due = firstTimer(contact);
  const place = { contactId, ...(session && { sessionId: session.id }) };
  const dueOrWoken = [due, wakeAt].filter((moment) => moment !== undefined).toSorted()[0];
  if (dueOrWoken !== undefined && Date.parse(now) - Date.parse(dueOrWoken) > lateMilliseconds)
    return [
      {
        code: 'timer_overdue',
        ...place,
        words: `a timer was due at ${dueOrWoken} and has not been taken up`,
      },
    ];
  if (due === undefined || (wakeAt !== undefined && wakeAt <= due)) return [];
  return [
    {
      code: 'timer_missing',
      ...place,
      words: `a timer is due at ${due}, and the store would ${wakeAt === undefined ? 'never wake the contact' : `wake the contact at ${wakeAt} only`}`,
    },
  ];
}

/** The bot reminds nobody while staff talk with them. */
function firstTimer({ session, caseId }: Contact): string | undefined {
  if (!session || caseId !== undefined) return undefined;
  const timers = session.expired ? [session.graceEndsAt] : [session.remindAt, session.expiresAt];
  return timers.filter((moment) => moment !== undefined).toSorted()[0];
}

function checkAddresses({ contact, owners }: ContactFile): Finding[] {
  const { id: contactId, addresses } = contact;
  return addresses
    .filter(({ id }) => owners.get(id) !== contactId)
    .map(({ id }): Finding => {
      const owner = owners.get(id);
      const where = owner === undefined ? 'nobody' : `contact ${owner}`;
      return { code: 'address_misleads', contactId, words: `its address ${id} leads to ${where}` };
    });
}
