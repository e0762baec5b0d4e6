/**
 * A gateway that swallows messages, doubles them or costs a fortune: an operator takes it out of use while hundreds of messages
 * are on their way through two processes. It gets nothing more, nobody's message is lost and nobody's is sent twice.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute } from '../../src/cli/execute.js';
import { providerSchema } from '../../src/delivery/http/providers.schema.js';
import { ApiClient } from '../support/api-client.js';
import { createTenant, openLedgerOf } from '../support/deployment.js';
import { createMigratedWorld } from '../support/create-world.js';
import { newPhone } from '../support/login.js';
import type { Service } from '../support/service.js';
import { accepts, SmsGateway } from '../support/sms-gateway.js';
import { startService } from '../support/start-service.js';
import type { World } from '../support/world.js';

/** R79: what is changed on one process holds on every other after that. */
const HOLDS_WITHIN_MS = 5_000;
const PEOPLE = 100;
const LATE = 10;

interface Seen {
  id: string;
  enabled: boolean;
  disabledUntil: string | null;
  reason: string | null;
  version: number;
  routes: string[];
  last60Minutes: { submitted: number; accepted: number };
  health: { node: string; inFlight: number; lastFailure: object | null };
}

let world: World;
let gateways: { main: SmsGateway; backup: SmsGateway };
let services: Service[];
let operator: string;
let client: ApiClient;
let crowd: Awaited<ReturnType<typeof switchOffInACrowd>>;

beforeAll(async () => {
  world = await createMigratedWorld();
  const ledger = await openLedgerOf(world);
  client = new ApiClient((await createTenant(ledger, 'shop')).key);
  operator = await execute({ kind: 'create-operator-key' }, ledger);
  await ledger.close();
  gateways = { main: await SmsGateway.start(), backup: await SmsGateway.start() };
  const { main, backup } = gateways;
  const mail = '{ type: sandbox, channel: email }';
  const configYaml = `providers: { main: ${main.provider}, backup: ${backup.provider}, mail: ${mail} }`;
  services = await Promise.all([1, 2].map(() => startService({ world, configYaml })));
  crowd = await switchOffInACrowd();
});
afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()));
  await Promise.all([gateways.main.stop(), gateways.backup.stop()]);
  await world.close();
});

const at = (n: number) => services[n % services.length] as Service;
const provider = async (id: string, n = 0) =>
  (await at(n).call<Seen>('GET', `/v1/admin/providers/${id}`, { key: operator })).body;

async function put(id: string, body: object, version: number) {
  const headers = { 'if-match': `"${String(version)}"` };
  return at(0).call<Seen>('PUT', `/v1/admin/providers/${id}`, { key: operator, body, headers });
}

async function until(holds: () => Promise<boolean> | boolean, patienceMs = 20_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it never came');
    await sleep(50);
  }
}

/** A crowd logs in, and in the middle of it the operator switches the gateway off at one process. */
async function switchOffInACrowd() {
  let lastAtMain = 0;
  gateways.main.behaviourFor = () => {
    lastAtMain = Date.now();
    // Slow enough that most are still waiting for their turn when it is switched off.
    return (response, sms) => {
      setTimeout(() => {
        accepts(response, sms);
      }, 1_000);
    };
  };
  const phones = Array.from({ length: PEOPLE }, () => newPhone());
  const started = await Promise.all(phones.map((phone, n) => client.start(at(n), { phone })));
  await until(() => gateways.main.messages.length > 0);
  const answer = await put('main', { enabled: false, reason: 'swallows messages' }, 1);
  const switchedAt = Date.now();
  await until(() => gateways.main.messages.length + gateways.backup.messages.length >= PEOPLE);
  // Some more, through the process that was not told by its own operator.
  const late = Array.from({ length: LATE }, () => newPhone());
  await Promise.all(late.map((phone) => client.start(at(1), { phone })));
  await until(() => gateways.main.messages.length + gateways.backup.messages.length >= PEOPLE + LATE);
  await sleep(1_000);
  return { started, answer, phones: [...phones, ...late], lateAtMainMs: lastAtMain - switchedAt };
}

