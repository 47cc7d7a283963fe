import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import express from 'express';
import { answerOrders } from '../child.ts';
import { answerServerOrder } from './server-orders.ts';

/**
 * What the least server does that loses no message: bare Express and node:sqlite, and for each message one read, one compare-and-set
 * write and one row for the outbox, in commits that are shared by the requests of one tick. Rows and bodies are as large as Kashuv's.
 */
const database = new DatabaseSync(join(process.env.DATA_DIR ?? '', 'bare.db'));
database.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE contacts (id TEXT PRIMARY KEY, version INTEGER NOT NULL, head TEXT NOT NULL) STRICT;
  CREATE TABLE outbox (seq INTEGER PRIMARY KEY, contact TEXT NOT NULL, body TEXT NOT NULL) STRICT;
`);
const insertContact = database.prepare('INSERT INTO contacts (id, version, head) VALUES (?, 1, ?)');
const selectContact = database.prepare('SELECT version, head FROM contacts WHERE id = ?');
const updateContact = database.prepare(
  'UPDATE contacts SET version = version + 1, head = ? WHERE id = ? AND version = ?',
);
const insertMessage = database.prepare('INSERT INTO outbox (contact, body) VALUES (?, ?)');

/** Makes a contact's row as long as Kashuv's, about 520 bytes, and a message as long as one to a page, about 410. */
const headPadding = 'x'.repeat(475);
const messagePadding = 'x'.repeat(380);

interface Waiting {
  run(): void;
  done(): void;
  failed(error: unknown): void;
}

let waiting: Waiting[] = [];

function inNextCommit(run: () => void): Promise<void> {
  return new Promise((done, failed) => {
    if (waiting.push({ run, done, failed }) === 1) setImmediate(commit);
  });
}

function commit(): void {
  const group = waiting;
  waiting = [];
  try {
    database.exec('BEGIN IMMEDIATE');
    for (const { run } of group) run();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    for (const { failed } of group) failed(error);
    return;
  }
  for (const { done } of group) done();
}

const app = express();
app.disable('x-powered-by');
app.set('etag', false);
app.use(express.json());

app.post('/channels/web/conversations', async (_request, response) => {
  const conversationId = randomBytes(24).toString('base64url');
  await inNextCommit(() => {
    insertContact.run(conversationId, JSON.stringify({ padding: headPadding, replies: 0, last: '' }));
    insertMessage.run(conversationId, JSON.stringify({ text: messagePadding }));
  });
  response.status(201).json({ conversationId, language: 'en' });
});

app.post('/channels/web/conversations/:id/messages', async (request, response) => {
  const { id } = request.params;
  await inNextCommit(() => {
    const contact = selectContact.get(id);
    if (!contact) throw new Error(`There is no conversation ${id}`);
    const head = JSON.parse(String(contact.head));
    const after = { ...head, replies: head.replies + 1, last: request.body.text };
    const { changes } = updateContact.run(JSON.stringify(after), id, Number(contact.version));
    if (changes !== 1) throw new Error('Somebody else was faster');
    insertMessage.run(id, JSON.stringify({ text: messagePadding, after: request.body.id }));
  });
  response.status(202).json({});
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const countComplete = database.prepare(
    "SELECT count(*) AS complete FROM contacts WHERE json_extract(head, '$.replies') >= 11",
  );
  answerOrders((order) =>
    answerServerOrder(
      {
        url: `http://127.0.0.1:${port}`,
        settle: async () => ({ complete: Number(countComplete.get()?.complete) }),
      },
      order,
    ),
  );
});
