/** What a page does with a stream of the server's events. */
export interface EventListeners {
  /** Where to listen; asked again whenever the stream is opened anew. */
  address(): string;
  /** By the names of events: what to do with the data of one. */
  readonly events: Readonly<Record<string, (data: string) => void>>;
  /** The stream is open, or was lost and is being opened again. */
  connection?(isUp: boolean): void;
  /** The server answered that there is no such stream, or none now. */
  refused?(): void;
}

const againMilliseconds = 3000;

/**
 * Listens until the returned function is called. The browser connects again by itself after a lost connection, and gives up at the first answer
 * other than 200, such as that of a server that is just starting: then it is told to try again.
 */
export function listenToEvents({ address, events, connection, refused }: EventListeners): () => void {
  let source: EventSource;
  let again: number | undefined;

  function open(): void {
    const opened = new EventSource(address());
    source = opened;
    for (const [name, listener] of Object.entries(events))
      opened.addEventListener(name, ({ data }) => listener(data));
    opened.addEventListener('open', () => connection?.(true));
    opened.addEventListener('error', () => {
      connection?.(false);
      if (opened.readyState !== EventSource.CLOSED) return;
      refused?.();
      again = window.setTimeout(open, againMilliseconds);
    });
  }

  open();
  return () => {
    window.clearTimeout(again);
    source.close();
  };
}
