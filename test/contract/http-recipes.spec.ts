import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import type { Provider, ReportRequest, SubmitRequest } from '../../src/delivery/application/provider.js';
import { http } from '../../src/delivery/adapters/providers/http/http.js';
import { FakeVendor } from '../support/fake-vendor.js';
import { providerContext } from '../support/provider-context.js';

/**
 * The gateways of docs/http-recipes.md, as an operator would copy them: read from a file by the same code as in earnest, against a
 * server that plays each vendor as its documents say.
 */
const RECIPES = readFileSync(new URL('../../docs/http-recipes.md', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'einmal-recipes-'));
let vendor: FakeVendor;
const opened: Provider[] = [];

beforeAll(async () => {
  vendor = await FakeVendor.start();
});
beforeEach(() => {
  vendor.requests.length = 0;
});
afterAll(async () => {
  await Promise.all(opened.map((provider) => provider.close()));
  await vendor.stop();
  rmSync(folder, { recursive: true });
});

/** The entry of that id, at the fake vendor's address; every variable of the environment is its own name. */
function recipe(id: string): Provider {
  const yaml =
    RECIPES.split('```yaml\n')
      .find((block) => block.startsWith(`providers:\n  ${id}:`))
      ?.split('```')[0] ?? '';
  const configFile = join(folder, `${id}.yaml`);
  writeFileSync(configFile, yaml.replaceAll(/https:\/\/[^/]+/g, new URL(vendor.url).origin));
  const { config, problems } = loadConfig({ configFile, production: true, variable: (name) => name }, [http]);
  expect(problems).toEqual([]);
  const provider = http.create(id, config?.providers[id] as Parameters<typeof http.create>[1], providerContext());
  opened.push(provider);
  return provider;
}

const REQUEST: SubmitRequest = {
  ...{ attemptId: 'att_1', messageId: 'msg_1', channel: 'sms', to: '+4915112345678', text: '<b>Code</b> & "1"=2' },
  ...{ locale: 'de', validForSeconds: 30, reportUrl: 'https://einmal.example/r/att_1/mac', reportMac: 'mac' },
};
const sent = async (provider: Provider, over: Partial<SubmitRequest> = {}) => {
  const outcome = await provider.submit({ ...REQUEST, ...over });
  const request = vendor.requests.at(-1);
  return { outcome, request, body: request?.body.toString() ?? '' };
};
const report = (over: Partial<ReportRequest>): ReportRequest => ({
  ...{ method: 'POST', url: 'https://einmal.example/', query: {}, headers: {}, rawBody: Buffer.alloc(0) },
  ...over,
});
const refused = (failure: string, detail: string, cause = 'provider') => ({ kind: 'refused', failure, cause, detail });

