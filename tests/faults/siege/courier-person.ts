import { setTimeout as passes } from 'node:timers/promises';
import type { Chronicle, Said } from './chronicle.ts';
import { courierAccount, courierName, courierPath, type PostedToCourier } from './courier-channel.ts';
import type { Provider } from './provider.ts';
import { type Reply, replyTo } from './reply-to.ts';

/** Where people find the program: the servers that run at the moment, and what is noted of them. */
export interface Town {
  readonly chronicle: Chronicle;
  readonly provider: Provider;
  servers(): readonly string[];
  /** Aborted when nobody waits for anything any more. */
  readonly leaving: AbortSignal;
}

/** As long as no server runs, somebody who wants something looks again after so long. */
const againMilliseconds = 25;
/** A server that does not answer for so long is not waited for: the next one is asked. */
const answerMilliseconds = 2500;
/** The provider posts every so many messages twice. */
const repeatedEvery = 4;

/** Somebody asks for a survey over the courier and answers every question. Resolves when the survey has ended. */
export async function answerByCourier(town: Town, address: string, touchpoint: string): Promise<void> {
  const phone = town.provider.phoneOf(address);
  await postUntilTaken(town, { address, touchpoint }, () => !phone.isEmpty);
  for (let count = 1; ; count += 1) {
    const { message } = await phone.next(town.leaving);
    if (message.ended) return;
    if (message.questionId === undefined) continue;
    await say(town, address, {
      id: `${address}-${count}`,
      questionId: message.questionId,
      ...replyTo(message),
    });
  }
}

/** Says something and has it posted until a server has it. */
export async function say(
  town: Town,
  address: string,
  { id, questionId, ...reply }: Reply & Pick<Said, 'id' | 'questionId'>,
): Promise<void> {
  const { chronicle } = town;
  const order = chronicle.nextOrder();
  const said: Said = { channel: courierName, account: courierAccount, address, id, questionId, order };
  chronicle.said.push(said);
  const body = { address, id, ...reply };
  await Promise.all([
    postUntilTaken(town, body).then(() => {
      said.acknowledgedAt = chronicle.nextOrder();
    }),
    order % repeatedEvery === 0 && postUntilTaken(town, body),
  ]);
}

/** Posts as providers do: to any server, until one has taken it. Whoever refuses has to say when to come again. */
export async function postUntilTaken(
  { servers, chronicle, leaving }: Pick<Town, 'servers' | 'chronicle' | 'leaving'>,
  body: PostedToCourier,
  isDone: () => boolean = () => false,
): Promise<void> {
  for (let turn = chronicle.nextOrder(); !isDone(); turn += 1) {
    const running = servers();
    const server = running[turn % running.length];
    if (server !== undefined && (await post(`${server}${courierPath}`, body, { chronicle, leaving }))) return;
    await passes(againMilliseconds);
    leaving.throwIfAborted();
  }
}

/** Resolves to whether the server has taken it; a server that breaks off has not. */
async function post(
  url: string,
  body: PostedToCourier,
  { chronicle, leaving }: Pick<Town, 'chronicle' | 'leaving'>,
): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.any([leaving, AbortSignal.timeout(answerMilliseconds)]),
    });
    await response.arrayBuffer();
    noteRefusal(chronicle, response);
    return response.ok;
  } catch {
    return false;
  }
}

/** A server takes a message, or refuses it for now and says for how long. Anything else is noted. */
export function noteRefusal(chronicle: Chronicle, { ok, status, headers, url }: Response): void {
  if (ok) return;
  const seconds = Number(headers.get('retry-after') ?? 0);
  if (status === 503 && seconds > 0) chronicle.refusals += 1;
  else chronicle.oddities.push(`${new URL(url).pathname} answered ${status}, come again after ${seconds}`);
}
