/**
 * Connections that take more than their share: thousands of requests sent at once on one (pipelining, RFC 9112 9.3.2), and ones
 * whose client has said goodbye before the end of its request. The holes this looks for: one client in front of all others,
 * and connections that nobody closes.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { lines, RawConnection } from '../support/raw-http.js';

const PIPELINED = 10_000;

let deployment: Deployment;
let port: number;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
  ({ port } = deployment.service());
});
afterAll(() => deployment.close());

const get = lines('GET /livez HTTP/1.1', 'Host: a', '');
const unfinished = lines('POST /v1/reports/none HTTP/1.1', 'Host: a', 'Content-Length: 100', '') + 'x';

describe('I12 thousands of requests sent at once on one connection', () => {
  it('are answered in their turn, and others in between', async () => {
    const greedy = await RawConnection.open(port);
    const flood = { over: false };
    greedy.socket.once('close', () => (flood.over = true));
    greedy.socket.write(get.repeat(PIPELINED - 1) + lines('GET /livez HTTP/1.1', 'Host: a', 'Connection: close', ''));
    let between = 0;
    while (!flood.over) {
      expect((await deployment.service().call('GET', '/livez')).status).toBe(200);
      between += 1;
    }
    const { text } = await greedy.end(1);
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(PIPELINED);
    expect(between).toBeGreaterThan(5);
  });

  it('are let go when their client does not read the answers', async () => {
    const deaf = await RawConnection.open(port);
    deaf.socket.pause();
    deaf.socket.write(get.repeat(PIPELINED));
    for (let n = 0; n < 20; n += 1) expect((await deployment.service().call('GET', '/livez')).status).toBe(200);
    deaf.socket.destroy();
    expect((await deployment.service().call('GET', '/readyz')).status).toBe(200);
  });
});

describe('R59 a client that has said goodbye', () => {
  it.each([
    ['before its first request', ''],
    ['in the middle of its headers', 'GET /livez HTTP/1.1\r\nHost: a'],
    ['in the middle of its body', unfinished],
  ])('%s holds no connection', async (_, bytes) => {
    const connection = await RawConnection.open(port);
    connection.socket.end(bytes);
    expect(await connection.end(8_000)).toMatchObject({ closed: true });
  });

  it('after its request is answered', async () => {
    const connection = await RawConnection.open(port);
    connection.socket.end(get);
    expect(await connection.end(8_000)).toMatchObject({ closed: true, statuses: [200] });
  });
});
