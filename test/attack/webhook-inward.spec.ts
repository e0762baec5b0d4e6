/**
 * Somebody who may add endpoints has the service call what only the service can reach: itself, its neighbours, the machine's
 * metadata (SSRF, ASVS 1.3.6). Written as an address in whichever spelling, or as a name that starts to lead there later.
 */
import { Resolver } from 'node:dns/promises';
import { isIPv4, isIPv6 } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { NetworkRules } from '../../src/webhooks/adapters/network-rules.js';
import type { WebhookMessage } from '../../src/webhooks/application/message-log.js';
import type { IssuedEndpoint } from '../../src/webhooks/application/manage-endpoints.js';
import type { ApplicationsService } from '../integration/applications-app.js';
import { startWebhooks } from '../integration/webhooks/stage.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { answers, WebhookReceiver } from '../support/webhook-receiver.js';

const NAMES_NONE = { privateNetworks: [], http: false };

let store: TestDatabase;
let service: ApplicationsService;
/** What only this machine reaches. */
let inside: WebhookReceiver;
let key: string;
/** One that has stores of its own, and so may have tenants. */
let shared: ApplicationsService;
let keyOfShared: string;

beforeAll(async () => {
  store = await openTestDatabase();
  [service, inside] = await Promise.all([startWebhooks(store.database, 'all'), WebhookReceiver.start()]);
  vi.spyOn(NetworkRules, 'of').mockReturnValueOnce(NetworkRules.of(NAMES_NONE, { embedded: false }));
  shared = await startWebhooks(store.database, 'api');
  [key, keyOfShared] = [(await service.tenant('shop')).key, (await shared.tenant('tenant')).key];
});
afterAll(async () => {
  vi.restoreAllMocks();
  await Promise.all([service.close(), shared.close(), inside.stop()]);
  await store.close();
});

const ask = <Body>(method: string, path: string, body?: unknown) =>
  service.call<Body>(method, `/v1/admin/webhooks${path}`, { key, ...(body !== undefined && { body }) });

const endpointAt = async (url: string) => (await ask<IssuedEndpoint>('POST', '', { url })).body.id;

/** What DNS says of each name from now on. */
const dns = new Map<string, string[]>();
const found = (name: string, isWanted: (address: string) => boolean) => {
  const addresses = (dns.get(name) ?? []).filter(isWanted);
  return addresses.length > 0 ? Promise.resolve(addresses) : Promise.reject(new Error('none'));
};
vi.spyOn(Resolver.prototype, 'resolve4').mockImplementation((name: string) => found(name, isIPv4));
vi.spyOn(Resolver.prototype, 'resolve6').mockImplementation((name: string) => found(name, isIPv6));

/** Sends a test event. @returns what came of its first try */
async function tried(endpointId: string): Promise<WebhookMessage | undefined> {
  const { eventId } = (await ask<WebhookMessage>('POST', `/${endpointId}/test`)).body;
  const find = async () => {
    const { messages } = (await ask<{ messages: WebhookMessage[] }>('GET', `/${endpointId}/messages`)).body;
    return messages.find((message) => message.eventId === eventId && message.tries > 0);
  };
  return vi.waitUntil(find, { timeout: 5_000 });
}

test('R86 a name that leads inward after it was saved is not called any more, and its messages say why', async () => {
  // A connection that is kept is one to the address that was looked at.
  inside.behaviour = answers(204, { connection: 'close' });
  // The first two of these reach `inside` as well, where nobody looks at them.
  const inward = [['0.0.0.0'], ['::ffff:127.0.0.1'], ['127.0.0.1', 'fe80::1'], ['169.254.169.254'], ['10.0.0.7']];
  const names = inward.map((_, n) => `hook${String(n)}.example`);
  // Loopback is this installation's own network, as where it tries things out.
  for (const name of names) dns.set(name, ['127.0.0.1']);
  const ids = await Promise.all(names.map((name) => endpointAt(`http://${name}:${String(inside.port)}/`)));
  const delivered = { status: 'delivered', lastStatus: 204 };
  expect(await Promise.all(ids.map(tried))).toMatchObject(inward.map(() => delivered));
  expect(inside.told).toHaveLength(inward.length);

  names.forEach((name, n) => dns.set(name, inward[n] ?? []));
  const refused = { status: 'pending', tries: 1, lastStatus: null, lastError: 'its address is not allowed' };
  expect(await Promise.all(ids.map(tried))).toMatchObject(inward.map(() => refused));
  expect(inside.told).toHaveLength(inward.length);
});

test.each([
  ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '１２７.0.0.1', 'localhost', 'a.localhost'],
  ...['0.0.0.0', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]'],
  ...['169.254.169.254', '169.254.43518', '2852039166', '0xa9fea9fe', '[::ffff:a9fe:a9fe]', '[fd00:ec2::254]'],
])('R86 an endpoint inside, spelled %s, is refused when it is to be saved', async (host) => {
  for (const scheme of ['https', 'http']) {
    const { status, body } = await shared.call<{ code: string }>('POST', '/v1/admin/webhooks', {
      ...{ key: keyOfShared, body: { url: `${scheme}://${host}/` } },
    });
    expect([status, body.code]).toEqual([422, 'endpoint-refused']);
  }
});
