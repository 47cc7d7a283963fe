import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../src/app.ts';
import type { Channel } from '../../src/channels/channel.ts';
import { createConsoleChannel } from '../../src/channels/console/channel.ts';
import { DeliveryError } from '../../src/channels/errors.ts';
import { findRunning } from '../../src/running.ts';
import { createLog } from '../../src/telemetry/pino-log.ts';
import { openConversation, postMessage, readStream } from '../support/chat-client.ts';
import { faultyStore, until } from '../support/faulty-store.ts';
import { createTestApp, testConfig } from '../support/test-app.ts';

/** A word that stands in everything that people write, are called or keep secret here, and nowhere else. */
const canary = 'kanarienvogel';
const hebrewCanary = 'קנרית';
const secretKey = `${canary}-secret-key-of-at-least-32-characters`;
const metricsToken = `${canary}-metrics-token-of-32-characters`;
const root = join(import.meta.dirname, '../..');

/** A whole server with everything that can go wrong, whose log is kept. */
async function start() {
  const lines: string[] = [];
  const faulty = faultyStore();
  const outcomes = ['never', 'ambiguous', 'not_taken', 'channel_down'] as const;
  let sent = 0;
  const failing: Channel = {
    ...createConsoleChannel(() => {}),
    name: 'failing',
    send({ address, message }) {
      sent += 1;
      const quoted = new Error(`The provider does not take ${address}: ${message.text}`);
      const outcome = outcomes[sent % 5];
      return Promise.reject(outcome ? new DeliveryError(outcome, 'odd', { cause: quoted }) : quoted);
    },
  };
  const app = await createTestApp({
    config: testConfig({
      SECRET_KEY: secretKey,
      METRICS_TOKEN: metricsToken,
      BRAND_NAME: `${canary} brand`,
      INBOUND_QUEUE_MAX: '50',
    }),
    channels: [failing],
    decorateStore: faulty.decorate,
    log: createLog({ level: 'trace', destination: { write: (line) => lines.push(line) } }),
  });
  const listening = await listen(app);
  onTestFinished(async () => {
    faulty.up();
    faulty.before = undefined;
    await listening.close();
    await app.close();
  });
  const { url } = listening;

  async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return response;
  }

  return { app, faulty, listening, url, lines, post };
}

let messages = 0;

async function talk(
  { app, url }: Awaited<ReturnType<typeof start>>,
  opening: Record<string, unknown>,
  words: readonly string[],
): Promise<string> {
  const { conversationId } = await openConversation(url, opening);
  await app.conversations.idle();
  for (const text of words) {
    messages += 1;
    await postMessage(url, conversationId, { id: `${canary}-${messages}`, text });
    await app.conversations.idle();
  }
  return conversationId;
}

/** The log holds lines like these, and in none of them the canary or one of the further secrets. */
function expectClean(
  lines: readonly string[],
  sentences: readonly string[],
  secrets: readonly string[],
): void {
  const said = new Set(lines.map((line) => JSON.parse(line).msg));
  for (const sentence of sentences) expect(said).toContain(sentence);
  for (const line of lines) {
    for (const secret of [canary, hebrewCanary, encodeURIComponent(hebrewCanary), ...secrets]) {
      expect(line.toLowerCase()).not.toContain(secret.toLowerCase());
    }
  }
}

