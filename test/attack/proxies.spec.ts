import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { eventually } from '../support/eventually.js';
import type { Service } from '../support/service.js';
import { startService } from '../support/start-service.js';

/**
 * R41: whoever may choose its own address walks around every limit that counts addresses, and gets others refused
 * (guardian/gateway#3376, express-rate-limit#134, nestjs/throttler#427). `X-Forwarded-For` is believed from the proxies that
 * were named, and from nobody else.
 */
let deployment: Deployment;
let behindProxy: Service;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
  behindProxy = await startService({ world: deployment.world, env: { TRUSTED_PROXIES: '127.0.0.1/32, 10.0.0.0/8' } });
});
afterAll(async () => {
  await behindProxy.stop();
  await deployment.close();
});

const direct = () => deployment.service();

/** As if an address had flooded other processes of the service within the last seconds. */
const flooded = (address: string) => deployment.redis.set(`einmal:edge:${address}`, 20_000, { ttlMs: 5_000 });

async function statusOf(service: Service, headers: Record<string, string> = {}): Promise<number> {
  return (await service.call('GET', '/.well-known/jwks.json', { headers })).status;
}

/** A process learns of a flood elsewhere a tenth of a second after the address's first request: then it refuses. */
const refused = (service: Service, headers: Record<string, string> = {}) =>
  eventually(async () => {
    expect(await statusOf(service, headers)).toBe(429);
  });

/** Long enough after its first request to have learned of a flood, an address is served. */
async function served(service: Service, headers: Record<string, string> = {}): Promise<void> {
  await statusOf(service, headers);
  await sleep(300);
  expect(await statusOf(service, headers)).toBe(200);
}

async function forgotten(address: string): Promise<void> {
  await deployment.redis.del(`einmal:edge:${address}`);
  await eventually(async () => {
    expect(await statusOf(direct())).toBe(200);
  });
}

const forwarded = (addresses: string) => ({ 'x-forwarded-for': addresses });

describe('R41 without trusted proxies', () => {
  it('a flooder is refused whatever address it claims', async () => {
    await flooded('127.0.0.1');
    await refused(direct());
    const claims: Record<string, string>[] = [
      {},
      forwarded('203.0.113.1'),
      forwarded('203.0.113.2, 127.0.0.1'),
      { forwarded: 'for=203.0.113.3' },
      { 'x-real-ip': '203.0.113.4' },
      { 'true-client-ip': '203.0.113.5', 'cf-connecting-ip': '203.0.113.5', 'x-client-ip': '203.0.113.5' },
    ];
    for (const claim of claims) expect(await statusOf(direct(), claim)).toBe(429);
    await forgotten('127.0.0.1');
  });

  it('nobody gets another address refused by claiming it', async () => {
    await flooded('203.0.113.9');
    await served(direct(), forwarded('203.0.113.9'));
  });
});

describe('R41 behind a trusted proxy', () => {
  it('the address it tells counts, not its own', async () => {
    await flooded('203.0.113.9');
    await refused(behindProxy, forwarded('203.0.113.9'));
    await served(behindProxy, forwarded('203.0.113.10'));
    await served(behindProxy);
  });

  it('what the client wrote before it is not believed: the last address no trusted proxy has counts', async () => {
    await flooded('203.0.113.9');
    await refused(behindProxy, forwarded('198.51.100.1, 203.0.113.9'));
    await refused(behindProxy, forwarded('127.0.0.1, 203.0.113.9'));
    await served(behindProxy, forwarded('203.0.113.9, 198.51.100.1'));
    await refused(behindProxy, forwarded('203.0.113.9, 10.1.2.3'));
  });

  it('an IPv6 client is its network', async () => {
    await flooded('2001:db8:1:2::/64');
    await refused(behindProxy, forwarded('2001:db8:1:2::1'));
    await refused(behindProxy, forwarded('2001:DB8:1:2:ffff:ffff:ffff:ffff'));
    await served(behindProxy, forwarded('2001:db8:1:3::1'));
  });

  it('nonsense for an address is no way out', async () => {
    await flooded('127.0.0.1');
    for (const nonsense of ['unknown', '', ',', '203.0.113.9:1234', "' OR 1=1", 'a'.repeat(500)])
      expect([200, 400, 429]).toContain(await statusOf(behindProxy, forwarded(nonsense)));
    await forgotten('127.0.0.1');
  });
});

it('R41 trusting everybody is refused at start, and every such range is named', async () => {
  const ranges = ['true', '*', 'all', '0.0.0.0/0', '::/0', '0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/7', '1', 'loopback'];
  const start = startService({ env: { TRUSTED_PROXIES: `10.0.0.0/8,${ranges.join(',')}` } });
  const { message } = (await start.then(() => null).catch((error: unknown) => error)) as Error;
  for (const range of ranges)
    expect(message).toContain(`TRUSTED_PROXIES: "${range}" is not an address or a CIDR range`);
  expect(message).not.toContain('"10.0.0.0/8"');
});
