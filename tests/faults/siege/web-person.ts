import { setTimeout as passes } from 'node:timers/promises';
import { webAccount, webChannelName } from '../../../src/channels/web/channel.ts';
import { openConversation, postMessage, readStream, type Streamed } from '../../support/chat-client.ts';
import type { Said } from './chronicle.ts';
import { noteRefusal, type Town } from './courier-person.ts';
import { replyTo } from './reply-to.ts';

const againMilliseconds = 25;
/** A page that heard nothing for so long is loaded again. */
const silenceMilliseconds = 3000;

/** What a page in somebody's browser knows. */
interface Page {
  cookie: string | undefined;
  conversationId: string;
  count: number;
  /** The last thing that was said. */
  said: Said | undefined;
  /** Said and not yet acknowledged; posted again with the same id until it is. */
  pending: Parameters<typeof postMessage>[2] | undefined;
}

/** Somebody opens the page and answers every question. Resolves when the survey has ended. */
export async function answerOnPage(town: Town, touchpoint: string): Promise<void> {
  const page: Page = {
    cookie: undefined,
    conversationId: '',
    count: 0,
    said: undefined,
    pending: undefined,
  };
  for (let turn = town.chronicle.nextOrder(); ; turn += 1) {
    const running = town.servers();
    const server = running[turn % running.length];
    if (server !== undefined && (await talk(town, page, server, touchpoint).catch(() => false))) return;
    await passes(againMilliseconds);
    town.leaving.throwIfAborted();
  }
}

/** Talks with one server. Resolves to whether the survey is over; rejects when the server is gone or asks to come again. */
async function talk(town: Town, page: Page, server: string, touchpoint: string): Promise<boolean> {
  const { chronicle } = town;
  const wish = { touchpoint, language: 'en', resume: page.count > 0 };
  const opened = await openConversation(server, wish, page.cookie);
  page.cookie = opened.cookie;
  page.conversationId = opened.conversationId;
  for (;;) {
    if (page.pending) {
      const response = await postMessage(server, page.conversationId, page.pending);
      noteRefusal(chronicle, response);
      if (!response.ok) throw new Error(`Not taken: ${response.status}`);
      page.pending = undefined;
      if (page.said) page.said.acknowledgedAt ??= chronicle.nextOrder();
    }
    const heard = await hear(server, page, town.leaving);
    const waiting = latestState(heard)?.waiting;
    if (!waiting) return true;
    say(page, waiting.questionId, heard);
  }

  function say(at: Page, questionId: string, heard: readonly Streamed[]): void {
    const asked = heard
      .flatMap((event) => (event.type === 'message' ? [event.data.message] : []))
      .findLast((message) => message.questionId === questionId);
    if (!asked) throw new Error(`Nobody asked ${questionId}`);
    at.count += 1;
    const id = `m${at.count}`;
    at.pending = { id, ...replyTo(asked) };
    at.said = {
      channel: webChannelName,
      account: webAccount,
      address: at.conversationId,
      id,
      questionId,
      order: chronicle.nextOrder(),
    };
    chronicle.said.push(at.said);
  }
}

/** Resolves to the whole conversation, once it shows what came of the last reply. */
async function hear(server: string, page: Page, leaving: AbortSignal): Promise<readonly Streamed[]> {
  const settles = isSettled(page);
  let settled = false;
  const heard = await readStream(server, page.conversationId, {
    enough: (event) => {
      settled = settles(event);
      return settled;
    },
    signal: AbortSignal.any([AbortSignal.timeout(silenceMilliseconds), leaving]),
  });
  if (!settled) throw new Error('The stream broke off');
  return heard;
}

/** The stream has shown the effect of everything that the person has said. */
function isSettled({ count, said }: Page): (event: Streamed) => boolean {
  const seen: Streamed[] = [];
  return (event) => {
    seen.push(event);
    if (!seen.some(({ type }) => type === 'live')) return false;
    const state = latestState(seen);
    if (!state) return false;
    const mine =
      count === 0 ? 0 : seen.findIndex((one) => one.type === 'reply' && one.data.id === `m${count}`);
    if (mine < 0) return false;
    const answered = seen.slice(mine).some(({ type }) => type === 'message');
    return answered && state.waiting?.questionId !== said?.questionId;
  };
}

function latestState(events: readonly Streamed[]) {
  return events.flatMap((event) => (event.type === 'state' ? [event.data] : [])).at(-1);
}
