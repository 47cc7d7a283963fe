import type { Dispatch } from '../../src/channels/channel.ts';
import { webAccount, webChannelName } from '../../src/channels/web/channel.ts';
import type { AddressBook } from '../../src/conversations/address-book.ts';
import type { Language } from '../../src/dialogs/language.ts';
import type { QuestionnaireDocument } from '../../src/dialogs/questionnaire.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store, Turn } from '../../src/store/store.ts';
import { drawTemper, nextContent, type Screen, type Temper } from './behaviour.ts';
import type { Running } from './process.ts';
import { account, type Providers, providerModels } from './provider.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** Everybody who does something by their own act: people who are asked, staff who talk with them, and whoever publishes questionnaires. */
export interface People {
  /** Begins; `onDone` is called when everybody has done all that they will. */
  begin(onDone: () => void): void;
  /** A provider has brought a message to somebody's phone. */
  see(dispatch: Dispatch): void;
  /** Staff notice what a turn did to a case. */
  notice(turn: Turn): void;
}

export interface PeopleParts {
  readonly world: World;
  readonly random: Random;
  readonly providers: Providers;
  readonly addressBook: AddressBook;
  /** The store itself: a page shows what is committed. */
  readonly store: Store;
  readonly documents: readonly QuestionnaireDocument[];
  /** How much people do, as a part of what the seed has drawn. */
  readonly activity: number;
  running(): readonly Running[];
}

interface Person {
  readonly name: string;
  readonly language: Language;
  readonly temper: Temper;
  readonly homes: Home[];
  acts: number;
}

/** An address of somebody, and what they see there. */
interface Home {
  readonly channel: string;
  readonly account: string;
  readonly address: string;
  readonly addressId: string;
  screen: Screen;
}

const actsMin = 4;
const actsMax = 16;

