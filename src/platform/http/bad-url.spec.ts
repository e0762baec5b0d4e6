import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AddressInfo } from 'node:net';
import { lines, sendRaw } from '../../../test/support/raw-http.js';
import { readEnv } from '../../env.js';
import { Runtime } from '../runtime.js';
import { fastifyAdapter } from './fastify-adapter.js';

let server: FastifyInstance;
let port: number;
beforeAll(async () => {
  const { env } = readEnv({});
  if (!env) throw new Error('no environment');
  server = fastifyAdapter(env, new Runtime(env)).getInstance<FastifyInstance>();
  server.get('/things/:id', () => 'ok');
  await server.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = server.server.address() as AddressInfo);
});
afterAll(() => server.close());

const get = (path: string) => lines(`GET ${path} HTTP/1.1`, 'Host: a', '');

it.each([
  ['/%zz', 400],
  [`/things/${'x'.repeat(200)}`, 404],
])('I12 the connection of a URL that no route can be looked up for ends with the answer: %s', async (path, status) => {
  expect(await sendRaw(port, get(path))).toMatchObject({ statuses: [status], closed: true });
});

it('I12 thousands of such URLs sent at once are not answered one by one', async () => {
  const { statuses, closed } = await sendRaw(port, get('/%zz').repeat(1_000));
  expect({ closed, few: statuses.length <= 1 }).toEqual({ closed: true, few: true });
});
