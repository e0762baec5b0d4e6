import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { drip, lines, RawConnection, sendRaw } from '../support/raw-http.js';

/**
 * Bytes that no client library would send. Two readings of one request let a second one ride inside it past a proxy
 * (CVE-2024-27982, CVE-2023-30589, CVE-2021-22959), and requests that never end hold connections (CVE-2018-12122): Node waits
 * for headers a minute and for bodies five, and looks at both only every 30 seconds.
 */
let deployment: Deployment;
let port: number;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
  ({ port } = deployment.service());
});
afterAll(() => deployment.close());

const SMUGGLED = 'GET /livez HTTP/1.1\r\nHost: a\r\n\r\n';
const post = (...headers: string[]) => lines('POST /v1/reports/none HTTP/1.1', 'Host: a', ...headers, '');
const start = (...headers: string[]) => lines('POST /v1/verifications HTTP/1.1', 'Host: a', ...headers, '');
const get = (...headers: string[]) => lines('GET /livez HTTP/1.1', 'Host: a', ...headers, '');

describe('R60 a request that can be read in two ways is 400, and the connection is closed', () => {
  it.each<[string, string]>([
    ['has a length and chunks', post('Content-Length: 4', 'Transfer-Encoding: chunked') + `0\r\n\r\n${SMUGGLED}`],
    ['has chunks and a length', post('Transfer-Encoding: chunked', 'Content-Length: 4') + `0\r\n\r\n${SMUGGLED}`],
    ['has two lengths', post('Content-Length: 0', 'Content-Length: 5') + SMUGGLED],
    ['has one length twice', post('Content-Length: 5', 'Content-Length: 5') + SMUGGLED],
    ['has a list of lengths', post('Content-Length: 5, 5') + SMUGGLED],
    ['has a signed length', post('Content-Length: +5') + SMUGGLED],
    ['has a negative length', post('Content-Length: -5') + SMUGGLED],
    ['has a hexadecimal length', post('Content-Length: 0x5') + SMUGGLED],
    ['chunks before something else', post('Transfer-Encoding: chunked, identity') + `0\r\n\r\n${SMUGGLED}`],
    ['has a transfer encoding nobody knows', post('Transfer-Encoding: xchunked') + `0\r\n\r\n${SMUGGLED}`],
    ['has a space before the colon of its length', post('Content-Length : 5') + SMUGGLED],
    ['has a tab before the colon', post('Content-Length\t: 5') + SMUGGLED],
    ['folds a header', get('X-A: b', ' Content-Length: 5') + SMUGGLED],
    ['folds its first header', lines('GET /livez HTTP/1.1', ' Host: a', '') + SMUGGLED],
    ['ends a header with a bare CR', get('X-A: b\rContent-Length: 5') + SMUGGLED],
    ['ends its lines with bare LFs', 'GET /livez HTTP/1.1\nHost: a\n\n'],
    ['ends one line with a bare LF', 'GET /livez HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n'],
    ['has a NUL in a header', get('X-A: b\0c')],
    ['has a space in its path', lines('GET /livez x HTTP/1.1', 'Host: a', '')],
    ['has no host', lines('GET /livez HTTP/1.1', '')],
    ['has a chunk without a size', post('Transfer-Encoding: chunked') + `zz\r\nhi\r\n0\r\n\r\n${SMUGGLED}`],
    ['has a chunk that goes on', post('Transfer-Encoding: chunked') + `2\r\nhiX0\r\n\r\n${SMUGGLED}`],
    ['ends a chunk size with a bare LF', post('Transfer-Encoding: chunked') + `2\nhi\r\n0\r\n\r\n${SMUGGLED}`],
    ['has a chunk of an impossible size', post('Transfer-Encoding: chunked') + 'fffffffffffffffff\r\nhi'],
    [
      'hides much in a chunk extension',
      `${post('Transfer-Encoding: chunked')}2;${'a'.repeat(20_000)}\r\nhi\r\n0\r\n\r\n`,
    ],
    ['speaks HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['speaks a version that does not exist', lines('GET /livez HTTP/9.9', 'Host: a', '')],
    ['uses a method that does not exist', lines('BREW /livez HTTP/1.1', 'Host: a', '')],
    ['is no HTTP at all', '\x16\x03\x01\x02\r\n\r\n'],
  ])('when it %s', async (_, bytes) => {
    expect(await sendRaw(port, Buffer.from(bytes, 'latin1'))).toMatchObject({ statuses: [400], closed: true });
  });

  it('with a problem document like every other refusal', async () => {
    const { text } = await sendRaw(port, post('Content-Length: 4', 'Transfer-Encoding: chunked'));
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toContain('Content-Type: application/problem+json');
    expect(head).toContain('Connection: close');
    expect(JSON.parse(body)).toMatchObject({ status: 400, code: 'invalid-request' });
  });
});

describe('a request that is too large', () => {
  it.each<[string, string]>([
    ['in one header', get(`X-A: ${'a'.repeat(9_000)}`)],
    ['in all headers together', get(...Array.from({ length: 1_000 }, (_, n) => `X-${String(n)}: ${'a'.repeat(10)}`))],
    ['in its path', lines(`GET /${'a'.repeat(9_000)} HTTP/1.1`, 'Host: a', '')],
  ])('%s is 431, and closed', async (_, bytes) => {
    const { statuses, closed, text } = await sendRaw(port, bytes);
    expect({ statuses, closed }).toEqual({ statuses: [431], closed: true });
    expect(text).toContain('application/problem+json');
  });

  it.each<[string, string]>([
    ['announces too much', post('Content-Type: application/json', 'Content-Length: 99999999')],
    [
      'says nothing of its length and goes on',
      `${start('Content-Type: application/json', 'Transfer-Encoding: chunked')}5000\r\n${'a'.repeat(0x5000)}\r\n0\r\n\r\n`,
    ],
  ])('R58 in its body, which %s, is 413', async (_, bytes) => {
    const { statuses, text } = await sendRaw(port, bytes);
    expect(statuses).toEqual([413]);
    expect(text).toContain('application/problem+json');
  });
});

describe('R59 a request that does not come to its end', () => {
  it('is cut: headers within 10 s, bodies within 15 s, while others are served as ever', async () => {
    const silent = Array.from({ length: 1_000 }, () => RawConnection.open(port));
    const body = post('Content-Type: application/json', 'Content-Length: 5000');
    const slow = Promise.all([
      drip(port, 'GET /livez HTTP/1.1\r\nHost: a\r\nX-A: ', 500, 20_000),
      drip(port, 'G', 2_000, 20_000),
      RawConnection.open(port).then((connection) => connection.end(20_000)),
      drip(port, body, 500, 20_000),
      drip(port, `${post('Content-Type: application/json', 'Transfer-Encoding: chunked')}ffff\r\n`, 500, 20_000),
    ]);
    const others = await Promise.all(silent);
    const waits: number[] = [];
    for (let n = 0; n < 100; n += 1) {
      const askedAt = performance.now();
      expect((await deployment.service().call('GET', '/livez')).status).toBe(200);
      waits.push(performance.now() - askedAt);
    }
    expect(waits.sort((a, b) => a - b)[98]).toBeLessThan(500);

    const [headers, word, nothing, sized, chunked] = await slow;
    for (const reply of [headers, word, nothing, sized, chunked]) expect(reply.closed).toBe(true);
    for (const { afterMs } of [headers, word, nothing]) expect(afterMs).toBeLessThan(10_000);
    for (const { afterMs } of [sized, chunked]) expect(afterMs).toBeLessThan(15_000);
    expect([headers.statuses, sized.statuses, chunked.statuses]).toEqual([[408], [408], [408]]);
    const cut = await Promise.all(others.map((connection) => connection.end(1)));
    expect(cut.filter(({ closed }) => !closed)).toEqual([]);
  });
});
