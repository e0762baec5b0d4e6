import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { startKannel, type Kannel } from '../support/kannel.js';

/** The gateway itself, before anything of ours speaks to it: are the outcomes by number what the other suites rely on? */
let kannel: Kannel;
let callbacks: Server;
const reports: { to: string; status: number; answer: string }[] = [];

beforeAll(async () => {
  callbacks = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    const [to, status, answer] = ['to', 'status', 'answer'].map((name) => searchParams.get(name) ?? '');
    reports.push({ to: to ?? '', status: Number(status), answer: answer ?? '' });
    response.end();
  }).listen(0, '127.0.0.1');
  await once(callbacks, 'listening');
  kannel = await startKannel();
});

afterAll(async () => {
  await kannel.stop();
  callbacks.close();
});

async function send(to: string): Promise<number> {
  const { port } = callbacks.address() as AddressInfo;
  const reportUrl = `http://127.0.0.1:${String(port)}/?to=${to}&status=%d&answer=%A`;
  const query = new URLSearchParams({
    username: kannel.user,
    password: kannel.password,
    to,
    text: `Code for ${to}`,
    'dlr-mask': '31',
    'dlr-url': reportUrl,
  });
  return (await fetch(`${kannel.sendsmsUrl}?${query.toString()}`)).status;
}

/** Kannel's `%d` values for one number, in the order in which they came. */
const statuses = (to: string) => reports.filter((report) => report.to === to).map((report) => report.status);

test.each([
  ['delivered', '4915110000001', [8, 1]],
  ['undeliverable', '4915110000002', [8, 2]],
  ['expired', '4915110000003', [8, 34]],
  ['rejected by the network', '4915110000004', [8, 2]],
  ['rejected at submit', '4915110000009', [16]],
  ['accepted, then delivered', '4915110000014', [8, 4, 1]],
  ['throttled once', '4915110000018', [8, 1]],
  ['failed, then delivered', '4915110000021', [8, 2]],
  ['any other number is delivered', '4915110000099', [8, 1]],
])('a message that is %s is reported so', async (_name, to, expected) => {
  expect(await send(to)).toBe(202);

  await eventually(() => {
    expect(statuses(to)).toEqual(expected);
  });
});

test('a message whose report is lost is only ever submitted', async () => {
  const to = '4915110000005';
  await send(to);
  await eventually(() => {
    expect(statuses(to)).toEqual([8]);
  });

  expect(kannel.smscLog().filter((message) => message.to === to)).toMatchObject([
    { text: `Code for ${to}`, answer: 0 },
  ]);
});

test('a gateway that is gone refuses connections, and serves again after its return', async () => {
  await kannel.stopGateway();
  await expect(send('4915110000101')).rejects.toThrow('fetch failed');

  await kannel.startGateway();
  await send('4915110000101');
  await eventually(() => {
    expect(statuses('4915110000101')).toEqual([8, 1]);
  });
});
