import pino from 'pino';
import { expect } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Channel, InboundMessage, OutboundMessage } from '../../src/channels/channel.ts';
import { decodeChoice, encodeChoice } from '../../src/channels/choice.ts';
import { consoleAccount, createConsoleChannel } from '../../src/channels/console/channel.ts';
import { renderForConsole } from '../../src/channels/console/render.ts';
import { replay } from '../../src/dialogs/index.ts';
import type { Answer, Response } from '../../src/store/records.ts';
import type { Act, Said, Scenario } from './scenario.ts';
import { createTestApp } from './test-app.ts';

export interface ScenarioResult {
  /** What the bot said at the start, then after each act. */
  readonly said: readonly Said[];
  /** What was recorded, as lines: each response with its answers. */
  readonly responses: readonly string[];
}

/**
 * Runs a scenario through the conversation pipeline of the app on the store of the test run. Every turn reads the contact from the store and
 * nothing lives between two turns but what was stored. Time is the scenario's own; timers fire at the moment at which they are due.
 */
export async function runScenario(scenario: Scenario): Promise<ScenarioResult> {
  let now = scenario.start;
  const sent: OutboundMessage[] = [];
  const failures: string[] = [];
  let contactId = '';
  const app = await createScenarioApp({ now: () => now, sent, failures });
  try {
    const start = async (questionnaire: string) => {
      const wanted = await app.library.latest(questionnaire);
      if (!wanted) throw new Error(`No questionnaire ${questionnaire} is shipped`);
      const language = { code: scenario.locale, chosen: false };
      const started = await app.conversations.start({
        channel: scenario.channel,
        account: consoleAccount,
        address,
        wanted,
        language,
        resume: false,
      });
      contactId = started.contactId;
    };
    let replies = 0;
    const receive = async (content: InboundMessage['content']) => {
      replies += 1;
      const providerMessageId = `reply-${replies}`;
      await app.conversations.receive({
        channel: scenario.channel,
        account: consoleAccount,
        providerMessageId,
        address,
        content,
      });
    };
    const passTime = async (hours: number) => {
      const until = new Date(Date.parse(now) + hours * 3_600_000).toISOString();
      for (;;) {
        const next = (await app.store.readContact(contactId))?.contact.wakeAt;
        if (next === undefined || next > until) break;
        now = next;
        await app.conversations.sweep();
        await app.conversations.idle();
      }
      now = until;
    };
    const perform = async (act: Act) => {
      switch (act.type) {
        case 'text':
          return receive({ kind: 'text', text: act.text });
        case 'tap':
          return receive({ kind: 'choice', choice: tokenOf(act.labels, sent) });
        case 'media':
          return receive({ kind: 'media', mediaType: act.mediaType });
        case 'wait':
          return passTime(act.hours);
        case 'start':
          return start(act.questionnaire);
        case 'staff':
          await actOnCase(app, { type: 'reply', text: act.text });
          return expectDelivered(act.text);
        case 'hand_back':
          return actOnCase(app, { type: act.how });
        case 'comment':
          return;
      }
    };

    const said: Said[] = [];
    let heard = 0;
    const listen = async () => {
      await app.conversations.idle();
      const byBot = sent.slice(heard).filter(({ from }) => from === 'bot');
      expect(failures).toEqual([]);
      said.push(byBot.map((message) => renderForConsole(message).split('\n')));
      heard = sent.length;
    };
    const expectDelivered = async (text: string) => {
      await app.conversations.idle();
      const last = sent.at(-1);
      if (last?.from !== 'staff' || last.text !== text)
        throw new Error(`The words of staff did not arrive: ${text}`);
    };
    await introduce(app, scenario, now);
    await start(scenario.questionnaire);
    await listen();
    for (const act of scenario.acts) {
      await perform(act);
      await listen();
      // Nobody types faster than the clock's smallest step.
      now = new Date(Date.parse(now) + 1000).toISOString();
    }
    return { said, responses: await describeResponses(app) };
  } finally {
    await app.close();
  }
}

const address = 'scenario';

