import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Service } from '../support/service.js';
import { startService } from '../support/start-service.js';
import { createWorld } from '../support/create-world.js';
import type { World } from '../support/world.js';

/** The processes that the suites about races, crashes and several nodes stand on. */
let world: World;
let key: string;
const services: Service[] = [];

beforeAll(async () => {
  world = await createWorld();
  await world.migrate();
  ({ key } = await world.createApplication('shop'));
});

afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await world.close();
});

async function start(options: Parameters<typeof startService>[0]): Promise<Service> {
  const service = await startService({ world, ...options });
  services.push(service);
  return service;
}

const verification = { to: { phone: '+4915112345678' } };

test('what one process began another of the same world knows', async () => {
  const [one, other] = await Promise.all([start({}), start({})]);

  const begun = await one.call<{ id: string }>('POST', '/v1/verifications', { key, body: verification });
  expect(begun.status).toBe(202);

  const seen = await other.call('GET', `/v1/verifications/${begun.body.id}`, { key });
  expect(seen).toMatchObject({ status: 200, body: { id: begun.body.id } });
});

test('a process can be killed at a labelled step, before it answers', async () => {
  const service = await start({ crashAt: 'start:committed' });

  const call = service.call('POST', '/v1/verifications', { key, body: { to: { phone: '+4915112345679' } } });

  await expect(call).rejects.toThrow('fetch failed');
  expect(await service.ended).toEqual({ code: null, signal: 'SIGKILL' });
});

test('a process that is asked to stop ends by itself', async () => {
  const service = await start({});

  expect(await service.stop()).toEqual({ code: 0, signal: null });
});

test('a process that refuses to start says why', async () => {
  await expect(startService({ world, env: { SECRETS: 'weak' } })).rejects.toThrow(/SECRETS/);
});
