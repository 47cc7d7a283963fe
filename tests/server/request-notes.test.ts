import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../src/telemetry/pino-log.ts';
import { faultyStore } from '../support/faulty-store.ts';
import { startStaffServer } from '../support/staff-server.ts';

async function start() {
  const lines: string[] = [];
  const log = createLog({ level: 'debug', destination: { write: (line) => lines.push(line) } });
  const faulty = faultyStore();
  const server = await startStaffServer({ app: { log, decorateStore: faulty.decorate } });
  onTestFinished(() => server.close());
  const linesOf = (requestId: string | null) =>
    lines.map((line) => JSON.parse(line)).filter((line) => line.requestId === requestId);
  return { faulty, server, linesOf };
}

test('[O1] the id of a request stands in its answer, in its problem and in every line about it', async () => {
  const { faulty, server, linesOf } = await start();
  faulty.before = (command) => {
    if (command === 'listResponses') throw new TypeError('odd');
  };
  const response = await server.staff('/responses');
  const requestId = response.headers.get('x-request-id');
  expect(await response.json()).toMatchObject({ status: 500, code: 'internal_error', requestId });
  expect(linesOf(requestId)).toMatchObject([
    { level: 'error', msg: 'a request failed', error: { type: 'TypeError' } },
    { level: 'debug', msg: 'a request was answered', area: 'api', method: 'GET', status: 500 },
  ]);
});

test('[O1] every request has an id of its own, and none that it brought along', async () => {
  const { server, linesOf } = await start();
  const asked = await Promise.all(
    ['mine', 'mine'].map((id) => server.ask('/healthz', { headers: { 'x-request-id': id } })),
  );
  const ids = asked.map(({ headers }) => headers.get('x-request-id'));
  expect(new Set([...ids, 'mine']).size).toBe(3);
  for (const id of ids) expect(linesOf(id)).toMatchObject([{ area: 'operation', status: 200 }]);
  expect(linesOf('mine')).toEqual([]);
});
