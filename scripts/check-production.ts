import { execFileSync, type SpawnOptions } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { type Instruction, readDockerfile } from './production/dockerfile.ts';
import { exitCode, killGroup, run, start } from './production/processes.ts';

// npm run check:production: takes the steps of the Dockerfile in clean folders, as a user without rights and with production dependencies only, and
// looks whether the server that comes out of them serves, reports that it is well and ends when asked to. It shows that the image would work; it does not
// build one. Each step has a time limit.

const root = join(import.meta.dirname, '..');
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const work = mkdtempSync(join(tmpdir(), 'kashuv-production-'));
chmodSync(work, 0o755);

try {
  await check();
  console.log('The production installation works.');
} catch (error) {
  console.error(`The production installation fails: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  execFileSync('chmod', ['-R', 'u+w', work]);
  rmSync(work, { recursive: true });
}

async function check(): Promise<void> {
  const checkout = join(work, 'checkout');
  copyCheckout(checkout);
  const environment = bareEnvironment();
  let folder = '';
  let image = '';
  let healthcheck: readonly string[] = [];
  let command: readonly string[] = [];

  for (const instruction of readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'))) {
    switch (instruction.kind) {
      case 'from':
        image = join(work, instruction.stage);
        mkdirSync(image);
        break;
      case 'workdir':
        folder = join(image, instruction.path);
        mkdirSync(folder, { recursive: true });
        break;
      case 'env':
        for (const [name, value] of Object.entries(instruction.values)) {
          environment[name] = value.startsWith('/') ? join(image, value) : value;
        }
        break;
      case 'copy':
        copy(instruction, instruction.from ? join(work, instruction.from) : checkout, folder);
        break;
      case 'folder':
        mkdirSync(join(image, instruction.path));
        break;
      case 'npm':
        await step(['npm', ...instruction.parameters], folder, environment);
        break;
      case 'healthcheck':
        healthcheck = instruction.words;
        break;
      case 'command':
        command = instruction.words;
        break;
    }
  }
  // In the image these files belong to root, and the server cannot write to them.
  handOver(work);
  execFileSync('chmod', ['-R', 'a-w', folder]);
  await checkServer(command, healthcheck, folder, environment);
}

async function checkServer(
  command: readonly string[],
  healthcheck: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const port = await freePort();
  const options: SpawnOptions = { cwd: folder, env: { ...environment, PORT: String(port) }, ...nobody };
  console.log(`$ ${command.join(' ')}`);
  const server = start(command, options);
  try {
    const base = `http://127.0.0.1:${port}`;
    await ready(`${base}/readyz`, () => server.exitCode !== null || server.signalCode !== null);
    const page = await fetch(base, { signal: AbortSignal.timeout(5_000) });
    const html = await page.text();
    if (page.status !== 200 || !html.includes('<html')) {
      throw new Error(`the chat page answered ${page.status} with ${html.length} characters.`);
    }
    console.log(`$ ${healthcheck.join(' ')}`);
    if ((await run(healthcheck, options, 30)) !== 0)
      throw new Error('the health check says that it is not well.');
    server.kill('SIGTERM');
    const code = await exitCode(server, 20);
    if (code !== 0)
      throw new Error(`after SIGTERM it ended with ${code ?? 'nothing within 20 seconds'}, not with 0.`);
  } finally {
    killGroup(server);
  }
}

async function step(words: string[], folder: string, environment: NodeJS.ProcessEnv): Promise<void> {
  console.log(`$ ${words.join(' ')}`);
  handOver(work);
  const code = await run(words, { cwd: folder, env: environment, ...nobody }, 600);
  if (code !== 0) throw new Error(`"${words.join(' ')}" ended with ${code ?? 'nothing within 10 minutes'}.`);
}

async function ready(address: string, hasEnded: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (hasEnded()) throw new Error('the server ended before it was ready.');
    const response = await fetch(address, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server was not ready within a minute.');
}

/** The files that git knows, as they are in the working folder: what was not added is missing here as it would be for everybody else. */
function copyCheckout(target: string): void {
  const paths = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  for (const path of paths) {
    if (path === '' || !existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(target, path)), { recursive: true });
    cpSync(join(root, path), join(target, path));
  }
}

function copy(
  { sources, target, from }: Extract<Instruction, { kind: 'copy' }>,
  context: string,
  folder: string,
): void {
  for (const source of sources) {
    const path = join(context, source);
    if (!existsSync(path)) throw new Error(`there is no ${source} to copy${from ? ` from ${from}` : ''}.`);
    const isFile = statSync(path).isFile();
    cpSync(path, isFile ? join(folder, target, basename(path)) : join(folder, target), { recursive: true });
  }
}

/** Without this folder's node_modules on the path and without the settings of whoever runs the check. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const home = join(work, 'home');
  mkdirSync(home);
  const kept = /^(LANG|LC_.*|TMPDIR|(https?|no)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR))$/i;
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name))),
    PATH: (process.env.PATH ?? '')
      .split(delimiter)
      .filter((entry) => !entry.includes('node_modules'))
      .join(delimiter),
    HOME: home,
    npm_config_registry: registry,
    npm_config_cache: join(work, 'npm-cache'),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port was found.');
  return address.port;
}

function handOver(folder: string): void {
  if (nobody.uid !== undefined) execFileSync('chown', ['-R', `${nobody.uid}:${nobody.gid}`, folder]);
}