test('[O2] whole stories in both languages leave nothing of people in the log', async () => {
  const setting = await start();
  const { app, listening, url, lines, post } = setting;
  const staff = { authorization: `Bearer ${listening.operatorToken}` };
  const secrets: string[] = [listening.operatorToken];

  const english = await talk(setting, { touchpoint: 'purchase', language: 'en' }, [
    `9 because of ${canary}`,
    `The ${canary} was friendly`,
    'back',
    'English',
    'STOP',
    `I am ${canary}`,
    'start',
  ]);
  const hebrew = await talk(setting, { touchpoint: 'churn', language: 'he' }, [
    `${hebrewCanary} אמר לי`,
    'כן',
    'הסר',
  ]);
  secrets.push(english, hebrew);

  // An invitation by name, its link, and the chat that it opens.
  const contact = { language: 'en', attributes: { name: `Dana ${canary}`, tier: canary } };
  const invited = await post('/api/v1/invitations', { touchpoint: 'delivery', contact }, staff);
  expect(invited.status).toBe(201);
  const { link } = await invited.json();
  const code = String(link).split('/').at(-1) ?? '';
  secrets.push(code);
  await talk(setting, { code, language: 'en' }, ['yes', `2, ${canary}`]);

  // A case with replies of staff, by a browser that signed in.
  const asking = await talk(setting, { touchpoint: 'support', language: 'en' }, ['agent', `Help ${canary}`]);
  const adminCode = (await listening.createAdminLink()).split('/').at(-1) ?? '';
  const signedIn = await post('/api/v1/sign-in', { code: adminCode });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  secrets.push(asking, adminCode, cookie.split('=')[1] ?? '');
  const { items } = await (await fetch(`${url}/api/v1/cases`, { headers: staff })).json();
  const reply = await post(`/api/v1/cases/${items[0].id}/replies`, { text: `Dear ${canary}` }, staff);
  expect(reply.status).toBe(200);
  await fetch(`${url}/admin/${adminCode}?from=${canary}`);
  await fetch(`${url}/s/${code}`);
  await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
  await readStream(url, english, { enough: ({ type }) => type === 'live' });
  await app.conversations.idle();

  expectClean(lines, ['a request was answered'], secrets);
  expect(lines.length).toBeGreaterThan(20);
});

test('[O2] bad requests leave nothing of themselves in the log', async () => {
  const setting = await start();
  const { listening, url, lines, post } = setting;
  const staff = { authorization: `Bearer ${listening.operatorToken}` };
  const { conversationId } = await openConversation(url, { touchpoint: 'delivery' });
  const messagesPath = `/channels/web/conversations/${conversationId}/messages`;
  const statuses = [];
  for (const asked of [
    post(messagesPath, `{"id": "${canary}", "text": ${canary}`),
    post(messagesPath, `${canary}`),
    post(messagesPath, { id: canary, [canary]: canary }),
    post(messagesPath, { id: canary, text: canary.repeat(20_000) }),
    post(messagesPath, { id: canary, text: 'x' }, { 'content-encoding': canary }),
    post('/channels/web/conversations', { touchpoint: canary }),
    post('/channels/web/conversations', { code: canary }),
    post(`/channels/web/conversations/${canary}/messages`, { id: 'x', text: canary }),
    post('/api/v1/sign-in', { code: canary }),
    post('/api/v1/questionnaires', { format: 1, id: canary, texts: { en: canary } }, staff),
    post('/api/v1/questionnaires', `{"id": "${canary}`, staff),
    post('/api/v1/invitations', { touchpoint: canary, contact: { name: canary } }, staff),
    post('/api/v1/responses', {}, { authorization: `Bearer ${canary}` }),
    fetch(`${url}/api/v1/responses?after=${canary}`, { headers: staff }),
    fetch(`${url}/api/v1/responses?${canary}=1`, { headers: staff }),
    fetch(`${url}/api/v1/responses/${canary}`, { headers: staff }),
    fetch(`${url}/${canary}/%E0%A4%A`),
    fetch(`${url}/${canary}`, { method: 'DELETE', headers: { 'x-request-id': canary, cookie: canary } }),
  ])
    statuses.push((await asked).status);
  expect(statuses.every((status) => status >= 400 && status < 500)).toBe(true);
  expectClean(lines, ['a request was answered'], [conversationId]);
});