test('I5 I6 R79 switched off in the middle of a crowd, a gateway gets nothing more; everybody has one message', async () => {
  const { started, answer, phones, lateAtMainMs } = crowd;
  expect(answer).toMatchObject({
    ...{ status: 200, body: { enabled: false, reason: 'swallows messages', version: 2 } },
  });
  expect(started.filter(({ status }) => status !== 202)).toEqual([]);
  expect(lateAtMainMs).toBeLessThan(HOLDS_WITHIN_MS);
  expect(gateways.backup.messages.length).toBeGreaterThan(LATE);
  for (const phone of phones)
    expect([phone, gateways.main.to(phone).length + gateways.backup.to(phone).length]).toEqual([phone, 1]);
  const seen = await Promise.all(started.map(({ body: { id } }, n) => client.read(at(n), id)));
  expect(seen.map(({ body: { deliveries } }) => deliveries.map(({ status: now }) => now))).toEqual(
    seen.map(() => ['sent']),
  );
  const told = seen.filter(({ body: { timeline } }) => JSON.stringify(timeline).includes('"backup"'));
  expect(told.length).toBe(gateways.backup.messages.length - LATE);
});

test('each process tells what it knows of a provider itself, and which process it is', async () => {
  const told = await Promise.all([0, 1].map((n) => provider('backup', n)));
  for (const one of told) expect(providerSchema.safeParse(one).error).toBeUndefined();
  const nodes = told.map(({ health }) => health.node);
  expect(new Set(nodes).size).toBe(2);
  expect(told[0]?.health).toEqual({
    node: nodes[0],
    inFlight: 0,
    maxPerSecond: null,
    paused: null,
    noLink: null,
    lastFailure: null,
  });
});

test('an operator sees on every process what is off and what each provider did, and prometheus sees it, too', async () => {
  for (const n of [0, 1]) {
    expect(await provider('main', n)).toMatchObject({ enabled: false, disabledUntil: null, routes: ['sms'] });
    const metrics = await (await fetch(`${at(n).url}/metrics`)).text();
    expect(metrics).toMatch(/^einmal_provider_enabled\{provider="main"\} 0$/m);
    expect(metrics).toMatch(/^einmal_provider_enabled\{provider="backup"\} 1$/m);
  }
  const { last60Minutes } = await provider('backup');
  expect(last60Minutes).toMatchObject({ submitted: gateways.backup.messages.length });
  const query = '/v1/admin/audit?target=main';
  const audit = await at(1).call('GET', query, { key: operator });
  expect(audit.body).toMatchObject({
    entries: [
      {
        action: 'provider.switched',
        details: { before: { enabled: true }, after: { enabled: false, until: null, reason: 'swallows messages' } },
      },
    ],
  });
});

test('is switched over its version, by what is understood, and by operators only', async () => {
  const twice = await Promise.all([1, 2, 3].map(() => put('main', { enabled: false }, 2)));
  expect(twice.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  const first = await Promise.all([1, 2, 3].map(() => put('mail', { enabled: true }, 1)));
  expect(first.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  expect((await put('backup', { enabled: true }, 7)).status).toBe(412);
  expect((await put('nobody', { enabled: false }, 1)).status).toBe(404);
  const passed = new Date(Date.now() - 1_000).toISOString();
  for (const body of [{}, { enabled: 'no' }, { enabled: false, until: passed }, { enabled: true, until: passed }])
    expect((await put('backup', body, 1)).status, JSON.stringify(body)).toBe(400);
  expect((await client.ask(at(0), 'GET', '/v1/admin/providers')).status).toBe(403);
  expect(await provider('backup')).toMatchObject({ enabled: true, version: 1 });
});

test('without a provider a channel is left out of the plan or refused, until the time is over', async () => {
  const untilThen = new Date(Date.now() + 4_000).toISOString();
  expect((await put('backup', { enabled: false, until: untilThen }, 1)).status).toBe(200);
  await until(async () => {
    const { status, body } = await client.start(at(1), { phone: newPhone() });
    return status === 422 && String((body as { detail?: string }).detail).includes('switched off the providers of sms');
  }, HOLDS_WITHIN_MS);
  const mixed = await client.start(at(0), { phone: newPhone(), email: 'ada@example.org' });
  expect(mixed).toMatchObject({ status: 202, body: { channels: ['email'] } });
  await until(async () => (await client.start(at(1), { phone: newPhone() })).status === 202);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(untilThen) - 100);
  expect(await provider('backup')).toMatchObject({ enabled: true, disabledUntil: null, reason: null, version: 2 });
});
