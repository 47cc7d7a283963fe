import type {
  Accepted,
  Capabilities,
  Channel,
  Dispatch,
  InboundMessage,
  Receipt,
} from '../../src/channels/channel.ts';
import { DeliveryError } from '../../src/channels/errors.ts';
import type { Life } from './life.ts';
import type { Running } from './process.ts';
import type { Random } from './random.ts';
import { createWebhooks } from './webhooks.ts';
import { travelTime, type World } from './world.ts';

/** A provider that can be sent through and that posts what people write. */
export interface ProviderModel {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Whether it can be asked if it took a message, and hands our id of a message back with its receipts. */
  readonly knowsOurIds: boolean;
  /** Whether it obeys STOP and START itself: it confirms them, and takes nothing for who has opted out. */
  readonly settlesOptOuts: boolean;
}

const capabilities: Capabilities = {
  buttons: { max: 3, labelUnitsMax: 20 },
  list: { rowsMax: 10, labelUnitsMax: 24, descriptionUnitsMax: 72 },
  multipleChoice: false,
  textUnitsMax: 1000,
  textUnit: 'utf16',
  fetched: false,
  receipts: true,
  directionMarks: true,
};

export const providerModels: readonly ProviderModel[] = [
  { name: 'whatsapp', knowsOurIds: true, settlesOptOuts: false, capabilities },
  {
    name: 'sms',
    knowsOurIds: false,
    settlesOptOuts: true,
    capabilities: {
      multipleChoice: false,
      textUnitsMax: 1000,
      textUnit: 'utf16',
      fetched: false,
      receipts: true,
      directionMarks: false,
    },
  },
];

export const account = 'main';

/** The providers of a run: what the processes send through, and what posts to them. */
export interface Providers {
  channelsFor(life: Life): Channel[];
  /** Takes what somebody wrote and posts it to one process after the other until one acknowledges it. */
  carry(message: Written): void;
}

type Written = Omit<InboundMessage, 'providerMessageId'>;

export interface ProviderParts {
  readonly world: World;
  readonly random: Random;
  /** The processes that run at this moment. */
  running(): readonly Running[];
  /** Called when a provider takes a message. */
  onAccepted(dispatch: Dispatch): void;
}

const receiptChances = [
  ['delivered', 0.4],
  ['read', 0.4],
  ['sent', 0.4],
  ['failed', 0.03],
] as const;

