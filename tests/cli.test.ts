import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { programWith } from './support/program.ts';
import { parseScenario } from './support/scenario.ts';

const directory = mkdtempSync(join(tmpdir(), 'kashuv-cli-'));
const { run, serve, stop } = programWith({ DATA_DIR: join(directory, 'data') });

const example = () =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../examples/delivery-csat.json'), 'utf8'));

function write(name: string, content: unknown): string {
  const path = join(directory, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

beforeAll(async () => {
  // The first start makes the store and the secret.
  await serve();
  await stop('SIGTERM');
}, 60_000);

afterEach(async () => {
  await stop('SIGKILL');
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

test('the first start prints a sign-in link, a later one keeps the store, and Ctrl-C ends both with 0', async () => {
  const { url, link } = await serve();
  expect(link).toBeUndefined();
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(await stop('SIGINT')).toBe(0);
});

test('a second server on the same data folder is refused in words', async () => {
  await serve();
  const second = await run('main.ts', []);
  expect(second.code).toBe(1);
  expect(second.errors).toMatch(/Another Kashuv process/);
  expect(second.errors).not.toMatch(/\n\s+at /);
  expect(await stop('SIGTERM')).toBe(0);
});

test('a port that is taken is said in words', async () => {
  const { url } = await serve();
  const other = await run('main.ts', [], '', { PORT: new URL(url).port, DATA_DIR: join(directory, 'other') });
  expect(other.code).toBe(1);
  expect(other.errors).toContain('is in use');
  await stop('SIGTERM');
});

test('all wrong settings are named at once', async () => {
  const { code, errors } = await run('main.ts', [], '', { PORT: 'many', DEFAULT_LANGUAGE: 'fr' });
  expect(code).toBe(1);
  expect(errors).toContain('PORT');
  expect(errors).toContain('DEFAULT_LANGUAGE');
});

test('admin-link prints a link that works once, with the server running or stopped', async () => {
  const stopped = await run('cli.ts', ['admin-link']);
  expect(stopped).toMatchObject({ code: 0, errors: '' });
  const { url } = await serve();
  const running = await run('cli.ts', ['admin-link']);
  expect(running.code).toBe(0);
  for (const { output } of [stopped, running]) {
    const code = output.trim().split('/').at(-1);
    const signIn = () =>
      fetch(`${url}/api/v1/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify({ code }),
      });
    expect((await signIn()).ok).toBe(true);
    expect((await signIn()).status).toBe(401);
  }
  await stop('SIGTERM');
});

test('import publishes a questionnaire that somebody wrote, with the server running or stopped', async () => {
  const file = write('mine.json', { ...example(), id: 'my-delivery', touchpoint: 'my-moment' });
  expect(await run('cli.ts', ['import', file])).toMatchObject({
    code: 0,
    output: expect.stringContaining('revision 1'),
  });
  const { url } = await serve();
  expect((await run('cli.ts', ['import', file])).output).toContain('already published');
  const list = await (await fetch(`${url}/channels/web/touchpoints`)).text();
  expect(list).toContain('my-moment');
  await stop('SIGTERM');
});

test('import says by path and in words what is wrong, and publishes nothing', async () => {
  const { questions, ...rest } = example();
  const broken = write('broken.json', {
    ...rest,
    id: 'broken',
    questions: [{ ...questions[0], kind: 'essay' }],
  });
  const shape = await run('cli.ts', ['import', broken]);
  expect(shape.code).toBe(1);
  expect(shape.errors).toContain('/questions/0/kind');

  const lost = structuredClone({ ...rest, id: 'lost', questions });
  delete lost.texts.en.questions[questions[0].id];
  const meaning = await run('cli.ts', ['import', write('lost.json', lost)]);
  expect(meaning.code).toBe(1);
  expect(meaning.errors).toContain('/texts/en');

  expect((await run('cli.ts', ['import', write('text.json', 'not json')])).errors).toContain('is not JSON');
  expect((await run('cli.ts', ['import', join(directory, 'absent.json')])).errors).toContain(
    'cannot be read',
  );
});

test('chat talks in the terminal and saves the talk as a scenario', async () => {
  const saved = join(directory, 'talk.txt');
  const { code, output } = await run(
    'cli.ts',
    ['chat', 'purchase-nps', '--language', 'en', '--save', saved],
    '9\nThe service\n5\n1\n',
  );
  expect(code).toBe(0);
  expect(output).toContain('Glad to hear that. What did we do well?');
  const scenario = parseScenario(readFileSync(saved, 'utf8'));
  expect(scenario.questionnaire).toBe('purchase-nps');
  expect(scenario.acts.filter(({ type }) => type === 'text')).toHaveLength(4);
});

test('chat ends quietly when the input ends, and names what there is when asked for something else', async () => {
  expect(await run('cli.ts', ['chat', 'purchase-nps'], '9\n')).toMatchObject({ code: 0, errors: '' });
  const unknown = await run('cli.ts', ['chat', 'nothing']);
  expect(unknown.code).toBe(1);
  expect(unknown.errors).toContain('delivery-csat');
});
