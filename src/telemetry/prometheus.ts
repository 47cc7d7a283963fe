import { setTimeout } from 'node:timers/promises';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Backlog } from '../store/backlog.ts';
import type { Observation } from './observation.ts';

/** What is read when somebody asks, because it stands somewhere already. */
export interface Gauges {
  /** What waits in the store, for all processes on it. */
  backlog(): Promise<Backlog>;
  /** Which channels are on, and whether their providers take messages. */
  channels(): readonly { readonly channel: string; readonly up: boolean }[];
  /** Messages that this process has taken in and not handled yet. */
  queued(): number;
}

export type Prometheus = ReturnType<typeof createPrometheus>;

// From an embedded store that is idle to a database far away that is not.
const turnBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
// From a local gateway to the time after which a send counts as ambiguous.
const sendBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Longer than a store that works takes to answer, and shorter than Prometheus waits. */
const backlogMilliseconds = 2000;

async function silence(): Promise<undefined> {
  await setTimeout(backlogMilliseconds, undefined, { ref: false });
}

/** Keeps the figures. Names follow https://prometheus.io/docs/practices/naming/: base units, and `_total` for what only rises. */
export function createPrometheus(gauges: Gauges) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const inbound = new Counter({
    name: 'kashuv_inbound_messages_total',
    help: 'Messages that were stored once and acknowledged',
    labelNames: ['channel'] as const,
    registers,
  });
  const duplicates = new Counter({
    name: 'kashuv_inbound_duplicates_total',
    help: 'Messages that came again and changed nothing',
    labelNames: ['channel'] as const,
    registers,
  });
  const refused = new Counter({
    name: 'kashuv_refused_requests_total',
    help: 'Requests turned away by 503, to come again',
    labelNames: ['reason'] as const,
    registers,
  });
  const turns = new Histogram({
    name: 'kashuv_turn_duration_seconds',
    help: 'From reading the contact to the commit, races and all',
    labelNames: ['cause'] as const,
    buckets: turnBuckets,
    registers,
  });
  const turnFailures = new Counter({
    name: 'kashuv_turn_failures_total',
    help: 'Turns that ended with an error and were not written',
    labelNames: ['cause'] as const,
    registers,
  });
  const conflicts = new Counter({
    name: 'kashuv_turn_conflicts_total',
    help: 'Races lost: somebody else changed the contact first, and the turn was computed again',
    registers,
  });
  const sends = new Counter({
    name: 'kashuv_sends_total',
    help: 'Attempts to send, by how they ended',
    labelNames: ['channel', 'outcome'] as const,
    registers,
  });
  const sendDurations = new Histogram({
    name: 'kashuv_send_duration_seconds',
    help: 'How long providers took over an attempt to send',
    labelNames: ['channel'] as const,
    buckets: sendBuckets,
    registers,
  });
  const ambiguous = new Counter({
    name: 'kashuv_ambiguous_sends_total',
    help: 'Sends of which nobody knows whether the provider took them',
    labelNames: ['channel'] as const,
    registers,
  });
  const deadLetters = new Counter({
    name: 'kashuv_dead_letters_total',
    help: 'Messages given up: inbound ones that nobody could handle, outbound ones that no provider takes',
    labelNames: ['direction'] as const,
    registers,
  });
  const pauses = new Counter({
    name: 'kashuv_questionnaire_pauses_total',
    help: 'Times that a questionnaire paused itself because its turns kept failing',
    labelNames: ['questionnaire'] as const,
    registers,
  });
  const answered = new Histogram({
    name: 'kashuv_http_request_duration_seconds',
    help: 'From the request to the end of its answer; streams are not counted',
    labelNames: ['area', 'method', 'status'] as const,
    buckets: turnBuckets,
    registers,
  });
  const pages = new Gauge({
    name: 'kashuv_event_streams',
    help: 'Pages that are open and listen to server-sent events',
    registers,
  });

  // Series without labels are there from the beginning, and these three too, so that their first event is a rise and no new series.
  for (const direction of ['inbound', 'outbound'] as const) deadLetters.inc({ direction }, 0);
  for (const reason of ['overloaded', 'draining', 'store_unavailable'] as const) refused.inc({ reason }, 0);

  new Gauge({
    name: 'kashuv_channel_up',
    help: '1 while messages are sent there, 0 while the provider refuses us altogether and the channel is parked',
    labelNames: ['channel'] as const,
    registers,
    collect() {
      for (const { channel, up } of gauges.channels()) this.set({ channel }, up ? 1 : 0);
    },
  });
  new Gauge({
    name: 'kashuv_inbound_queue_contacts',
    help: 'Contacts of this process with messages that are handled now or wait to be',
    registers,
    collect() {
      this.set(gauges.queued());
    },
  });

  const up = gauge('kashuv_store_up', '1 when the store answered this very request');
  const backlogGauges: readonly (readonly [keyof Backlog, Gauge])[] = [
    [
      'inboxContacts',
      gauge('kashuv_inbox_contacts', 'Contacts with stored messages that nobody has handled'),
    ],
    [
      'inboxAgeSeconds',
      gauge('kashuv_inbox_age_seconds', 'Age of the oldest message that nobody has handled'),
    ],
    ['outboxContacts', gauge('kashuv_outbox_contacts', 'Contacts with messages that wait to be sent')],
    [
      'outboxAgeSeconds',
      gauge('kashuv_outbox_age_seconds', 'Age of the oldest message that waits to be sent'),
    ],
    ['quarantinedMessages', gauge('kashuv_quarantined_messages', 'Messages put aside that can be replayed')],
    ['pausedQuestionnaires', gauge('kashuv_paused_questionnaires', 'Questionnaires that are paused')],
  ];

  function gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers });
  }

  return {
    observe(observation: Observation): void {
      switch (observation.kind) {
        case 'received':
          (observation.duplicate ? duplicates : inbound).inc({ channel: observation.channel });
          return;
        case 'refused':
          refused.inc({ reason: observation.reason });
          return;
        case 'turned':
          turns.observe({ cause: observation.cause }, observation.seconds);
          return;
        case 'turn_failed':
          turnFailures.inc({ cause: observation.cause });
          return;
        case 'race_lost':
          conflicts.inc();
          return;
        case 'sent':
          sends.inc({ channel: observation.channel, outcome: observation.outcome });
          sendDurations.observe({ channel: observation.channel }, observation.seconds);
          return;
        case 'send_ambiguous':
          ambiguous.inc({ channel: observation.channel });
          return;
        case 'dead_letter':
          deadLetters.inc({ direction: observation.direction });
          return;
        case 'questionnaire_paused':
          pauses.inc({ questionnaire: observation.questionnaireId });
          return;
        case 'answered': {
          const { area, method, status, seconds } = observation;
          answered.observe({ area, method, status }, seconds);
          return;
        }
        case 'page_opened':
          pages.inc();
          return;
        case 'page_closed':
          pages.dec();
          return;
      }
    },

    async read(): Promise<{ contentType: string; text: string }> {
      const backlog = await Promise.race([gauges.backlog(), silence()]).catch(() => undefined);
      up.set(backlog ? 1 : 0);
      for (const [name, waiting] of backlogGauges) {
        // What the store did not say is not shown at all: zero would look like good news.
        if (backlog) waiting.set(backlog[name]);
        else waiting.remove({});
      }
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
