import type { Running } from './process.ts';
import type { Random } from './random.ts';
import { travelTime, type World } from './world.ts';

/** How providers and pages bring something to the program: over the network, until some process says that it has it. */
export interface Webhooks {
  /** Posts to any process; again after an error, a timeout or a lost acknowledgement, and now and then although it was acknowledged. */
  post(what: string, call: (process: Running) => Promise<void>): void;
}

export interface WebhookParts {
  readonly world: World;
  readonly random: Random;
  /** The processes that run at this moment. */
  running(): readonly Running[];
}

const timeoutMilliseconds = 15_000;
const retrySecondsMax = 60;

export function createWebhooks({ world, random, running }: WebhookParts): Webhooks {
  const { scheduler, trace, faults } = world;

  function post(what: string, call: (process: Running) => Promise<void>): void {
    let acknowledged = false;
    let tries = 0;

    function attempt(): void {
      tries += 1;
      let answered = false;
      const processes = running();
      scheduler.after(travelTime(world), () => {
        if (processes.length === 0) return fail('nobody listens');
        const process = random.pick(processes);
        process.life.enter(() => {
          call(process).then(
            () => scheduler.after(travelTime(world), succeed),
            () => scheduler.after(travelTime(world), () => fail('503')),
          );
        });
      });
      scheduler.after(timeoutMilliseconds, () => fail('timeout'));

      function succeed(): void {
        if (answered) return;
        answered = true;
        if (faults.strikes('lost_acknowledgement')) {
          trace.note('webhook', `${what}: the acknowledgement is lost`);
          retry();
        } else acknowledged = true;
      }

      function fail(reason: string): void {
        if (answered) return;
        answered = true;
        trace.note('webhook', `${what}: ${reason}`);
        retry();
      }
    }

    function retry(): void {
      const seconds = Math.min(2 ** tries, retrySecondsMax);
      scheduler.after(seconds * 1000 * (0.5 + random.next()), () => {
        if (!acknowledged) attempt();
      });
    }

    attempt();
    if (!faults.strikes('repeated_webhook')) return;
    const chance = faults.chance('repeated_webhook');
    scheduler.after(chance.pick([0, 10, 1000, 600_000]) * chance.next(), attempt);
  }

  return { post };
}