test('[O2] failing sends, turns and stores leave nothing of what they quote in the log', async () => {
  const setting = await start();
  const { app, faulty, listening, url, lines } = setting;
  const staff = { authorization: `Bearer ${listening.operatorToken}` };
  const receive = (address: string, text: string) =>
    app.conversations.receive({
      channel: 'failing',
      account: 'terminal',
      providerMessageId: `${canary} ${address} ${text}`,
      address: `${canary}-${address}`,
      content: { kind: 'text', text },
    });
  for (const address of ['ada', 'ben', 'cleo', 'dan', 'eva', 'fay']) await receive(address, canary);
  await app.conversations.idle();

  // A questionnaire whose turns quote what they were given, until it is paused.
  const people = [];
  for (let count = 0; count < 2; count += 1) {
    const { conversationId } = await openConversation(url, { touchpoint: 'delivery', language: 'en' });
    people.push(conversationId);
  }
  faulty.before = (command, parameters) => {
    if (command === 'commitTurn') throw new TypeError(`Cannot write ${JSON.stringify(parameters)}`);
  };
  for (const conversationId of people) {
    await postMessage(url, conversationId, { id: `${canary}-f`, text: `yes ${canary}` });
    await app.conversations.idle();
  }
  for (let attempt = 0; attempt < 5; attempt += 1) await app.conversations.sweep();
  const opening = { method: 'POST', body: JSON.stringify({ touchpoint: 'purchase' }) };
  const json = { 'content-type': 'application/json' };
  expect((await fetch(`${url}/channels/web/conversations`, { ...opening, headers: json })).status).toBe(500);

  // A store that quotes, and one that is gone.
  faulty.before = (_, parameters) => {
    throw Object.assign(new Error(`duplicate key: ${JSON.stringify(parameters)}`), {
      code: 11_000,
      keyValue: { name: canary },
      body: canary,
    });
  };
  await fetch(`${url}/api/v1/responses/${canary}`, { headers: staff });
  await expect(receive('gil', canary)).rejects.toThrow();
  await expect(app.conversations.sweep()).rejects.toThrow();
  faulty.before = undefined;
  faulty.down();
  await fetch(`${url}/api/v1/responses?touchpoint=${canary}`, { headers: staff });
  await postMessage(url, people[0] ?? '', { id: canary, text: canary });
  faulty.up();

  expectClean(
    lines,
    [
      'a message was not accepted',
      'a message could not be handled',
      'a questionnaire keeps failing and was paused',
      'a request failed',
      'a request needs the store, which is down',
    ],
    [...people, listening.operatorToken],
  );
});

test('[O2] commands leave nothing of a file in the log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-canary-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'questionnaire.json');
  const log: string[] = [];
  for (const document of [{ format: 1, id: canary, texts: { en: { title: canary } } }, `{"${canary}": `]) {
    writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document));
    const child = spawn(process.execPath, [join(root, 'src/cli.ts'), 'import', file], {
      env: { ...process.env, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'trace' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    // What the command says to whoever typed it is no log.
    log.push(...said.split('\n').filter((line) => line.startsWith('{"level"')));
  }
  expectClean(log, ['a request was answered'], []);
});

test('[O2] a process of its own writes nothing else beside its log, whatever it is asked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kashuv-canary-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { NODE_ENV: _, ...environment } = process.env;
  const child = spawn(process.execPath, [join(root, 'src/main.ts')], {
    env: { ...environment, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'trace', METRICS_TOKEN: metricsToken },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  await until(() => child.exitCode !== null || findRunning(folder) !== undefined);
  const { url = '', operatorToken = '' } = findRunning(folder) ?? {};
  const { conversationId } = await openConversation(url, { touchpoint: 'delivery' });
  const path = `${url}/channels/web/conversations/${conversationId}/messages`;
  const headers = { 'content-type': 'application/json' };
  for (const body of [
    `{"text": "${canary}`,
    canary,
    `"${canary}"`,
    `{"id": "${canary}", "text": "${canary}"}`,
  ])
    await fetch(path, { method: 'POST', headers, body });
  await fetch(`${url}/${canary}/%E0%A4%A`);
  await fetch(`${url}/assets/%00${canary}`);
  const body = `{"id": "${canary}`;
  const staff = { ...headers, authorization: `Bearer ${operatorToken}` };
  await fetch(`${url}/api/v1/questionnaires`, { method: 'POST', headers: staff, body });
  child.kill('SIGTERM');
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  const lines = said.trim().split('\n');
  expectClean(lines, ['a request was answered', 'stopped'], [conversationId, operatorToken]);
});
