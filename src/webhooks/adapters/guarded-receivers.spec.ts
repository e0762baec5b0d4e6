import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { pipeline } from 'node:stream';
import { afterEach, expect, it } from 'vitest';
import { GuardedReceivers } from './guarded-receivers.js';
import { NetworkRules } from './network-rules.js';
import type { Resolve } from './resolve-name.js';

const LOOPBACK = new NetworkRules([{ network: '127.0.0.0/8', plain: true }]);
const NOBODY = new NetworkRules([]);
const TLS = ['key', 'crt'].map((end) => readFileSync(`test/fixtures/tls/localhost.${end}`, 'utf8'));
const toLoopback: Resolve = () => Promise.resolve(['127.0.0.1']);

const closing: (() => unknown)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

/** @returns its port, and the requests that it got. */
async function serve(listener: RequestListener, over?: 'tls') {
  const requests: string[] = [];
  const listen: RequestListener = (request, response) => {
    requests.push(`${request.method ?? ''} ${request.headers.host ?? ''}${request.url ?? ''}`);
    listener(request, response);
  };
  const server: Server = over ? createTlsServer({ key: TLS[0], cert: TLS[1] }, listen) : createServer(listen);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, requests };
}

function receivers(over: { rules?: NetworkRules; resolve?: Resolve; ca?: string; tryMs?: number } = {}) {
  const { rules = LOOPBACK, resolve = toLoopback, ca, tryMs } = over;
  const made = new GuardedReceivers({ rules, resolve, ...(ca !== undefined && { ca }) }, tryMs);
  closing.push(() => made.onApplicationShutdown());
  return { post: (url: string) => made.post({ url, headers: { 'content-type': 'application/json' }, body: '{}' }) };
}
const none = (why: string) => ({ kind: 'none', why });
const taken: RequestListener = (_, response) => response.writeHead(204).end();

it('R86 a name is resolved once, and the connection goes to what it was then: who answers otherwise later leads nowhere', async () => {
  const { port, requests } = await serve(taken);
  const asked: string[] = [];
  const answers = [['127.0.0.1'], ['127.0.0.2', '169.254.169.254'], ['169.254.169.254']];
  const resolve: Resolve = (name) => Promise.resolve(answers[asked.push(name) - 1] ?? []);
  const url = `http://hook.example:${String(port)}/a`;
  expect(await receivers({ resolve }).post(url)).toMatchObject({ kind: 'answered', status: 204 });
  expect(requests).toEqual([`POST hook.example:${String(port)}/a`]);
  expect(asked).toEqual(['hook.example']);
  expect(await receivers({ resolve }).post(url)).toEqual(none('its address is not allowed'));
  expect(await receivers({ resolve }).post(url)).toEqual(none('its address is not allowed'));
  expect(requests).toHaveLength(1);
});

it.each([['127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['93.184.216.34', '10.0.0.1'], ['0.0.0.0'], []])(
  'R86 a name that leads to %s is not called',
  async (...addresses: string[]) => {
    const { port, requests } = await serve(taken, 'tls');
    const there = receivers({ rules: NOBODY, resolve: () => Promise.resolve(addresses) });
    expect(await there.post(`https://hook.example:${String(port)}/`)).toEqual(none('its address is not allowed'));
    expect(requests).toEqual([]);
  },
);

it.each(['127.0.0.1', '127.1', '0x7f000001', '0177.0.0.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]'])(
  'R86 an address is looked at in whichever spelling: %s',
  async (host) => {
    const { port, requests } = await serve(taken, 'tls');
    const url = `https://${host}:${String(port)}/`;
    expect(await receivers({ rules: NOBODY }).post(url)).toEqual(none('its address is not allowed'));
    expect(requests).toEqual([]);
  },
);

it('R86 without TLS nobody is told but in a network that allows it', async () => {
  const { port } = await serve(taken);
  const tlsOnly = new NetworkRules([{ network: '127.0.0.0/8', plain: false }]);
  const url = `http://hook.example:${String(port)}/`;
  expect(await receivers({ rules: tlsOnly }).post(url)).toEqual(none('its address is not allowed'));
});

it('R84 R86 a redirect is an answer, and leads nowhere', async () => {
  const inside = await serve(taken);
  const location = `http://127.0.0.1:${String(inside.port)}/admin`;
  const { port } = await serve((_, response) => response.writeHead(307, { location }).end());
  expect(await receivers().post(`http://hook.example:${String(port)}/`)).toMatchObject({ status: 307 });
  expect(inside.requests).toEqual([]);
});

it('R86 the certificate must be the name’s, whatever address it leads to', async () => {
  const { port, requests } = await serve(taken, 'tls');
  const trusting = receivers({ ca: TLS[1] ?? '' });
  expect(await trusting.post(`https://localhost:${String(port)}/`)).toMatchObject({ status: 204 });
  expect(await trusting.post(`https://hook.example:${String(port)}/`)).toEqual(none('its certificate is not valid'));
  expect(await receivers().post(`https://localhost:${String(port)}/`)).toEqual(none('its certificate is not valid'));
  expect(requests).toEqual([`POST localhost:${String(port)}/`]);
});

it('R84 has so much time for all of it: who drips its answer, or says nothing, is left', async () => {
  const { port } = await serve(() => undefined);
  expect(await receivers({ tryMs: 60 }).post(`http://a.example:${String(port)}/`)).toEqual(
    none('did not answer in time'),
  );
  const dripping = await serve((_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('x'), 10);
    response.on('close', () => {
      clearInterval(drip);
    });
  });
  const answer = await receivers({ tryMs: 800 }).post(`http://a.example:${String(dripping.port)}/`);
  expect(answer).toMatchObject({ kind: 'answered', status: 200 });
});

it('R84 nobody waits for a connection: all that one origin is told at once has the same time', async () => {
  const waiting: ServerResponse[] = [];
  const { port } = await serve((_, response) => {
    if (waiting.push(response) === 16) for (const each of waiting) each.writeHead(204).end();
  });
  const { post } = receivers({ tryMs: 3_000 });
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, n) => post(`http://a.example:${String(port)}/${String(n)}`)),
  );
  expect(answers.map(({ kind }) => kind)).toEqual(Array(16).fill('answered'));
});

it('R84 takes in little of what comes back', async () => {
  const chunk = Buffer.alloc(64 * 1_024);
  let given = 0;
  const endless = function* () {
    for (; given < 1_000; given += 1) yield chunk;
  };
  const ended = new Promise<void>((resolve) => {
    void serve((_, response) => {
      pipeline(endless(), response.writeHead(500), () => {
        resolve();
      });
    }).then(({ port }) => receivers().post(`http://a.example:${String(port)}/`));
  });
  await ended;
  // What fits into the sockets' own buffers can not be stopped any more.
  expect(given).toBeLessThan(500);
});

it('says in its own words why nobody answered', async () => {
  const { port } = await serve((request) => request.socket.destroy());
  const url = `http://a.example:${String(port)}/`;
  expect(await receivers().post(url)).toEqual(none('the connection was lost'));
  const unknown = Object.assign(new Error('queryA ENOTFOUND a.example'), { code: 'ENOTFOUND' });
  const nowhere = receivers({ resolve: () => Promise.reject(unknown) });
  expect(await nowhere.post(url)).toEqual(none('its name has no address'));
  const closed = await serve(taken);
  await Promise.all(closing.splice(0).map((close) => close()));
  expect(await receivers().post(`http://a.example:${String(closed.port)}/`)).toEqual(none('refused the connection'));
});
