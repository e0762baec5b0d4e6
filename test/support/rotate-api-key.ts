import { setTimeout as sleep } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { ApiClient } from './api-client.js';
import type { Installation } from './installation.js';
import { Load } from './load.js';
import type { Service } from './service.js';

/** R77: no node takes a revoked key after that. */
const REVOKED_WITHIN_MS = 5_000;

/**
 * An application under load changes its key: it makes a new one, uses both for a while, then the new one only, and the old one
 * is revoked through one of the processes.
 *
 * @returns the load, for its figures, and how long the slowest process went on taking the old key.
 */
export async function rotateApiKey(
  shop: Installation,
  services: [Service, Service],
  requestsPerSecond: number,
): Promise<{ load: Load; revokedAfterMs: number }> {
  const operator = await shop.world.createOperatorKey();
  const { applicationId, key } = await shop.world.createApplication('rotating');
  /** Requests with the old key that have no answer yet. */
  let open = 0;
  const withOld = new ApiClient(key, () => (open -= 1));
  let clients = [withOld];
  let asked = 0;
  const client = () => {
    const next = clients[(asked += 1) % clients.length] ?? withOld;
    if (next === withOld) open += 1;
    return next;
  };
  const load = new Load(shop, () => services, { requestsPerSecond, client });
  const [one] = services;
  const keys = `/v1/admin/applications/${applicationId}/keys`;
  await sleep(1_000);

  const listed = await one.call<{ keys: { id: string }[] }>('GET', keys, { key: operator });
  const body = { scopes: ['verify', 'read'] };
  const made = await one.call<{ secret: string }>('POST', keys, { key: operator, body });
  expect(made.status).toBe(201);
  clients.push(new ApiClient(made.body.secret));
  await sleep(1_000);

  clients = clients.slice(1);
  await vi.waitUntil(() => open === 0, { timeout: 30_000 });
  const old = listed.body.keys[0]?.id ?? '';
  expect((await one.call('DELETE', `${keys}/${old}`, { key: operator })).status).toBe(204);
  const revokedAfterMs = await untilNobodyTakes(key, services);
  await sleep(500);
  await load.stop();
  return { load, revokedAfterMs };
}

async function untilNobodyTakes(key: string, services: Service[]): Promise<number> {
  const since = performance.now();
  for (;;) {
    const path = '/v1/verifications/search';
    const replies = await Promise.all(services.map((service) => service.call('POST', path, { key, body: {} })));
    const passedMs = performance.now() - since;
    if (replies.every(({ status }) => status === 401)) return passedMs;
    expect(passedMs).toBeLessThan(REVOKED_WITHIN_MS);
    await sleep(100);
  }
}