export function createPeople(parts: PeopleParts): People {
  const { world, random, providers, addressBook, store, documents, activity, running } = parts;
  const { scheduler, trace, record } = world;
  const channels = [...providerModels.map(({ name }) => name), webChannelName];
  const homes = new Map<string, Home>();
  const all = ['ada', 'ben', 'cleo'].slice(0, random.integer(1, 3)).map((name): Person => {
    const acts = Math.ceil(random.integer(actsMin, actsMax) * activity);
    return {
      name,
      language: random.pick(['he', 'en']),
      temper: drawTemper(random),
      homes: [homeAt(random.pick(channels), name)],
      acts,
    };
  });
  const publishes = random.chance(0.3);
  const erases = random.chance(0.15);
  let links = 0;
  let revisions = 0;

  function homeAt(channel: string, name: string): Home {
    const at = channel === webChannelName ? webAccount : account;
    const home: Home = {
      channel,
      account: at,
      address: name,
      addressId: addressBook.identify(channel, at, name),
      screen: [],
    };
    homes.set(home.addressId, home);
    return home;
  }

  async function act(person: Person): Promise<void> {
    const home = random.pick(person.homes);
    const contactId = await store.findContact(home.addressId);
    await look(home, contactId);
    const dice = random.integer(0, 99);
    if (contactId === undefined ? dice < 70 : dice < 12) open(person, home);
    else if (dice < 20 && contactId !== undefined && person.homes.length === 1) openLink(person, contactId);
    else if (dice < 23 && publishes) publish();
    else if (dice < 25 && erases && contactId !== undefined) erase(contactId);
    else {
      write(person, home);
      if (random.chance(0.15)) write(person, home);
    }
  }

  /** A page reads its messages from the store; a phone has been brought them. */
  async function look(home: Home, contactId: string | undefined): Promise<void> {
    if (home.channel !== webChannelName || contactId === undefined) return;
    const messages = await store.readMessages({ contactId, addressId: home.addressId, limit: 500 });
    home.screen = messages.filter((one) => one.direction === 'out').map(({ message }) => message);
  }

  function write({ temper }: Person, { channel, address, account: at, screen }: Home): void {
    providers.carry({ channel, account: at, address, content: nextContent(screen, temper, random) });
  }

  function open({ name, language }: Person, { channel, address, account: at }: Home): void {
    const { touchpoint } = random.pick(documents);
    const code = random.chance(0.8) ? language : random.pick(['he', 'en'] as const);
    const chosen = random.chance(0.2);
    ask(name, `opens ${touchpoint} on ${channel}`, async ({ conversations, library }) => {
      const wanted = await library.forTouchpoint(touchpoint);
      if (!wanted) throw new Error(`Nothing asks at ${touchpoint}`);
      await conversations.start({
        channel,
        account: at,
        address,
        wanted,
        language: { code, chosen },
        resume: false,
      });
    });
  }

  /** Somebody known on one channel opens a survey link and is then known on the page as well. */
  function openLink(person: Person, contactId: string): void {
    links += 1;
    const sessionId = `link${links}`;
    const { touchpoint } = random.pick(documents);
    const home = homeAt(webChannelName, `${person.name}-${sessionId}`);
    person.homes.push(home);
    ask(person.name, `opens a link to ${touchpoint}`, async ({ conversations, library }) => {
      const wanted = await library.forTouchpoint(touchpoint);
      if (!wanted) throw new Error(`Nothing asks at ${touchpoint}`);
      await conversations.start({
        channel: webChannelName,
        account: webAccount,
        address: home.address,
        wanted,
        language: { code: person.language, chosen: false },
        link: { contactId, sessionId },
        resume: false,
      });
    });
  }

  /** Publishes a revision with other words and takes it to those who are in the middle of the old one. */
  function publish(): void {
    revisions += 1;
    const document = reworded(random.pick(documents), revisions);
    ask('studio', `rewords ${document.id}`, async ({ conversations, store: reached }) => {
      await reached.publishQuestionnaire(document, scheduler.moment());
      await conversations.applyTexts(document.id);
    });
  }

  function erase(contactId: string): void {
    ask('staff', `erases ${contactId}`, async ({ store: reached }) => {
      await reached.eraseContact(contactId, scheduler.moment());
    });
  }

  /** Asks any process for something, and once more when that failed or nobody answered. */
  function ask(who: string, what: string, call: (process: Running) => Promise<void>, tries = 3): void {
    const processes = running();
    const [process] = processes.length > 0 ? [random.pick(processes)] : [];
    trace.note(who, `${what}, asking ${process?.life.process ?? 'nobody'}`);
    let answered = false;
    const again = (reason: string) => {
      if (answered) return;
      answered = true;
      trace.note(who, `${what}: ${reason}`);
      if (tries > 1) scheduler.after(random.integer(500, 5000), () => ask(who, what, call, tries - 1));
    };
    process?.life.enter(() => {
      call(process).then(
        () => {
          answered = true;
        },
        (error: unknown) => again(error instanceof StoreError ? error.code : String(error)),
      );
    });
    scheduler.after(20_000, () => again('no answer'));
  }

  function actOnCase(caseId: string): void {
    const dice = random.next();
    const act =
      dice < 0.4
        ? ({ type: 'reply', text: 'שלום, כאן נציגת השירות' } as const)
        : ({ type: dice < 0.8 ? 'return' : 'close' } as const);
    ask('staff', `${act.type} in case ${caseId}`, async ({ conversations }) => {
      await conversations.actOnCase(caseId, act);
    });
  }

  /** How long somebody waits before the next act: mostly moments, and now and then until just about a timer. */
  async function patience({ homes: [home] }: Person): Promise<number> {
    const dice = random.integer(0, 99);
    if (dice < 60) return random.integer(0, 5000);
    if (dice < 75) return random.integer(5000, 120_000);
    if (dice < 85) return random.integer(120_000, 12 * 3_600_000);
    const contactId = home && (await store.findContact(home.addressId));
    const last = record.turns.findLast(({ turn }) => turn.contact.id === contactId);
    const { wakeAt } = last?.turn.contact ?? {};
    if (wakeAt === undefined) return random.integer(0, 5000);
    return Date.parse(wakeAt) - scheduler.now() + random.integer(-1500, 1500);
  }

  return {
    begin(onDone) {
      let active = all.length;
      const live = async (person: Person): Promise<void> => {
        if (person.acts === 0) {
          active -= 1;
          if (active === 0) onDone();
          return;
        }
        person.acts -= 1;
        await act(person);
        scheduler.after(await patience(person), () => live(person));
      };
      for (const person of all) scheduler.after(random.integer(0, 3000), () => live(person));
    },
    see({ addressId, message }) {
      const home = homes.get(addressId);
      if (home) home.screen = [...home.screen, message];
    },
    notice({ projection }) {
      for (const { id, closedAt } of projection.cases) {
        if (closedAt === undefined) scheduler.after(random.integer(1000, 600_000), () => actOnCase(id));
      }
    },
  };
}

function reworded(document: QuestionnaireDocument, revision: number): QuestionnaireDocument {
  const { he, en } = document.texts;
  return {
    ...document,
    texts: {
      ...(he && { he: { ...he, end: `${he.end} (${revision})` } }),
      ...(en && { en: { ...en, end: `${en.end} (${revision})` } }),
    },
  };
}
