import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EVENT_SCHEMAS } from '../../src/events/event-schemas.js';
import { EVENT_TYPES, type EventType } from '../../src/events/event-types.js';
import type { IssuedEndpoint } from '../../src/webhooks/application/manage-endpoints.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { freePort } from '../support/servers/free-port.js';
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
const receivers: ChildProcess[] = [];

beforeAll(async () => {
  store = await openTestDatabase();
  service = await startWebhooks(store.database, 'all');
  key = (await service.tenant('shop')).key;
});
afterAll(async () => {
  for (const receiver of receivers) receiver.kill();
  await service.close();
  await store.close();
});

const create = async (url: string, order: object = {}) => {
  const { body } = await service.call<IssuedEndpoint>('POST', '/v1/admin/webhooks', { key, body: { url, ...order } });
  return body;
};
const test = (id: string) => service.call('POST', `/v1/admin/webhooks/${id}/test`, { key });

/** Runs a receiver as a process of its own, where `import` finds what the reader has installed. @returns what it prints */
async function run(code: string, env: { PORT: string; [name: string]: string }): Promise<AsyncIterator<string>> {
  const receiver = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    ...{ cwd: ROOT, env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  });
  receivers.push(receiver);
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

it('R82 R83 a receiver with public keys finds its signature among several, on a message that is fresh', async () => {
  const module = `data:text/javascript,${encodeURIComponent(`${codeWith('isOurs')}\nexport { isOurs };`)}`;
  const { isOurs } = (await import(module)) as { isOurs: (key: string, headers: object, body: string) => boolean };
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const receivers = `whpk_${publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')}`;
  const headersAt = (at: number) => {
    const [id, timestamp] = ['evt_1', String(Math.floor(at / 1_000))];
    const signature = sign(null, Buffer.from(`${id}.${timestamp}.{}`), privateKey).toString('base64');
    const both = `v1a,${'A'.repeat(86)}== v1a,${signature}`;
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': both };
  };
  expect(isOurs(receivers, headersAt(Date.now()), '{}')).toBe(true);
  expect(isOurs(receivers, headersAt(Date.now()), '{"more":1}')).toBe(false);
  expect(isOurs(receivers, headersAt(Date.now() - 400_000), '{}')).toBe(false);
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
