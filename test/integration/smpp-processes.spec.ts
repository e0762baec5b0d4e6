import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient, type Answer } from '../support/api-client.js';
import { createMigratedWorld } from '../support/create-world.js';
import { createTenant, openLedgerOf } from '../support/deployment.js';
import { eventually } from '../support/eventually.js';
import { newPhone } from '../support/login.js';
import type { Service } from '../support/service.js';
import { codeIn } from '../support/sms-gateway.js';
import { startService } from '../support/start-service.js';
import { PASSWORD, Smsc, SYSTEM_ID } from '../support/smsc/smsc.js';
import type { World } from '../support/world.js';

/** Two processes with a link each to one SMSC that sends every receipt over the other one's. */
let smsc: Smsc;
let world: World;
let client: ApiClient;
let services: [Service, Service];

beforeAll(async () => {
  [smsc, world] = await Promise.all([Smsc.start({ receiptsElsewhere: true }), createMigratedWorld()]);
  const ledger = await openLedgerOf(world);
  client = new ApiClient((await createTenant(ledger, 'shop')).key);
  await ledger.close();
  const account = { host: '127.0.0.1', port: smsc.port, systemId: SYSTEM_ID, password: PASSWORD, from: 'Shop' };
  const configYaml = JSON.stringify({
    providers: {
      smsc: { type: 'smpp', channel: 'sms', ...account },
      calls: { type: 'sandbox', channel: 'voice' },
    },
  });
  const start = () => startService({ world, configYaml, env: { PUBLIC_URL: 'http://127.0.0.1:1' } });
  services = await Promise.all([start(), start()]);
});

afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await smsc.stop();
  await world.close();
});

const until = (id: string, deliveries: string[]): Promise<Answer> =>
  eventually(async () => {
    const { body } = await client.read(services[0], id);
    expect(body.deliveries.map(({ channel, status }) => `${channel} ${status}`)).toEqual(deliveries);
    return body;
  });

it('both are bound before anything is sent', async () => {
  await eventually(() => {
    expect(smsc.bound.size).toBe(2);
  });
});

it.each([0, 1])(
  'a receipt is taken by whoever gets it, and its verification is known to have arrived: %i',
  async (n) => {
    const phone = newPhone('01');
    const { body } = await client.start(services[n as 0 | 1], { phone });
    await until(body.id, ['sms delivered']);
    const sent = smsc.submissions.filter(({ to }) => `+${to}` === phone);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ from: 'Shop' });
    expect((await client.check(services[1], body.id, codeIn(sent[0]?.text ?? ''))).status).toBe(200);
  },
);

it.each([
  ['by receipt', '04', 'report failed: REJECTD err:008; cause blocked; effect failed'],
  ['when it is handed over', '20', 'submit rejected: ESME_RSUBMITFAIL'],
])('a message that the network refuses %s is followed by a call, once', async (_, digits, event) => {
  const phone = newPhone(digits);
  const { body } = await client.start(services[0], { phone });
  const { timeline } = await until(body.id, ['sms failed', 'voice sent']);
  expect(timeline.map(({ event: what, detail }) => `${what}: ${detail ?? ''}`)).toContain(event);
  expect(smsc.submissions.filter(({ to }) => `+${to}` === phone)).toHaveLength(1);
});

it('a link that breaks is opened again, and the receipts of what went before are taken', async () => {
  const phone = newPhone('14');
  const { body } = await client.start(services[0], { phone });
  await until(body.id, ['sms sent']);
  smsc.cut();
  await until(body.id, ['sms delivered']);
});

it('who stops takes leave of the SMSC', async () => {
  await eventually(() => {
    expect(smsc.bound.size).toBe(2);
  });
  await Promise.all(services.map((service) => service.stop()));
  expect(smsc.heard.filter((command) => command === 'unbind')).toHaveLength(2);
});