describe('docs/http-recipes.md', () => {
  it('46elks: a form, a JSON answer, a form at the message’s address', async () => {
    const provider = recipe('elks');
    vendor.answers({ status: 200, body: '{"status":"created","id":"s70df59406a1b4643b96f3f91e0bfb7b0","cost":3500}' });
    const { outcome, request, body } = await sent(provider);
    expect(outcome).toEqual({ kind: 'accepted', providerMessageId: 's70df59406a1b4643b96f3f91e0bfb7b0' });
    expect(request).toMatchObject({ method: 'POST', url: '/a1/sms' });
    expect(request?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('ELKS_USERNAME:ELKS_PASSWORD').toString('base64')}`,
    });
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      ...{ from: 'Example', to: '+4915112345678', message: REQUEST.text, dontlog: 'message' },
      whendelivered: REQUEST.reportUrl,
    });
    vendor.answers({ status: 403, body: '"API access requires Basic HTTP authentication"' });
    expect((await sent(provider)).outcome).toMatchObject({ failure: 'misconfigured' });
    const says = (status: string) =>
      provider.readReports(
        report({ attemptId: 'att_1', rawBody: Buffer.from(`id=s70df&status=${status}&delivered=x`) }),
      );
    expect(says('delivered')).toMatchObject([{ attemptId: 'att_1', providerMessageId: 's70df', status: 'delivered' }]);
    expect(says('failed')).toMatchObject([{ status: 'failed', cause: 'other', transient: true }]);
    expect(provider.readReports(report({ rawBody: Buffer.from('id=s70df&status=delivered') }))).toBeNull();
  });

  it('GatewayAPI: JSON both ways, numbers as numbers, codes in the body', async () => {
    const provider = recipe('gatewayapi');
    vendor.answers({ status: 200, body: '{"ids":[1234567890123456789],"usage":{"total_cost":0.12}}' });
    const { outcome, body } = await sent(provider);
    expect(outcome).toEqual({ kind: 'accepted', providerMessageId: '1234567890123456789' });
    expect(JSON.parse(body)).toEqual({
      ...{ message: REQUEST.text, sender: 'Example', encoding: 'UTF8', validity_period: 60, userref: 'att_1' },
      ...{ callback_url: REQUEST.reportUrl, recipients: [{ msisdn: 4915112345678 }] },
    });
    expect(JSON.parse((await sent(provider, { text: 'Код 1' })).body)).toMatchObject({ encoding: 'UCS2' });
    vendor.answers({ status: 403, body: '{"code":"0x0216","incident_uuid":"b"}' });
    expect((await sent(provider)).outcome).toEqual(refused('quota', '0x0216'));
    vendor.answers({ status: 422, body: '{"code":"0x0308"}' });
    expect((await sent(provider)).outcome).toEqual(refused('rejected', '0x0308', 'unknown-number'));
    const says = (status: string) =>
      provider.readReports(
        report({ attemptId: 'att_1', rawBody: Buffer.from(JSON.stringify({ id: 421332671, status })) }),
      );
    expect(says('DELIVERED')).toMatchObject([{ status: 'delivered', providerMessageId: '421332671' }]);
    expect(says('ENROUTE')).toMatchObject([{ status: 'underway' }]);
    expect(says('EXPIRED')).toMatchObject([{ status: 'failed', cause: 'expired', transient: true }]);
    expect(says('REJECTED')).toMatchObject([{ status: 'failed', cause: 'blocked' }]);
  });

  it('BudgetSMS: GET, plain text, one address with a secret', async () => {
    const provider = recipe('budget');
    vendor.answers({ status: 200, body: 'OK 25745294\r\n' });
    const { outcome, request } = await sent(provider);
    expect(outcome).toEqual({ kind: 'accepted', providerMessageId: '25745294' });
    expect(request?.method).toBe('GET');
    const url = new URL(request?.url ?? '', 'http://x');
    expect(url.pathname).toBe('/sendsms/');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      to: '4915112345678',
      msg: REQUEST.text,
      from: 'Example',
    });
    for (const [answer, outcomeOfIt] of [
      ['ERR 1001', refused('quota', '1001')],
      ['ERR 2010', refused('rejected', '2010', 'unknown-number')],
      ['ERR 9999', refused('misconfigured', '9999')],
      ['<html>busy</html>', { kind: 'ambiguous', detail: 'answer 200' }],
    ] as const) {
      vendor.answers({ status: 200, body: answer });
      expect((await sent(provider)).outcome).toEqual(outcomeOfIt);
    }
    const says = (query: Record<string, string>) => provider.readReports(report({ method: 'GET', query }));
    const token = 'BUDGET_REPORT_TOKEN';
    expect(says({ token, id: '25745294', status: '1' })).toMatchObject([
      { providerMessageId: '25745294', status: 'delivered', detail: '1' },
    ]);
    expect(says({ token, id: '25745294', status: '6' })).toMatchObject([{ status: 'failed', cause: 'unknown-number' }]);
    expect(says({ id: '25745294', status: '1' })).toBeNull();
    expect(says({ token: 'guessed', id: '25745294', status: '1' })).toBeNull();
    expect(says({ token, status: '1' })).toEqual([]);
  });

  it('iletimerkezi: XML both ways, asked for the status', async () => {
    const provider = recipe('iletimerkezi');
    vendor.answers({
      status: 200,
      body: '<?xml version="1.0"?><response><status><code>200</code><message>OK</message></status><order><id>0012</id></order></response>',
    });
    const { outcome, body } = await sent(provider);
    expect(outcome).toEqual({ kind: 'accepted', providerMessageId: '0012' });
    expect(body).toContain('<text>&#60;b&#62;Code&#60;/b&#62; &#38; &#34;1&#34;=2</text>');
    expect(body).toContain('<number>+4915112345678</number>');
    vendor.answers({ status: 401, body: '<response><status><code>401</code></status></response>' });
    expect((await sent(provider)).outcome).toEqual(refused('misconfigured', '401'));
    const message = (status: string) => `<message><number>+49</number><status>${status}</status></message>`;
    const ask = (messages: string) => {
      vendor.answers({ status: 200, body: `<response><order><id>0012</id>${messages}</order></response>` });
      return provider.polling?.ask('0012');
    };
    expect(provider.polling?.everySeconds).toBe(10);
    expect(await ask(message('111'))).toMatchObject([
      { providerMessageId: '0012', status: 'delivered', detail: '111' },
    ]);
    expect(await ask(message('110') + message('111'))).toMatchObject([{ status: 'underway' }]);
    expect(vendor.requests.at(-1)?.body.toString()).toContain('<order><id>0012</id>');
    expect(await ask('')).toEqual([]);
    expect(provider.readReports(report({ attemptId: 'att_1' }))).toBeNull();
  });

  it('batches: several reports in one request, proven by their reference', async () => {
    const provider = recipe('batches');
    vendor.answers({ status: 202, headers: { 'x-message-id': 'b-1' } });
    const { outcome, request, body } = await sent(provider);
    expect(outcome).toEqual({ kind: 'accepted', providerMessageId: 'b-1' });
    expect(request).toMatchObject({ method: 'PUT', url: '/api/messages/att_1' });
    expect(JSON.parse(body)).toMatchObject({ phone: '004915112345678', out_id: 'att_1.mac' });
    const event = (out_id: string, success: boolean, over: object = {}) => ({ type: 'dlr', out_id, success, ...over });
    const says = (...events: object[]) =>
      provider.readReports(report({ rawBody: Buffer.from(JSON.stringify({ events })) }));
    expect(
      says(
        event('att_1.mac', true),
        event('att_2.mac', false, { err_code: 'E404' }),
        event('att_3.forged', true),
        event('att_4.mac', false, { type: 'inbound' }),
      ),
    ).toMatchObject([
      { attemptId: 'att_1', status: 'delivered', detail: 'true' },
      { attemptId: 'att_2', status: 'failed', cause: 'unknown-number', detail: 'false E404' },
    ]);
    expect(says(event('att_3.forged', true))).toBeNull();
    expect(provider.reportAnswer).toBe('{"code":0}');
  });
});
