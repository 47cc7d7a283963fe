import { setTimeout as passes } from 'node:timers/promises';
import { isViolation } from '../../../src/doctor/index.ts';
import { examine } from '../../../src/operations/examine.ts';
import type { StoreReader } from '../../../src/store/store.ts';
import { type Chronicle, createChronicle } from './chronicle.ts';
import type { Town } from './courier-person.ts';
import { differences } from './differences.ts';
import type { Ground } from './ground.ts';
import type { Protection } from './protections.ts';
import { type Provider, startProvider } from './provider.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import type { Strike } from './strikes.ts';

/** The servers of a test on one store, with their provider, and everything that was seen from outside. */
export interface Camp {
  readonly chronicle: Chronicle;
  readonly provider: Provider;
  readonly ground: Ground;
  readonly town: Town;
  /** Sends everybody away who still waits for something. */
  readonly leave: AbortController;
  /** Those that run. */
  readonly servers: readonly ServerProcess[];
  /** Resolves when the server listens, or has ended before it could. */
  start(more?: StartOptions): Promise<ServerProcess>;
  /**
   * What differs between the chronicle and the store, once nothing that counts does or patience has ended; then, if nothing does, what the
   * doctor finds in the store.
   */
  differences(patienceMilliseconds: number, counts?: (difference: string) => boolean): Promise<string[]>;
}

export interface StartOptions {
  readonly strike?: Strike;
  readonly preload?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  /** No file that it writes grows longer, as if the disk were full. */
  readonly fileBytesMax?: number;
}

export interface CampOptions {
  readonly without?: readonly Protection[];
  /** The provider answers at once, always. */
  readonly isPrompt?: boolean;
}

const againMilliseconds = 100;
/** How long the doctor waits before it looks again at what seems wrong. */
const doctorMilliseconds = 1000;

/** Sets up a camp for `run`. Whatever comes of it, nothing of the camp is left afterwards. */
export async function inCamp<Result>(
  ground: Ground,
  run: (camp: Camp) => Promise<Result>,
  { without = [], isPrompt = false }: CampOptions = {},
): Promise<Result> {
  const chronicle = createChronicle();
  const provider = await startProvider(chronicle, { isPrompt });
  const leave = new AbortController();
  const servers = new Set<ServerProcess>();
  const { addressBook } = ground;

  const camp: Camp = {
    chronicle,
    provider,
    ground,
    leave,
    town: {
      chronicle,
      provider,
      servers: () => [...servers].map(({ url }) => url),
      leaving: leave.signal,
    },
    get servers() {
      return [...servers];
    },
    async start({ strike, preload, settings, fileBytesMax } = {}) {
      const server = await startServerProcess({
        settings: { ...ground.settings, ...settings },
        faults: { providerUrl: provider.url, without: [...without], ...(strike && { strike }) },
        ...(preload && { preload }),
        ...(fileBytesMax !== undefined && { fileBytesMax }),
      });
      if (server.isRunning) servers.add(server);
      void server.ended.then(() => servers.delete(server));
      return server;
    },
    async differences(patienceMilliseconds, counts = () => true) {
      const until = performance.now() + patienceMilliseconds;
      const reader = await ground.openReader();
      try {
        for (;;) {
          const found = (await differences(reader, { chronicle, addressBook })).filter(counts);
          if (found.length === 0) return await violations(reader);
          if (performance.now() > until) return found;
          await passes(againMilliseconds);
        }
      } finally {
        await reader.close();
      }
    },
  };

  try {
    return await run(camp);
  } finally {
    leave.abort();
    const running = [...servers];
    for (const server of running) server.signal('SIGKILL');
    await Promise.all(running.map(({ ended }) => ended));
    await provider.close();
    await ground.remove();
  }
}

async function violations(store: StoreReader): Promise<string[]> {
  const found: string[] = [];
  await examine({
    store,
    served: true,
    onFinding: (finding) => {
      const { code, contactId, seq, words } = finding;
      if (isViolation(finding)) found.push(`doctor: ${code} ${contactId ?? ''} ${seq ?? ''}: ${words}`);
    },
    pause: () => passes(doctorMilliseconds),
  });
  return found;
}