export function createProviders({ world, random, running, onAccepted }: ProviderParts): Providers {
  const { scheduler, trace, faults, record } = world;
  const downUntil = new Map<string, number>();
  const refusedForGood = new Set<string>();
  const optedOut = new Set<string>();
  const { post } = createWebhooks({ world, random, running });
  let messages = 0;

  function channel(model: ProviderModel, life: Life): Channel {
    const { name, knowsOurIds } = model;
    return {
      name,
      account,
      capabilities: model.capabilities,
      send: (dispatch) => request(life, () => take(model, life.process, dispatch)),
      ...(knowsOurIds && {
        reconcile: (dispatch) => request(life, () => recall(name, life.process, dispatch)),
      }),
    };
  }

  /** A request to a provider: it gets there even when its sender dies meanwhile, and the answer waits for a sender that stands still. */
  function request<Result>(life: Life, answer: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      scheduler.after(travelTime(world), () => {
        let deliver: () => void;
        try {
          const result = answer();
          deliver = () => resolve(result);
        } catch (error) {
          deliver = () => reject(error);
        }
        scheduler.after(travelTime(world), () => life.enter(deliver));
      });
    });
  }

  function take(model: ProviderModel, process: string, dispatch: Dispatch): Accepted {
    const { name } = model;
    const refusal = refusalOf(name, dispatch);
    if (refusal) {
      trace.note(name, `refuses ${dispatch.messageId} of ${process}: ${refusal.outcome}`);
      throw refusal;
    }
    const unsure = faults.strikes('unsure_send');
    if (unsure && faults.chance('unsure_send').chance(0.3)) {
      trace.note(name, `never sees ${dispatch.messageId} of ${process}`);
      throw new DeliveryError('ambiguous', 'timeout');
    }
    const providerMessageId = accept(model, process, dispatch);
    trace.note(name, `takes ${dispatch.messageId} of ${process}${unsure ? ', and its answer is lost' : ''}`);
    // A channel that fails in a way that nobody thought of counts as unsure, too.
    if (unsure)
      throw faults.chance('unsure_send').chance(0.5)
        ? new DeliveryError('ambiguous', 'timeout')
        : new Error('The connection was reset');
    return { providerMessageId };
  }

  function refusalOf(name: string, { messageId, address }: Dispatch): DeliveryError | undefined {
    if (faults.strikes('channel_down'))
      downUntil.set(name, scheduler.now() + faults.chance('channel_down').integer(5, 90) * 1000);
    if (!faults.stopped && (downUntil.get(name) ?? 0) > scheduler.now())
      return new DeliveryError('channel_down', 'not_signed_in');
    if (optedOut.has(`${name} ${address}`))
      return new DeliveryError('never', 'opted_out', { optedOut: true });
    if (refusedForGood.has(messageId) || faults.strikes('failed_send')) {
      refusedForGood.add(messageId);
      return new DeliveryError('never', 'not_a_number');
    }
    if (!faults.strikes('refused_send')) return undefined;
    const retryAfterSeconds = faults.chance('refused_send').pick([0, 1, 30]);
    return new DeliveryError('not_taken', 'busy', { retryAfterSeconds });
  }

  function accept({ name, knowsOurIds }: ProviderModel, process: string, dispatch: Dispatch): string {
    const { messageId, message, address } = dispatch;
    const providerMessageId = `${name}-${record.accepted.length + 1}`;
    const [contactId = '', seq = ''] = messageId.split('.');
    record.accepted.push({
      order: record.nextOrder(),
      at: scheduler.now(),
      process,
      messageId,
      contactId,
      seq: Number(seq),
      message,
      providerMessageId,
    });
    onAccepted(dispatch);
    for (const [state, probability] of receiptChances) {
      if (!random.chance(probability)) continue;
      const receipt = { address, providerMessageId, state, ...(knowsOurIds && { messageId }) };
      scheduler.after(random.integer(5, 9000), () => tell(name, receipt));
    }
    return providerMessageId;
  }

  function recall(
    name: string,
    process: string,
    { messageId }: Dispatch,
  ): 'accepted' | 'not_taken' | 'unknown' {
    if (faults.strikes('unsure_reconcile')) {
      trace.note(name, `cannot tell ${process} of ${messageId}`);
      if (faults.chance('unsure_reconcile').chance(0.3)) throw new Error('The connection was reset');
      return 'unknown';
    }
    const taken = record.accepted.some((send) => send.messageId === messageId);
    trace.note(name, `tells ${process} that ${messageId} was ${taken ? '' : 'not '}taken`);
    return taken ? 'accepted' : 'not_taken';
  }

  /** Receipts come in any order, at least once, and to any process. */
  function tell(name: string, receipt: Receipt): void {
    record.receipts.push(receipt);
    post(`${receipt.providerMessageId} ${receipt.state}`, ({ conversations }) =>
      conversations.recordReceipt({ name, account }, receipt),
    );
  }

  /** What a provider makes of the words that it obeys itself. */
  function settle({ channel: name, address, content }: Written): Written['content'] {
    const obeys = providerModels.some((model) => model.name === name && model.settlesOptOuts);
    const word = obeys && content.kind === 'text' ? content.text.toLowerCase() : '';
    if (word === 'stop') optedOut.add(`${name} ${address}`);
    if (word === 'start') optedOut.delete(`${name} ${address}`);
    const taken = word === 'stop' ? 'opt_out' : word === 'start' ? 'opt_in' : undefined;
    return content.kind === 'text' && taken ? { ...content, byProvider: { taken, answered: true } } : content;
  }

  return {
    channelsFor: (life) => providerModels.map((model) => channel(model, life)),
    carry(words) {
      messages += 1;
      const message = { ...words, content: settle(words), providerMessageId: `m${messages}` };
      record.inbound.set(message.providerMessageId, { message });
      trace.note(message.address, `writes ${message.providerMessageId}: ${JSON.stringify(message.content)}`);
      post(message.providerMessageId, async ({ conversations }) => {
        await conversations.receive(message);
        const written = record.inbound.get(message.providerMessageId);
        if (written) written.acknowledgedAt ??= scheduler.now();
      });
    },
  };
}
