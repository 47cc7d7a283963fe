import type { Observation, Observe } from './observation.ts';
import type { Gauges, Prometheus } from './prometheus.ts';

/** The figures of this process, for Prometheus. */
export interface Metrics {
  readonly observe: Observe;
  /** Everything in the text format of Prometheus; `contentType` says which version of it. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** The library waits until the start is over: loading it takes longer than all the rest of the metrics. */
const loadMilliseconds = 1000;

/** Counts from the first moment. The library that keeps the figures is loaded a little later, and at once when somebody asks. */
export function createMetrics(gauges: Gauges): Metrics {
  const early: Observation[] = [];
  let loaded: Prometheus | undefined;
  let loading: Promise<Prometheus> | undefined;
  let planned = false;

  function load(): Promise<Prometheus> {
    loading ??= import('./prometheus.ts').then(({ createPrometheus }) => {
      loaded = createPrometheus(gauges);
      for (const observation of early.splice(0)) loaded.observe(observation);
      return loaded;
    });
    return loading;
  }

  return {
    observe(observation) {
      if (loaded) {
        loaded.observe(observation);
        return;
      }
      early.push(observation);
      if (planned) return;
      planned = true;
      setTimeout(() => void load(), loadMilliseconds).unref();
    },
    async read() {
      const { read } = await load();
      return read();
    },
  };
}
