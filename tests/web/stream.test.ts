import { afterEach, describe, expect, test, vi } from 'vitest';
import { openStream } from '../../web/chat/stream.ts';

/** A connection as the browser makes it, driven by the test. */
class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2;
  static readonly opened: FakeEventSource[] = [];
  readonly url: string;
  readyState = 0;

  constructor(url: string) {
    super();
    this.url = url;
    FakeEventSource.opened.push(this);
  }

  close(): void {
    this.readyState = FakeEventSource.CLOSED;
  }

  sends(type: string, data: object): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }

  breaks(isRefused = false): void {
    this.readyState = isRefused ? FakeEventSource.CLOSED : 0;
    this.dispatchEvent(new Event('error'));
  }
}

function latest(): FakeEventSource {
  const source = FakeEventSource.opened.at(-1);
  if (!source) throw new Error('No connection was opened');
  return source;
}

function open() {
  vi.stubGlobal('EventSource', FakeEventSource);
  const heard: unknown[] = [];
  const pauses = { pause: () => Promise.resolve(), end() {} };
  const stream = openStream('c1', pauses, {
    message: ({ seq }) => heard.push(seq),
    reply: ({ seq }) => heard.push(seq),
    state: () => heard.push('state'),
    live: () => heard.push('live'),
    connection: (isUp) => heard.push(isUp ? 'up' : 'down'),
    refused: () => heard.push('refused'),
  });
  return { stream, heard };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

afterEach(() => {
  vi.unstubAllGlobals();
  FakeEventSource.opened.length = 0;
});

describe('the stream', () => {
  test('begins with the whole history', () => {
    open();
    expect(FakeEventSource.opened.map(({ url }) => url)).toEqual(['/channels/web/conversations/c1/events']);
  });

  test('goes on after a loss where it stood', async () => {
    const { heard } = open();
    latest().sends('message', { seq: 3 });
    latest().sends('reply', { seq: 5 });
    latest().breaks();
    await settled();
    expect(latest().url).toBe('/channels/web/conversations/c1/events?after=5');
    latest().sends('state', {});
    latest().sends('message', { seq: 6 });
    expect(heard).toEqual([3, 5, 'down', 'up', 'state', 6]);
  });

  test('tells everything once, even what is sent again', () => {
    const { heard } = open();
    for (const seq of [3, 5, 3, 5, 6]) latest().sends('message', { seq });
    expect(heard).toEqual([3, 5, 6]);
  });

  test('does not knock again by itself where it was refused', async () => {
    const { heard } = open();
    latest().breaks(true);
    await settled();
    expect(heard).toEqual(['down', 'refused']);
    expect(FakeEventSource.opened).toHaveLength(1);
  });

  test('leaves the connection before when it is renewed', async () => {
    const { stream, heard } = open();
    const [before] = FakeEventSource.opened;
    latest().sends('message', { seq: 1 });
    stream.renew();
    expect(before?.readyState).toBe(FakeEventSource.CLOSED);
    before?.breaks();
    await settled();
    expect(FakeEventSource.opened.map(({ url }) => url.split('?')[1])).toEqual([undefined, 'after=1']);
    expect(heard).toEqual([1]);
  });

  test('opens nothing more once it is closed', async () => {
    const { stream } = open();
    latest().breaks();
    stream.close();
    await settled();
    expect(FakeEventSource.opened).toHaveLength(1);
  });
});
