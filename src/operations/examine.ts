import { createLibrary } from '../conversations/library.ts';
import {
  type ContactFile,
  checkContact,
  type Finding,
  type FindingCode,
  identityOf,
  isViolation,
} from '../doctor/index.ts';
import { pagesOf } from '../store/page.ts';
import type { StoreReader } from '../store/store.ts';
import { examineTotals } from './examine-totals.ts';
import { readContactFile } from './read-contact-file.ts';

export interface ExamineOptions {
  readonly store: StoreReader;
  /** Whether a process serves the store: without one, what is due waits for the next start and is nobody's fault. */
  readonly served: boolean;
  /** Called with each finding as soon as it is certain. */
  readonly onFinding: (finding: Finding) => void;
  /** Waits a moment, so that a store that is being written can finish what it is doing. */
  readonly pause: () => Promise<void>;
}

/** How much was looked at. */
export interface Examined {
  readonly contacts: number;
  readonly addresses: number;
  readonly sessions: number;
  readonly messages: number;
  readonly answers: number;
  readonly totals: number;
}

/** How often something suspicious is looked at before it is named. */
const looksMax = 4;
const contactsAtOnce = 4;
const orphansMax = 100;

/** What was found about each of several subjects. */
type Found = ReadonlyMap<string, readonly Finding[]>;

/**
 * Checks a store, which may be in use: contact by contact, then what belongs to nobody, then the totals. Parts of a contact that are read one
 * after the other may belong to different turns; so whatever looks wrong is read again, and named when it looks wrong every time.
 */
export async function examine({ store, served, onFinding, pause }: ExamineOptions): Promise<Examined> {
  const library = createLibrary(store);
  const examined = { contacts: 0, addresses: 0, sessions: 0, messages: 0 };
  const tell = (finding: Finding) => onFinding(served ? finding : withoutServer(finding));

  const lookAt = async (contactIds: Iterable<string>, onFile: (file: ContactFile) => void = () => {}) => {
    const found = new Map<string, readonly Finding[]>();
    await sideBySide(contactIds, async (contactId) => {
      const file = await readContactFile(store, library, contactId);
      if (!file) return;
      onFile(file);
      const findings = checkContact(file);
      if (findings.length > 0) found.set(contactId, findings);
    });
    return found;
  };

  for await (const contactIds of pagesOf((query) => store.listContacts(query))) {
    const first = await lookAt(contactIds, ({ contact, sessions, messages }) => {
      examined.contacts += 1;
      examined.addresses += contact.addresses.length;
      examined.sessions += sessions.length;
      examined.messages += messages.length;
    });
    for (const finding of await confirm(first, lookAt, pause)) tell(finding);
  }
  const lookForOrphans = async () => new Map([['', await findOrphans(store)]]);
  for (const finding of await confirm(await lookForOrphans(), lookForOrphans, pause)) tell(finding);
  return { ...examined, ...(await examineTotals({ store, onFinding: tell, pause })) };
}

/** Looks again at every subject that breaks a promise, as long as it does. What was found every time, and all notes, are left. */
async function confirm(
  first: Found,
  look: (subjects: Iterable<string>) => Promise<Found>,
  pause: () => Promise<void>,
): Promise<Finding[]> {
  const certain = new Map(first);
  for (let looks = 1; looks < looksMax; looks += 1) {
    const suspicious = [...certain].filter(([, findings]) => findings.some(isViolation));
    if (suspicious.length === 0) break;
    await pause();
    const now = await look(suspicious.map(([subject]) => subject));
    for (const [subject, findings] of suspicious) {
      const known = new Set(findings.map(identityOf));
      const still = (now.get(subject) ?? []).filter((finding) => known.has(identityOf(finding)));
      certain.set(subject, still);
    }
  }
  return [...certain.values()].flat();
}

async function findOrphans(store: StoreReader): Promise<Finding[]> {
  const orphans = await store.findOrphans(orphansMax);
  return orphans.map(({ kind, id, owner }) => ({
    code: 'belongs_to_nobody',
    words: `the ${kind} ${id} belongs to ${owner}, which is not there`,
  }));
}

/** Does something for several subjects at once. */
async function sideBySide(
  subjects: Iterable<string>,
  act: (subject: string) => Promise<void>,
): Promise<void> {
  const waiting = [...subjects];
  const workers = Array.from({ length: contactsAtOnce }, async () => {
    for (let subject = waiting.shift(); subject !== undefined; subject = waiting.shift()) await act(subject);
  });
  await Promise.all(workers);
}

const waitingCodes: ReadonlySet<FindingCode> = new Set(['inbound_waits', 'outbound_waits', 'timer_overdue']);

function withoutServer(finding: Finding): Finding {
  return waitingCodes.has(finding.code) ? { ...finding, code: 'waits_for_server' } : finding;
}
