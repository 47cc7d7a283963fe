import { StoreError } from '../../src/store/errors.ts';
import type { ClaimedMessage, ContactState, DeliveryResult, Store, Turn } from '../../src/store/store.ts';
import type { Life } from './life.ts';
import { travelTime, type World } from './world.ts';

/** Whether the store answers a process at this moment. */
export type Reachable = (process: string) => boolean;

/** What a process is told when a command or its result was lost: a read has changed nothing, a write perhaps. */
type Lost = 'unavailable' | 'unknown_outcome';

/** What came of a command: what the process will be told. */
type Outcome<Result> = { readonly value: Result } | { readonly error: unknown };

/**
 * The store as one life of a process sees it: each command travels there, is carried out to its end at some moment, and its result travels back, so
 * that the scheduler decides how the commands of processes mix. On the way commands and results get lost; a result for a process that has died
 * reaches nobody, and a command that was on its way when it died is carried out or is not.
 */
export function wireStore(store: Store, life: Life, world: World, reachable: Reachable): Store {
  const { scheduler, trace, faults } = world;

  function send<Result>(
    what: string,
    lost: Lost,
    command: () => Promise<Result>,
    tell: (result: Result) => string,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      scheduler.after(travelTime(world), async () => {
        if (!life.alive && faults.chance('crash').chance(0.5)) return;
        const outcome = await carryOut(what, lost, command, tell);
        scheduler.after(travelTime(world), () =>
          life.enter(() => ('value' in outcome ? resolve(outcome.value) : reject(outcome.error))),
        );
      });
    });
  }

  async function carryOut<Result>(
    what: string,
    lost: Lost,
    command: () => Promise<Result>,
    tell: (result: Result) => string,
  ): Promise<Outcome<Result>> {
    const { process } = life;
    if (!reachable(process)) {
      trace.note(process, `${what}: the store is out of reach`);
      return { error: new StoreError('unavailable', 'The store is out of reach') };
    }
    if (faults.strikes('lost_command')) {
      trace.note(process, `${what}: lost on the way to the store`);
      return { error: new StoreError(lost, 'The command was lost') };
    }
    const outcome = await settled(command());
    const end = 'value' in outcome ? tell(outcome.value) : reasonOf(outcome.error);
    if (faults.strikes('lost_reply')) {
      trace.note(process, `${what}: ${end}, and the reply is lost`);
      return { error: new StoreError(lost, 'The reply was lost') };
    }
    trace.note(process, `${what}: ${end}`);
    return outcome;
  }

  function read<Result>(what: string, command: () => Promise<Result>, tell?: (result: Result) => string) {
    return send(what, 'unavailable', command, tell ?? (() => 'read'));
  }

  function write<Result>(what: string, command: () => Promise<Result>, tell?: (result: Result) => string) {
    return send(what, 'unknown_outcome', command, tell ?? (() => 'done'));
  }

  return {
    ...store,
    ...refused(Object.keys(store)),

    receive: (inbound) =>
      write(
        `receive ${inbound.providerMessageId}`,
        () => store.receive(inbound),
        ({ outcome }) => outcome,
      ),
    attachAddress: (request) =>
      write(
        'attachAddress',
        () => store.attachAddress(request),
        ({ contactId }) => contactId,
      ),
    findContact: (addressId) => read('findContact', () => store.findContact(addressId)),
    readContact: (id) => read(`readContact ${id}`, () => store.readContact(id), describeState),
    commitTurn: (turn) => write(describeTurn(turn), () => store.commitTurn(turn)),
    recordInboundFailure: (failure) =>
      write(`recordInboundFailure ${failure.contactId}.${failure.seq}`, () =>
        store.recordInboundFailure(failure),
      ),
    readEvents: (sessionId) => read(`readEvents ${sessionId}`, () => store.readEvents(sessionId)),

    claimOutbound: (request) =>
      write(`claimOutbound ${request.contactId ?? ''}`, () => store.claimOutbound(request), describeClaims),
    recordDeliveries: (results) => write(describeResults(results), () => store.recordDeliveries(results)),
    recordReceipt: (receipt) =>
      write(`recordReceipt ${receipt.providerMessageId} ${receipt.state}`, () =>
        store.recordReceipt(receipt),
      ),
    findWork: (query) =>
      read(
        'findWork',
        () => store.findWork(query),
        ({ timers, inbound, outbound }) =>
          `timers [${timers.join(' ')}], inbound [${inbound.join(' ')}], outbound [${outbound.join(' ')}]`,
      ),

    publishQuestionnaire: (document, at) =>
      write(`publishQuestionnaire ${document.id}`, () => store.publishQuestionnaire(document, at)),
    readQuestionnaire: (id, revision) =>
      read(`readQuestionnaire ${id} ${revision ?? 'latest'}`, () => store.readQuestionnaire(id, revision)),
    listQuestionnaires: () => read('listQuestionnaires', () => store.listQuestionnaires()),
    listResponses: (query) => read('listResponses', () => store.listResponses(query)),
    applyProjection: (projection) => write('applyProjection', () => store.applyProjection(projection)),
    readCase: (id) => read(`readCase ${id}`, () => store.readCase(id)),
    eraseContact: (id, at) => write(`eraseContact ${id}`, () => store.eraseContact(id, at)),
    saveCredential: (credential) =>
      write(`saveCredential ${credential.kind}`, () => store.saveCredential(credential)),
  };
}

/** Commands that the simulated parts do not use. One that they come to use is refused, so that it is put on the wire and not past it. */
function refused(names: readonly string[]): Record<string, () => never> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        throw new Error(`The simulation does not carry the command ${name}: add it to store-wire.ts`);
      },
    ]),
  );
}

async function settled<Result>(promise: Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}

function describeTurn({ contact, handled, events, outbound, suppressQueued }: Turn): string {
  return [
    `commitTurn ${contact.id} v${contact.version}`,
    ...(handled.length > 0 ? [`handles ${handled.join(' ')}`] : []),
    ...events.map(({ event, sessionId }) => `${sessionId} ${event.type}`),
    ...outbound.map(({ message }) => `says ${message.questionId ?? message.text.slice(0, 24)}`),
    ...(suppressQueued ? ['withdraws what is queued'] : []),
  ].join(', ');
}

function describeState(state: ContactState | undefined): string {
  if (!state) return 'nobody';
  const { contact, pending } = state;
  return [`v${contact.version}`, ...pending.map(({ seq }) => `waits ${seq}`)].join(', ');
}

function describeClaims(claimed: readonly ClaimedMessage[]): string {
  return (
    claimed.map(({ record, claim }) => `${record.contactId}.${record.seq} claim ${claim}`).join(', ') ||
    'none'
  );
}

function describeResults(results: readonly DeliveryResult[]): string {
  return `recordDeliveries ${results.map(({ contactId, seq, result }) => `${contactId}.${seq} ${result.state}`).join(', ')}`;
}

function reasonOf(error: unknown): string {
  return error instanceof StoreError ? error.code : String(error);
}
