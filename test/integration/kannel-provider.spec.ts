import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kannel } from '../../src/delivery/adapters/providers/kannel/kannel.js';
import type { Provider } from '../../src/delivery/application/provider.js';
import type { Report } from '../../src/delivery/domain/outcome.js';
import { eventually } from '../support/eventually.js';
import { startKannel, type Kannel } from '../support/kannel.js';
import { providerContext } from '../support/provider-context.js';

/** The adapter against the real gateway: does Kannel understand what the fake vendor was happy with? */
let gateway: Kannel;
let provider: Provider;
let callbacks: Server;
const reports: Report[] = [];

beforeAll(async () => {
  gateway = await startKannel();
  const config = { type: 'kannel', channel: 'sms', url: gateway.sendsmsUrl, from: 'Einmal' } as const;
  provider = kannel.create(
    'main',
    { ...config, username: gateway.user, password: gateway.password },
    providerContext(),
  );
  callbacks = createServer((request, response) => {
    void takeReport(request, response);
  }).listen(0, '127.0.0.1');
  await once(callbacks, 'listening');
});

afterAll(async () => {
  await provider.close();
  await gateway.stop();
  callbacks.close();
});

async function takeReport(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '', 'http://localhost');
  const attemptId = url.pathname.slice(1);
  const query = Object.fromEntries(url.searchParams);
  const asked = { method: 'GET', url: url.href, headers: {}, rawBody: Buffer.alloc(0), attemptId, query };
  reports.push(...((await provider.readReports(asked)) ?? []));
  response.end();
}

function send(attemptId: string, to: string, text: string) {
  const reportUrl = `http://127.0.0.1:${String((callbacks.address() as AddressInfo).port)}/${attemptId}`;
  const message = {
    attemptId,
    to,
    text,
    reportUrl,
    reportMac: 'mac',
    messageId: 'msg_1',
    channel: 'sms',
    locale: 'en',
  } as const;
  return provider.submit({ ...message, validForSeconds: 290 });
}
const reportsOf = (attemptId: string) => reports.filter((report) => report.attemptId === attemptId);

test.each([
  ['att_gsm7', '+4915112345601', 'Shop: 012345 ist Ihr Code für 10 € [bitte geheim halten]'],
  ['att_ucs2', '+4915112345611', 'Магазин: „012345“ – ваш код 🔑'],
])('%s arrives as it was written, from the sender that was asked for', async (attemptId, to, text) => {
  expect(await send(attemptId, to, text)).toEqual({ kind: 'accepted', detail: 'accepted' });
  await eventually(() => {
    const arrived = gateway.smscLog().find((submission) => submission.to === to.slice(1));
    expect(arrived).toMatchObject({ text, from: 'Einmal' });
  });
});

test('its reports come back to the attempt', async () => {
  await send('att_failed', '+4915112345602', 'Shop: 012345');
  await eventually(() => {
    expect(reportsOf('att_failed')).toMatchObject([
      { status: 'underway' },
      { status: 'failed', cause: 'unknown-number', detail: 'UNDELIV err:001', providerId: 'main' },
    ]);
  });
  await send('att_delivered', '+4915112345699', 'Shop: 012345');
  await eventually(() => {
    expect(reportsOf('att_delivered').at(-1)).toMatchObject({ status: 'delivered' });
  });
});

test('a wrong password is told apart from a number it does not like', async () => {
  const config = { type: 'kannel', channel: 'sms', url: gateway.sendsmsUrl, from: 'Einmal' } as const;
  const other = kannel.create('other', { ...config, username: gateway.user, password: 'wrong' }, providerContext());
  const message = { attemptId: 'att_1', to: '+4915112345699', text: 'x', messageId: 'm', channel: 'sms' } as const;
  expect(
    await other.submit({ ...message, reportUrl: 'http://x', reportMac: 'mac', locale: 'en', validForSeconds: 60 }),
  ).toMatchObject({
    ...{ kind: 'refused', failure: 'misconfigured' },
  });
  await other.close();
});

test('a gateway that is down has not got the message', async () => {
  await gateway.stopGateway();
  expect(await send('att_down', '+4915112345699', 'Shop: 012345')).toMatchObject({ failure: 'unreachable' });
  await gateway.startGateway();
  expect(await send('att_up', '+4915112345699', 'Shop: 012345')).toMatchObject({ kind: 'accepted' });
});