/** An app whose errors are gathered: the pipeline keeps a failed turn for later, and a scenario must not pass over it. */
async function createScenarioApp(options: {
  now: () => string;
  sent: OutboundMessage[];
  failures: string[];
}): Promise<App> {
  const console: Channel = createConsoleChannel((message) => options.sent.push(message));
  return createTestApp({
    channels: [console],
    now: options.now,
    log: pino(
      { level: 'warn', serializers: { error: pino.stdSerializers.err } },
      { write: (line) => options.failures.push(line) },
    ),
  });
}

/** Makes the contact known with the attributes of the header, as an import would have before anything is asked. */
async function introduce(app: App, { channel, locale, attributes }: Scenario, at: string): Promise<void> {
  await app.store.attachAddress({
    address: app.addressBook.register(channel, consoleAccount, address),
    newContact: { id: 'contact', language: locale, attributes: { ...attributes } },
    at,
  });
}

/** What a tap on these labels sends back: the newest message that offered them all counts, so that an old button can be tapped. */
function tokenOf(labels: readonly string[], sent: readonly OutboundMessage[]): string {
  for (const { choices = [] } of sent.toReversed()) {
    const tokens = labels.map((label) => choices.find((choice) => choice.label === label)?.token);
    const [first] = tokens;
    if (first === undefined || tokens.includes(undefined)) continue;
    if (tokens.length === 1) return first;
    const chosen = tokens.map((token) => decodeChoice(token ?? ''));
    const [whole] = chosen;
    if (whole?.kind !== 'options') throw new Error(`Only one of ${labels.join(', ')} can be tapped`);
    const optionIds = chosen.flatMap((choice) => (choice?.kind === 'options' ? choice.optionIds : []));
    return encodeChoice({ ...whole, optionIds });
  }
  throw new Error(`No message offers ${labels.map((label) => `[${label}]`).join(' ')}`);
}

async function actOnCase(app: App, act: Parameters<App['conversations']['actOnCase']>[1]): Promise<void> {
  const { items } = await app.store.listCases({ limit: 1, open: true });
  const [waiting] = items;
  if (!waiting) throw new Error('Nobody asked for a person');
  await app.conversations.actOnCase(waiting.id, act);
}

/** The responses, oldest first, each with its answers in the order of the questionnaire. */
export async function describeResponses(app: App): Promise<string[]> {
  const { store } = app;
  const { items: responses } = await store.listResponses({ limit: 500 });
  const described: string[] = [];
  for (const response of responses.toReversed()) {
    const { items: answers } = await store.listAnswers({ sessionId: response.sessionId, limit: 500 });
    const published = await store.readQuestionnaire(response.questionnaireId);
    const order = (answer: Answer) =>
      published?.document.questions.findIndex(({ id }) => id === answer.questionId) ?? 0;
    await expectReplayed(app, response, answers);
    described.push(describeResponse(response));
    described.push(...answers.toSorted((one, other) => order(one) - order(other)).map(describeAnswer));
  }
  return described;
}

/** Folding the stored events of a session must give the answers that stand in the tables. */
async function expectReplayed(
  { store, library }: App,
  response: Response,
  answers: readonly Answer[],
): Promise<void> {
  const { sessionId, questionnaireId, revision } = response;
  const questionnaire = await library.revision(questionnaireId, revision);
  if (!questionnaire) throw new Error(`Revision ${revision} of ${questionnaireId} is gone`);
  const events = await store.readEvents(sessionId);
  const session = replay(
    questionnaire,
    events.map(({ event }) => event),
  );
  expect(Object.fromEntries(answers.map(({ questionId, value }) => [questionId, value]))).toEqual({
    ...session.answers,
    ...session.held,
  });
}

function describeResponse({ questionnaireId, status }: Response): string {
  return `response ${questionnaireId}: ${status}`;
}

function describeAnswer(answer: Answer): string {
  const { questionId, value, comment, inputMode, late, correctedFrom } = answer;
  const notes = [
    inputMode === 'default' && 'default',
    inputMode === 'known' && 'known',
    late && 'late',
    correctedFrom !== undefined && `was ${describeValue(correctedFrom)}`,
    comment !== undefined && `comment: ${comment}`,
  ].filter((note) => note !== false);
  return `  ${questionId}: ${describeValue(value)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

function describeValue(value: Answer['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? value.join(', ') : String(value);
}
