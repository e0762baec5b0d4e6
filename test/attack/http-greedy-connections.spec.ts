/**
 * Connections that take more than their share: thousands of requests sent at once on one (pipelining, RFC 9112 9.3.2), and ones
 * whose client has said goodbye before the end of its request. The holes this looks for: one client in front of all others,
 * and connections that nobody closes.
 */
import { once } from 'node:events';
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

const answersIn = (text: string) => text.split('HTTP/1.1 200 OK').length - 1;

describe('I12 thousands of requests sent at once on one connection', () => {
  it('cut the connection: nobody waits until all of them are answered', async () => {
    const greedy = await RawConnection.open(port);
    greedy.socket.write(get.repeat(PIPELINED));
    expect((await deployment.service().call('GET', '/livez')).status).toBe(200);
    const { text, closed } = await greedy.end(30_000);
    expect(closed).toBe(true);
    expect(answersIn(text)).toBeLessThan(PIPELINED / 100);
  });

  it('are answered when they are few', async () => {
    const modest = await RawConnection.open(port);
    modest.socket.write(get.repeat(15) + lines('GET /livez HTTP/1.1', 'Host: a', 'Connection: close', ''));
    const { text, closed } = await modest.end(30_000);
    expect({ closed, answers: answersIn(text) }).toEqual({ closed: true, answers: 16 });
  });

  it('may be sent one after the other', async () => {
    const patient = await RawConnection.open(port);
    for (let n = 0; n < 50; n += 1) {
      patient.socket.write(get);
      await once(patient.socket, 'data');
    }
    expect(answersIn((await patient.end(1)).text)).toBe(50);
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
