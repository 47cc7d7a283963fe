import type { SimulatedProcess } from './process.ts';
import type { World } from './world.ts';

/** Does to processes and their store what machines and networks do to them. */
export interface Adversary {
  /** Called between any two steps of the run. */
  afterStep(): void;
  /** Whether the store answers this process now. */
  reachable(process: string): boolean;
}

export function createAdversary(
  { scheduler, faults, trace }: World,
  processes: readonly SimulatedProcess[],
): Adversary {
  let outage: { readonly until: number; readonly of: string | undefined } = { until: 0, of: undefined };

  function crash(): void {
    const chance = faults.chance('crash');
    const process = chance.pick(processes);
    process.crash();
    const seconds = chance.chance(0.1) ? chance.integer(60, 600) : chance.integer(1, 10);
    scheduler.after(seconds * 1000, () => process.start());
  }

  function restart(): void {
    const process = faults.chance('restart').pick(processes);
    process.drain();
    scheduler.after(faults.chance('restart').integer(0, 3000), () => process.start());
  }

  function pause(): void {
    const chance = faults.chance('pause');
    const { running, name } = chance.pick(processes);
    const seconds = chance.pick([chance.integer(1, 10), chance.integer(20, 59), chance.integer(60, 200)]);
    trace.note(name, `stands still for ${seconds} seconds`);
    running?.life.pause(seconds * 1000);
  }

  function jump(): void {
    const chance = faults.chance('clock_jump');
    const { running, name } = chance.pick(processes);
    const seconds = chance.pick([60, 3600, 90_000]) * chance.pick([-1, 1]);
    trace.note(name, `has its time of day set by ${seconds} seconds`);
    running?.life.jump(seconds * 1000);
  }

  function breakOff(): void {
    const chance = faults.chance('outage');
    const seconds = chance.integer(1, 40);
    const of = chance.chance(0.5) ? undefined : chance.pick(processes).name;
    outage = { until: scheduler.now() + seconds * 1000, of };
    trace.note('store', `is out of reach of ${of ?? 'everybody'} for ${seconds} seconds`);
  }

  return {
    afterStep() {
      if (faults.strikes('crash')) crash();
      if (faults.strikes('restart')) restart();
      if (faults.strikes('pause')) pause();
      if (faults.strikes('clock_jump')) jump();
      if (faults.strikes('outage')) breakOff();
    },
    reachable: (process) =>
      faults.stopped || scheduler.now() >= outage.until || (outage.of ?? process) !== process,
  };
}
