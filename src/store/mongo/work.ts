import type { Database } from './database.ts';

/** What waits for somebody to take it up. Each question is answered from an index that holds only what waits. */
export function workQueries({ collections: { contacts } }: Database) {
  const idsBy = async (field: 'wakeAt' | 'inboundAt' | 'outboundAt', range: object, limit: number) => {
    const found = await contacts
      .find({ [field]: range }, { projection: { _id: 1 } })
      .sort({ [field]: 1 })
      .limit(limit)
      .toArray();
    return found.map(({ _id }) => _id);
  };

  const first = async (field: 'wakeAt' | 'outboundAt') => {
    const [found] = await contacts
      .find({ [field]: anyMoment }, { projection: { [field]: 1 } })
      .sort({ [field]: 1 })
      .limit(1)
      .toArray();
    return found?.[field]?.toISOString();
  };

  return {
    async find({ now, limit }: { now: string; limit: number }) {
      const due = { $lte: new Date(now) };
      const [timers, inbound, outbound] = await Promise.all([
        idsBy('wakeAt', due, limit),
        idsBy('inboundAt', anyMoment, limit),
        idsBy('outboundAt', due, limit),
      ]);
      return { timers, inbound, outbound };
    },

    async nextWakeAt(): Promise<string | undefined> {
      const moments = await Promise.all([first('wakeAt'), first('outboundAt')]);
      return moments.filter((at) => at !== undefined).toSorted()[0];
    },
  };
}

/** A message that came waits whatever the clock says. */
const anyMoment = { $gte: new Date(0) };
