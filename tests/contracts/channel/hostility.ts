import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ChannelContract, EndpointSubject } from '../channel.ts';
import { messagesOf } from './looking.ts';

/** Something that nobody sends in good faith, and what it must get. */
interface Attack {
  readonly name: string;
  readonly method?: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly expects: readonly number[];
}

export function hostility({ subject, skips }: ChannelContract): void {
  const reason = skips.endpoints;
  if (reason !== undefined) {
    test.skip(`nobody can post anything here: ${reason}`, () => undefined);
    return;
  }

  test('some 180 requests for each endpoint get the right answer and one line in the log, and change nothing', async () => {
    for (const endpoint of subject().endpoints ?? []) {
      const attacks = attacksOn(endpoint);
      expect(attacks.length).toBeGreaterThan(150);
      subject().logged();
      for (const attack of attacks) {
        const status = await send(attack, endpoint);
        const lines = subject().logged();
        expect([attack.name, attack.expects.includes(status) ? 'as expected' : status]).toEqual([
          attack.name,
          'as expected',
        ]);
        expect([attack.name, lines.length]).toEqual([attack.name, endpoint.lines]);
        expect(lines.join()).not.toContain('972501234567');
      }
    }
    expect([subject().gate.received, subject().gate.receipts]).toEqual([0, 0]);
    expect(await messagesOf(subject())).toEqual([]);
    expect(await subject().write('שלום')).toBeLessThan(300);
    expect(await messagesOf(subject())).not.toEqual([]);
  });

  async function send(
    { method = 'POST', body, headers, path }: Attack,
    endpoint: EndpointSubject,
  ): Promise<number> {
    const response = await fetch(`${subject().url}${path ?? endpoint.path}`, {
      method,
      headers,
      body: typeof body === 'string' ? body : new Blob([body]),
    });
    await response.arrayBuffer();
    return response.status;
  }
}

function attacksOn(endpoint: EndpointSubject): Attack[] {
  const { path, contentType, sign } = endpoint;
  const valid = endpoint.valid();
  const signed = (body: string, type = contentType) => ({ 'content-type': type, ...sign(body, path) });
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

  return [
    ...endpoint.unsigned.flatMap((headers, index): Attack[] => [
      {
        name: `unsigned ${index}`,
        body: valid,
        headers: { 'content-type': contentType, ...headers },
        expects: [401],
      },
      {
        name: `unsigned and empty ${index}`,
        body: 'x=1',
        headers: { 'content-type': contentType, ...headers },
        expects: [401],
      },
    ]),
    // Cut short or changed on the way: the signature no longer fits.
    ...(endpoint.unsigned.length > 0 ? cuts(valid) : []).map(
      (body, index): Attack => ({
        name: `cut ${index}`,
        body,
        headers: signed(valid),
        expects: [401],
      }),
    ),
    ...[
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/octet-stream',
      'text/xml',
      'application/x-www-form-urlencodedx',
      'application/jsonx',
      '*/*',
      'application/bson',
      'image/png',
      'application/',
    ].map(
      (type): Attack => ({ name: `as ${type}`, body: valid, headers: signed(valid, type), expects: [415] }),
    ),
    {
      name: 'compressed',
      body: Uint8Array.from(gzipSync(valid)),
      headers: { ...signed(valid), 'content-encoding': 'gzip' },
      expects: [415],
    },
    ...[endpoint.bodyBytesMax ?? 1_000_000, 5_000_000].map((size): Attack => {
      const body = valid + 'x'.repeat(size);
      return { name: `of ${size} bytes`, body, headers: signed(body), expects: [413] };
    }),
    ...['PUT', 'DELETE', 'PATCH'].map(
      (method): Attack => ({ name: method, method, body: valid, headers: signed(valid), expects: [405] }),
    ),
    ...endpoint.foreign.map(
      (body, index): Attack => ({
        name: `foreign ${index}: ${body.slice(0, 60)}`,
        body,
        headers: signed(body),
        expects: [200, 202, 204, 400, 403, 404, 422],
      }),
    ),
    ...[
      deep,
      `{"a":${deep}}`,
      '{',
      'null',
      '[]',
      '""',
      '{"__proto__":{"x":1}}',
      '{"$where":"sleep(1000)"}',
      '\u0000',
      '%',
      '&&&&',
      '=',
      '%ff%fe',
      'a'.repeat(50_000),
    ].map(
      (body, index): Attack => ({
        name: `nonsense ${index}: ${body.slice(0, 30)}`,
        body,
        headers: signed(body),
        expects: [200, 204, 400, 403, 413, 422],
      }),
    ),
    ...['application/json', contentType].flatMap((type) =>
      [deep.slice(0, 60_000), '{"a":1}', 'a[$gt]=1', '\ufeff{}'].map(
        (body, index): Attack => ({
          name: `unsigned nonsense ${index} as ${type}`,
          body,
          headers: { 'content-type': type },
          expects: [400, 401, 415, 422],
        }),
      ),
    ),
  ];
}

/** A hundred ways in which a body does not arrive whole. */
function cuts(body: string): string[] {
  const places = Array.from({ length: 50 }, (_, index) => Math.floor((body.length * index) / 50));
  return [
    ...places.map((place) => body.slice(0, place)),
    ...places
      .map((place) => `${body.slice(0, place)}x${body.slice(place + 1)}`)
      .filter((changed) => changed !== body),
  ];
}
