// Preloaded by the bench (node --import): tells the bench, when it asks, what the program uses.

const answers = {
  /** For how long it has kept a processor busy. */
  cpuMilliseconds() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  /** Heap and what it holds outside, after a full garbage collection. */
  heapBytes() {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
  residentBytes: () => process.memoryUsage().rss,
};

export type Usage = keyof typeof answers;

process.on('message', (question) => {
  for (const [usage, answer] of Object.entries(answers)) if (usage === question) process.send?.(answer());
});
// A bench that was ended leaves nobody behind.
process.on('disconnect', () => process.exit());
process.channel?.unref();
