/** One of the server's events, its data as they came. */
export interface HeardEvent {
  readonly name: string;
  readonly data: ReturnType<typeof JSON.parse>;
}

/** A page that is open: everything that the server has streamed to it so far. */
export interface OpenStream {
  readonly events: readonly HeardEvent[];
  /** The server has ended the stream, or the connection was lost. */
  readonly isOver: boolean;
  close(): void;
}

export async function openEventStream(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<OpenStream> {
  const leaving = new AbortController();
  const response = await fetch(url, { headers, signal: leaving.signal });
  if (!response.ok || !response.body) throw new Error(`The stream was refused: ${response.status}`);
  const events: HeardEvent[] = [];
  let isOver = false;
  const chunks = response.body.pipeThrough(new TextDecoderStream());
  void listen().finally(() => {
    isOver = true;
  });

  async function listen(): Promise<void> {
    let buffer = '';
    try {
      for await (const chunk of chunks) {
        const blocks = (buffer + chunk).split('\n\n');
        buffer = blocks.pop() ?? '';
        events.push(...blocks.flatMap(eventOf));
      }
    } catch {
      // The test has left, or the server was stopped.
    }
  }

  return {
    events,
    get isOver() {
      return isOver;
    },
    close: () => leaving.abort(),
  };
}

function eventOf(block: string): HeardEvent[] {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const name = field('event');
  return name === undefined ? [] : [{ name, data: JSON.parse(field('data') ?? '{}') }];
}
