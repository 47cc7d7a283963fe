/** Virtual time, and what is to happen in it. Nothing in a simulation waits for a real clock. */
export interface Scheduler {
  /** Milliseconds since 1970. */
  now(): number;
  /** The same as an ISO text. */
  moment(): string;
  /** Runs the task so many milliseconds from now; of tasks at the same moment the one that was asked for first runs first. */
  after(milliseconds: number, task: Task): void;
  /**
   * Runs tasks in the order of their moments until there are none, and lets everything that a task sets off come to rest before the next. Resolves to
   * false when there were more than `stepsMax`.
   */
  run(options: { readonly stepsMax: number; readonly afterStep: () => void }): Promise<boolean>;
  /** Tasks run so far. */
  readonly steps: number;
}

export type Task = () => void | Promise<void>;

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly task: Task;
}

export function createScheduler(startsAt: string): Scheduler {
  const queue = createQueue();
  let now = Date.parse(startsAt);
  let order = 0;
  let steps = 0;

  return {
    now: () => now,
    moment: () => new Date(now).toISOString(),
    after(milliseconds, task) {
      order += 1;
      queue.push({ at: now + Math.max(0, Math.round(milliseconds)), order, task });
    },
    async run({ stepsMax, afterStep }) {
      const last = steps + stepsMax;
      for (let next = queue.pop(); next; next = queue.pop()) {
        if (steps === last) return false;
        steps += 1;
        now = next.at;
        await next.task();
        await atRest();
        afterStep();
      }
      return true;
    },
    get steps() {
      return steps;
    },
  };
}

/** Resolves when every promise that can settle now has done so: no real time passes, and nothing in the simulation waits for anything else. */
function atRest(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** A binary heap. */
function createQueue() {
  const heap: Planned[] = [];

  function isBefore(one: number, other: number): boolean {
    const [left, right] = [heap[one], heap[other]];
    if (!left || !right) return left !== undefined;
    return left.at < right.at || (left.at === right.at && left.order < right.order);
  }

  function swap(one: number, other: number): void {
    const [left, right] = [heap[one], heap[other]];
    if (!left || !right) return;
    heap[one] = right;
    heap[other] = left;
  }

  return {
    push(planned: Planned): void {
      heap.push(planned);
      for (let index = heap.length - 1; index > 0; ) {
        const parent = (index - 1) >> 1;
        if (!isBefore(index, parent)) return;
        swap(index, parent);
        index = parent;
      }
    },
    pop(): Planned | undefined {
      swap(0, heap.length - 1);
      const first = heap.pop();
      for (let index = 0; ; ) {
        const [left, right] = [2 * index + 1, 2 * index + 2];
        const least = isBefore(right, left) ? right : left;
        if (least >= heap.length || !isBefore(least, index)) return first;
        swap(index, least);
        index = least;
      }
    },
  };
}
