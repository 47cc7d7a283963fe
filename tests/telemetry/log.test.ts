import { DatabaseSync } from 'node:sqlite';
import { mongo } from 'mongoose';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { DeliveryError } from '../../src/channels/errors.ts';
import { StoreError } from '../../src/store/errors.ts';
import { describeError } from '../../src/telemetry/describe-error.ts';
import { createLog } from '../../src/telemetry/pino-log.ts';

const secret = 'דנה wrote to dana@example.com from 050-1234567';

function logTo(lines: string[], level: Parameters<typeof createLog>[0]['level'] = 'trace') {
  return createLog({ level, destination: { write: (line) => lines.push(line) } });
}

/** Whatever an action throws. */
function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

test('[O1] a line has its level in words, its moment, its sentence and the details that have a field', () => {
  const lines: string[] = [];
  logTo(lines).warn({ contactId: 'c-1', seq: 4, quarantine: true }, 'a message could not be handled');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    contactId: 'c-1',
    seq: 4,
    quarantine: true,
    msg: 'a message could not be handled',
  });
});

test('[O1] lines below the level are not written', () => {
  const lines: string[] = [];
  const log = logTo(lines, 'warn');
  log.debug({}, 'one');
  log.info({}, 'two');
  log.error({}, 'three');
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['three']);
});

test('[O2] a detail that has no field is left out, wherever it came from', () => {
  const lines: string[] = [];
  const careless = { contactId: 'c-1', address: secret, text: secret, body: { text: secret } };
  logTo(lines).error(careless, 'something');
  expect(Object.keys(JSON.parse(lines[0] ?? ''))).toEqual(['level', 'time', 'contactId', 'msg']);
});

test('[O2] a field shows words of plain letters only: no sentence, no address, no object', () => {
  const lines: string[] = [];
  const log = logTo(lines);
  for (const code of [secret, 'dana@example.com', '+972501234567', 'שלום', 'x'.repeat(201)])
    log.info({ code }, 'something');
  expect(lines.map((line) => JSON.parse(line).code)).toEqual(Array(5).fill('(not shown)'));
  const nested = { status: { text: secret } };
  log.info(JSON.parse(JSON.stringify(nested)), 'something');
  expect(lines.join('')).not.toContain('example.com');
});

test('[O2] an error is told by its kind, its codes and its place, and never by its message', () => {
  const described = describeError(
    new StoreError('unavailable', secret, { cause: new DeliveryError('ambiguous', 'timeout', {}) }),
  );
  expect(described).toMatchObject({
    type: 'StoreError',
    codes: { code: 'unavailable' },
    cause: { type: 'DeliveryError', codes: { outcome: 'ambiguous', code: 'timeout' } },
  });
  expect(described.at?.[0]).toContain('log.test.ts');
  expect(JSON.stringify(described)).not.toContain('example.com');
});

test('[O2] errors that quote what they were given quote nothing in the log', () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE words (word TEXT CHECK (length(word) < 3))');
  const bodyParserError = Object.assign(new SyntaxError(secret), { status: 400, body: secret });
  const errors: unknown[] = [
    thrownBy(() => JSON.parse(`{${secret}`)),
    thrownBy(() => z.enum(['a']).parse(secret, { reportInput: true })),
    thrownBy(() => database.prepare(`INSERT INTO "${secret}" VALUES (1)`)),
    thrownBy(() => database.prepare('INSERT INTO words VALUES (?)').run(secret)),
    thrownBy(() => new URL(secret)),
    thrownBy(() => Reflect.apply(Reflect.get({}, secret), undefined, [])),
    bodyParserError,
    new mongo.MongoServerError({ message: secret, code: 11000, keyValue: { _id: secret }, errmsg: secret }),
    new mongo.MongoNetworkError(secret, { cause: new Error(secret) }),
    new AggregateError([new Error(secret)], secret),
    new Error('outer', { cause: { text: secret } }),
    Object.assign(new Error(secret), { code: secret, name: secret }),
    Object.assign(new Error('x'), {
      stack: `Error: x\n    at ${secret} (file:///a.ts:1:2)\n    at b (${secret}:1:1)`,
    }),
    new Error(`two lines\n    at ${secret}\n    at (file:///${secret}:1:1)`),
    secret,
    { message: secret },
  ];
  const lines: string[] = [];
  const log = logTo(lines);
  for (const error of errors) log.error({ error }, 'something failed');
  expect(lines).toHaveLength(errors.length);
  for (const line of lines) {
    expect(line).not.toMatch(/דנה|dana|example|1234567/);
    expect(JSON.parse(line).error.type).toBeTruthy();
  }
  expect(JSON.parse(lines[6] ?? '').error).toMatchObject({ type: 'SyntaxError', codes: { status: 400 } });
  expect(JSON.parse(lines[7] ?? '').error).toMatchObject({
    type: 'MongoServerError',
    codes: { code: 11000 },
  });
});

test('[O2] an error whose causes go round in a circle ends', () => {
  const first = new Error('first');
  const second = new Error('second', { cause: first });
  first.cause = second;
  expect(JSON.stringify(describeError(first)).match(/"type"/g)?.length).toBeLessThan(10);
});
