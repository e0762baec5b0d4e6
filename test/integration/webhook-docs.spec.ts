import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { EVENT_SCHEMAS } from '../../src/events/event-schemas.js';
import { EVENT_TYPES, type EventType } from '../../src/events/event-types.js';
import type { IssuedEndpoint } from '../../src/webhooks/application/manage-endpoints.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { freePort } from '../support/servers/free-port.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';
import type { ApplicationsService } from './applications-app.js';
import { startWebhooks } from './webhooks/stage.js';

/** docs/webhooks.md, as somebody would follow it: its receivers get real messages, and its examples are what its events say. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = readFileSync(`${ROOT}docs/webhooks.md`, 'utf8');
const blocks = (language: string) =>
  PAGE.split(`\`\`\`${language}\n`)
    .slice(1)
    .map((block) => block.split('\n```')[0] ?? '');
/** The only one in which this stands. */
function codeWith(text: string): string {
  const found = blocks('js').filter((block) => block.includes(text));
  if (found.length !== 1) throw new Error(`${String(found.length)} pieces of code have ${text}`);
  return found[0] ?? '';
}

let store: TestDatabase;
let service: ApplicationsService;
let key: string;
const processes: ChildProcess[] = [];
const receivers: WebhookReceiver[] = [];

beforeAll(async () => {
  store = await openTestDatabase();
  service = await startWebhooks(store.database, 'all');
  key = (await service.tenant('shop')).key;
});
afterAll(async () => {
  for (const receiver of processes) receiver.kill();
  await Promise.all(receivers.map((receiver) => receiver.stop()));
  await service.close();
  await store.close();
});

afterEach(() => vi.useRealTimers());

const create = async (url: string, order: object = {}) => {
  const { body } = await service.call<IssuedEndpoint>('POST', '/v1/admin/webhooks', { key, body: { url, ...order } });
  return body;
};
const rotate = async (id: string) => {
  const order = { key, body: { overlapHours: 1 } };
  return (await service.call<IssuedEndpoint>('POST', `/v1/admin/webhooks/${id}/rotate-secret`, order)).body;
};
const receive = async () => {
  const receiver = await WebhookReceiver.start();
  receivers.push(receiver);
  return receiver;
};
const test = (id: string) => service.call('POST', `/v1/admin/webhooks/${id}/test`, { key });

/** Runs a receiver as a process of its own, where `import` finds what the reader has installed. @returns what it prints */
async function run(code: string, env: { PORT: string; [name: string]: string }): Promise<AsyncIterator<string>> {
  const receiver = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    ...{ cwd: ROOT, env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  });
  processes.push(receiver);
  const unsigned = () =>
    fetch(`http://127.0.0.1:${env.PORT}/`, { method: 'POST' }).then(
      ({ status }) => status,
      () => null,
    );
  await expect.poll(unsigned).toBe(400);
  return createInterface(receiver.stdout)[Symbol.asyncIterator]();
}

it('R82 the receiver in ten lines verifies what comes, and answers what is not ours with 400', async () => {
  const port = String(await freePort());
  const endpoint = await create(`http://127.0.0.1:${port}/`);
  const told = await run(codeWith('createServer'), { PORT: port, WEBHOOK_SECRET: endpoint.secret ?? '' });
  await test(endpoint.id);
  const { value } = (await told.next()) as { value: string };
  expect(value).toMatch(/^evt_\d+ webhook\.test \{ applicationId: 'app_[\w-]{22}' \}$/);
  const headers = { 'webhook-id': 'evt_1', 'webhook-timestamp': String(Math.floor(Date.now() / 1_000)) };
  for (const signature of [undefined, `v1,${'A'.repeat(43)}=`]) {
    const forged = { ...headers, ...(signature !== undefined && { 'webhook-signature': signature }) };
    expect((await fetch(endpoint.url, { method: 'POST', body: '{}', headers: forged })).status).toBe(400);
  }
  await expect
    .poll(async () => (await messages(endpoint.id))[0])
    .toMatchObject({ status: 'delivered', lastStatus: 204 });
});

const messages = async (id: string) =>
  (await service.call<{ messages: object[] }>('GET', `/v1/admin/webhooks/${id}/messages`, { key })).body.messages;

/** Sends a test event to an endpoint. @returns what its receiver gets */
async function tested(receiver: WebhookReceiver, { id }: IssuedEndpoint) {
  await test(id);
  await expect.poll(() => receiver.told.length).toBe(1);
  const { headers, body } = receiver.told[0] ?? {};
  return { headers: headers as Record<string, string>, body: body ?? '' };
}

it('R82 R83 what comes while a secret is rotated verifies with the old one and with the new one, and with no other', async () => {
  const receiver = await receive();
  const endpoint = await create(receiver.url);
  const rotated = await rotate(endpoint.id);
  expect(rotated.secret).not.toBe(endpoint.secret);
  const { headers, body } = await tested(receiver, endpoint);
  for (const { secret } of [endpoint, rotated])
    expect(new Webhook(secret ?? '').verify(body, headers)).toMatchObject({ type: 'webhook.test' });
  const { secret: others } = await create(receiver.url);
  expect(() => new Webhook(others ?? '').verify(body, headers)).toThrow('No matching signature');
});

it('R82 R83 a receiver with public keys finds its signature, of before a rotation and after, on a message that is fresh', async () => {
  const module = `data:text/javascript,${encodeURIComponent(`${codeWith('isOurs')}\nexport { isOurs };`)}`;
  const { isOurs } = (await import(module)) as { isOurs: (key: string, headers: object, body: string) => boolean };
  const receiver = await receive();
  const endpoint = await create(receiver.url, { signature: 'v1a' });
  const rotated = await rotate(endpoint.id);
  const { headers, body } = await tested(receiver, endpoint);
  const keys = [endpoint, rotated].map(({ publicKey }) => publicKey ?? '');
  expect(new Set(keys).size).toBe(2);
  const { publicKey: others } = await create(receiver.url, { signature: 'v1a' });
  expect(keys.map((key) => isOurs(key, headers, body))).toEqual([true, true]);
  expect(isOurs(others ?? '', headers, body)).toBe(false);
  expect(keys.map((key) => isOurs(key, headers, `${body} `))).toEqual([false, false]);
  vi.setSystemTime(Date.now() + 400_000);
  expect(keys.map((key) => isOurs(key, headers, body))).toEqual([false, false]);
});

it('R87 there is an example of every event, and each is what its schema says', () => {
  const examples = blocks('json').flatMap((block) => {
    const { type } = JSON.parse(block) as { type?: EventType };
    return type ? [{ type, block }] : [];
  });
  expect(examples.map(({ type }) => type).sort()).toEqual([...EVENT_TYPES].sort());
  for (const { type, block } of examples) {
    const { error } = EVENT_SCHEMAS[type].safeParse(JSON.parse(block));
    expect([type, error?.issues ?? []]).toEqual([type, []]);
  }
});
