/**
 * Somebody writes line breaks and terminal sequences into whatever may end up in a log, so that the log tells a story of
 * theirs: an approval that never was, or nothing at all after the line was wiped from the screen (ASVS 16.4.1).
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Log } from '../../src/platform/log/log.js';
import { ApiClient } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import type { Service } from '../support/service.js';

const FORGED = '{"level":30,"event":"forged"}';
/** Ways to end a line or to move a terminal's cursor: in C0, in C1 and in Unicode. */
const CONTROLS = ['\r\n', '\r', '\u001b[2K\u001b[1A', '\u009b2K', '\u0085', '\u2028', '\u0000', '\b', '\u007f'];
const HOSTILE = CONTROLS.map((control) => `x${control}${FORGED}`);

let shop: Installation;
let service: Service;
let client: ApiClient;
let operator: ApiClient;
const statuses: number[] = [];

beforeAll(async () => {
  shop = await openInstallation();
  service = await shop.start({ env: { LOG_LEVEL: 'trace' } });
  const hear = ({ status }: { status: number }) => void statuses.push(status);
  client = new ApiClient(shop.key, hear);
  operator = new ApiClient(await shop.world.createOperatorKey(), hear);
});
afterAll(() => shop.close());

/** The body once for each place in it, values and names, with the hostile text there. */
function poisoned(body: unknown, hostile: string): unknown[] {
  if (typeof body !== 'object' || body === null) return [hostile];
  const places = Object.entries(body).flatMap(([name, member]) =>
    poisoned(member, hostile).map((bad) => {
      const copy: unknown = structuredClone(body);
      return Object.assign(copy as object, { [name]: bad });
    }),
  );
  return Array.isArray(body) ? places : [...places, { ...body, [hostile]: 'x' }];
}

const id = `ver_${'A'.repeat(22)}`;
const START = {
  ...{ to: somebody(), channels: ['sms'], purpose: 'login', locale: 'en', subject: 'user-1', codeLength: 6 },
  ...{ ttlSeconds: 60, template: 'default', binding: { amount: '1', payee: 'Shop' }, metadata: { order: '7' } },
  ...{ endUser: { ip: '192.0.2.1', userAgent: 'Mozilla', deviceId: 'd' }, webOtpOrigin: 'shop.example' },
  androidAppHash: 'AAAAAAAAAAA',
};
const POLICY = { codeLength: 6, ttlSeconds: 300, maxAttempts: 5, maxSends: 5, reportTimeoutSeconds: 60 };
const SETTINGS = { plan: ['sms'], policy: POLICY, senderName: 'Shop', defaultCountry: 'DE', locale: 'de' };
const SEARCH = {
  to: { phone: '+4915112345678' },
  status: 'pending',
  from: '2026-01-01T00:00:00Z',
  limit: 1,
  cursor: 'c',
};

const CALLS: [who: 'application' | 'operator', method: string, path: string, body: unknown][] = [
  ['application', 'POST', '/v1/verifications', START],
  ['application', 'POST', `/v1/verifications/${id}/checks`, { code: '123456', subject: 's', purpose: 'p' }],
  ['application', 'POST', `/v1/verifications/${id}/resend`, { channel: 'sms' }],
  ['application', 'POST', '/v1/verifications/search', SEARCH],
  ['application', 'PUT', '/v1/admin/settings', SETTINGS],
  ['application', 'POST', '/v1/admin/recipients/erase', { to: { phone: '+4915112345678' } }],
  ['application', 'POST', '/v1/reports/gateway', { status: 'delivered' }],
  ['operator', 'POST', '/v1/admin/applications', { name: 'Shop' }],
  ['operator', 'POST', '/v1/admin/operator-keys', { expiresInDays: 1 }],
];

test.each(CALLS)('R93 as %s, %s %s with line breaks in every field', async (who, method, path, body) => {
  const asker = who === 'operator' ? operator : client;
  const bodies = HOSTILE.flatMap((hostile) => poisoned(body, hostile));
  const headers = { 'if-match': '"1"' };
  for (const bad of bodies) await asker.ask(service, method, path, { body: bad, headers });
  // Somebody else each time, whom no limit keeps from getting as far as the database.
  if (body === START)
    for (const bad of bodies) await client.ask(service, 'POST', path, { body: { ...(bad as object), to: somebody() } });
});

test('R93 in paths and queries, and in headers as no library would send them', async () => {
  const headers = [
    'Authorization: Bearer ',
    'Idempotency-Key: ',
    'User-Agent: ',
    'X-Forwarded-For: ',
    'X-Request-Id: ',
  ];
  for (const hostile of HOSTILE) {
    const escaped = encodeURIComponent(hostile);
    const paths = [`/${escaped}`, `/v1/verifications/${escaped}`, `/v1/verifications/${id}/checks?code=${escaped}`];
    for (const path of [...paths, `/v1/reports/gateway/${escaped}/${escaped}`, `/sandbox/messages?to=${escaped}`])
      await client.ask(service, 'GET', path);
    for (const header of headers) await sendRaw(`${header}${hostile}`);
  }
});

async function sendRaw(header: string): Promise<void> {
  const socket = connect(service.port, '127.0.0.1');
  socket.end(`GET /v1/verifications/${id} HTTP/1.1\r\nHost: x\r\n${header}\r\nConnection: close\r\n\r\n`);
  socket.resume();
  await once(socket, 'close');
}

test('R93 in what gateways answer and report', async () => {
  const to = somebody();
  shop.gateway.behaviourFor = () => (response) => response.writeHead(500).end(HOSTILE.join(''));
  expect(await client.start(service, { phone: to.phone })).toMatchObject({ status: 202 });
  await eventually(() => {
    expect(shop.gateway.to(to.phone)).toHaveLength(2);
  });
  const [message] = shop.gateway.to(to.phone);
  for (const hostile of HOSTILE)
    for (const receipt of [`id:1 stat:UNDELIV err:001 text:${hostile}`, `stat:${hostile} err:${hostile}`])
      if (message) statuses.push(await shop.gateway.report(message, 'failed', service, receipt));
});

test('R93 every line is one of ours, and nothing in them moves a cursor', () => {
  const lines = service.logs.filter((line) => line !== '');
  const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
  expect(events).toContain('service.listening');
  expect(events).not.toContain('forged');
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  expect(lines.filter((line) => /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(line))).toEqual([]);
  // None of it was a surprise either.
  expect(statuses.length).toBeGreaterThan(500);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
});

test('R93 whatever a field holds, it stays within its line', () => {
  const lines: string[] = [];
  const log = Log.to('trace', { write: (line) => lines.push(line) });
  const bad = HOSTILE.join('');
  log.info('event', { field: bad, list: HOSTILE });
  log.failure('event', Object.assign(new Error(bad), { name: bad, code: bad }));
  for (const line of lines) {
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(line.replace(/\n$/, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
    expect(JSON.parse(line)).toMatchObject({ event: 'event' });
  }
  expect(lines).toHaveLength(2);
});
