import { expect } from 'vitest';
import { migrate } from '../../src/cli/migrate.js';
import { migrations } from '../../src/entities.js';
import { eventually } from './eventually.js';
import { somebody, type Installation } from './installation.js';
import {
  AddNote4102444800001,
  DropNote4102444800004,
  FillNote4102444800002,
  IndexNote4102444800003,
} from './later-migrations.js';
import { Load } from './load.js';
import type { Service } from './service.js';

/** As it is deployed: with 5 s between "not ready" and closed connections. */
export const DEPLOYED = { NODE_ENV: 'production', PUBLIC_URL: 'https://einmal.example' };

const ENDED_WELL = { code: 0, signal: null };
const expanded = [...migrations, AddNote4102444800001, FillNote4102444800002, IndexNote4102444800003];
const contracted = [...expanded, DropNote4102444800004];

/**
 * Two processes under load are restarted in turn while the schema is expanded below both, and contracted at the end: each
 * serves on the schema of its own version and on a later one.
 *
 * @returns the load, for its figures, when nobody noticed any of it.
 */
export async function restartInTurn(shop: Installation, requestsPerSecond: number): Promise<Load> {
  let [a, b] = await Promise.all([shop.start({ env: DEPLOYED }), shop.start({ env: DEPLOYED })]);
  const load = new Load(shop, () => [a, b], { requestsPerSecond });

  const expanding = migrate(shop.world.databaseUrl, expanded);
  a = await restart(shop, a);
  expect(await expanding).toHaveLength(3);
  b = await restart(shop, b);
  expect(await migrate(shop.world.databaseUrl, contracted)).toEqual([DropNote4102444800004.name]);
  await load.stop();

  expect(load.failures).toEqual([]);
  expect(load.phones.length).toBeGreaterThan(requestsPerSecond);
  for (const phone of load.phones) expect(shop.gateway.to(phone)).toHaveLength(1);
  await Promise.all([a.stop(), b.stop()]);
  return load;
}

async function restart(shop: Installation, service: Service): Promise<Service> {
  const ending = service.stop();
  // First it only says so; whoever has not heard it yet is still served, and told to connect elsewhere next time.
  await eventually(async () => {
    expect(await service.call('GET', '/readyz')).toMatchObject({ body: { checks: { accepting: false } } });
  });
  const served = await shop.client.start(service, somebody());
  expect(served.status).toBe(202);
  expect(served.headers.get('connection')).toBe('close');
  expect(await ending).toEqual(ENDED_WELL);
  return shop.start({ env: DEPLOYED, port: service.port });
}
