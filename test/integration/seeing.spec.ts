import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readEnv } from '../../src/env.js';
import { Runtime } from '../../src/platform/runtime.js';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { newPhone, startLogin, wrong, type Login } from '../support/login.js';
import { OtlpReceiver } from '../support/otlp-receiver.js';

const TOKEN = 'a-token-for-prometheus';
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const REQUEST_ID = 'login-of-somebody-1';

let receiver: OtlpReceiver;
let deployment: Deployment;
let login: Login;
let code: string;
let metrics: string;

/** One login, asked for twice, with a wrong code before the right one, and the same code once more. */
beforeAll(async () => {
  receiver = await OtlpReceiver.start();
  const env = { METRICS_TOKEN: TOKEN, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  deployment = await openDeployment({ processes: 1, env });
  const to = { phone: newPhone() };
  login = await startLogin(deployment, { to });
  await call('POST', '/v1/verifications', { body: { to } });
  code = await login.code();
  await login.check(wrong(code));
  const headers = { 'x-request-id': REQUEST_ID, traceparent: `00-${TRACE}-b7ad6b7169203331-01` };
  await call('POST', `/v1/verifications/${login.id}/checks`, { body: { code }, headers });
  await login.check(code);
  await untilReported();
  metrics = (await scrape(TOKEN)).body;
});
afterAll(async () => {
  await deployment.close();
  await receiver.stop();
});

const call = (method: string, path: string, options: object = {}) =>
  deployment.service().call(method, path, { key: deployment.tenant.key, ...options });

async function scrape(token?: string): Promise<{ status: number; body: string }> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${deployment.service().url}/metrics`, { headers });
  return { status: response.status, body: await response.text() };
}

/** The sandbox reports soon after it was handed the message. */
async function untilReported(): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline && (await login.read()).body.deliveries?.[0]?.status !== 'delivered') await sleep(50);
}

const sample = (text: string) => metrics.split('\n').find((line) => line.startsWith(text));

describe('metrics', () => {
  test('are shown to whoever has the token', async () => {
    expect((await scrape()).status).toBe(401);
    expect((await scrape(`${TOKEN}x`)).status).toBe(401);
    expect((await scrape(TOKEN)).status).toBe(200);
  });

  test('without a token are open outside production and not there in production', () => {
    const { env } = readEnv({});
    if (!env) throw new Error('the default environment has problems');
    const served = (over: object) => new Runtime({ ...env, ...over }).metricsServed;
    expect([served({}), served({ production: true }), served({ production: true, metricsToken: TOKEN })]).toEqual([
      ...[true, false, true],
    ]);
  });

  test.each([
    'einmal_http_requests_total{method="POST",route="/v1/verifications",status="2xx",problem=""} 1',
    'einmal_http_requests_total{method="POST",route="/v1/verifications/:id/checks",status="4xx",problem="wrong-code"} 1',
    'einmal_http_requests_total{method="POST",route="/v1/verifications/:id/checks",status="4xx",problem="already-approved"} 1',
    'einmal_limit_refusals_total{on="send",rule="recipient-cooldown"} 1',
    'einmal_verifications_started_total{channel="sms",country="DE"} 1',
    'einmal_verifications_ended_total{status="approved",country="DE"} 1',
    'einmal_time_to_approval_seconds_count{channel="sms",provider="sandbox-sms",country="DE"} 1',
    'einmal_send_attempts_total{channel="sms",provider="sandbox-sms",country="DE",outcome="accepted"} 1',
    'einmal_deliveries_ended_total{channel="sms",provider="sandbox-sms",country="DE",status="delivered"} 1',
    'einmal_time_to_report_seconds_count{channel="sms",provider="sandbox-sms",country="DE",status="delivered"} 1',
    'einmal_provider_breaker_state{provider="sandbox-sms"} 0',
    'einmal_hash_wait_seconds_count{line="checks"} 2',
    'einmal_deliveries_due 0',
    'einmal_store_up{store="redis"} 1',
    'einmal_store_up{store="postgres"} 1',
  ])('of one login have %s', (line) => {
    expect(sample(line.slice(0, line.lastIndexOf(' ')))).toBe(line);
  });

  test('I15 tell how far the clocks of both stores are from the own one', () => {
    const skews = [...metrics.matchAll(/^einmal_clock_skew_seconds\{store="(\w+)"\} (\S+)$/gm)];
    expect(skews.map(([, store]) => store).sort()).toEqual(['postgres', 'redis']);
    // All run on this machine: seconds apart would mean that something else is measured.
    for (const [, , seconds] of skews) expect(Math.abs(Number(seconds))).toBeLessThan(5);
  });

  test('have no label with an id in it, whatever is asked for', async () => {
    for (const path of ['/v1/verifications/ver_1', '/nothing/ver_2', '/v1/reports/x/att_3/mac'])
      await call('GET', path);
    expect((await scrape(TOKEN)).body).not.toMatch(/(ver|att|dlv|app|key)_\w/);
  });
});

describe('ops/', () => {
  const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  const rules = (parse(file('ops/prometheus-alerts.yml')) as Rules).groups.flatMap((group) => group.rules);
  const dashboard = JSON.parse(file('ops/grafana-dashboard.json')) as { panels: { targets?: { expr: string }[] }[] };
  const panels = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  const asked = [...panels, ...rules.map(({ expr }) => expr)].flatMap(
    (expr) => expr.match(/\b(?:up|(?:einmal|nodejs|process)_\w+)\b/g) ?? [],
  );

  test('the dashboard and the alerts ask for nothing that a process does not tell', () => {
    const told = new Set(['up']);
    for (const [, name = '', type] of metrics.matchAll(/^# TYPE (\S+) (\S+)$/gm))
      for (const suffix of type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']) told.add(name + suffix);
    expect(asked.filter((name) => !told.has(name))).toEqual([]);
    expect([panels.length > 25, rules.length > 15]).toEqual([true, true]);
  });

  test('whatever they ask for has been counted by these logins, but for what did not happen to them', () => {
    const didNotHappen = [
      ...['deliveries_delivered_late', 'fallbacks', 'fraud_trips', 'limit_shadowed', 'sends_screened', 'spend_alerts'],
      'store_failures',
    ];
    const counted = new Set(['up', ...[...metrics.matchAll(/^(\w+)[{ ]/gm)].map(([, name = '']) => name)]);
    expect([...new Set(asked.filter((name) => !counted.has(name)))].sort()).toEqual(
      didNotHappen.map((name) => `einmal_${name}_total`),
    );
  });

  test('every alert says how bad it is, and the manual what to do', () => {
    const headings = [...file('docs/operations.md').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase(),
    );
    for (const { alert, labels, annotations } of rules) {
      expect(['page', 'ticket'], alert).toContain(labels.severity);
      expect(annotations.summary.length, alert).toBeGreaterThan(20);
      expect(annotations.runbook, alert).toBe(`docs/operations.md#${alert.toLowerCase()}`);
      expect(headings, alert).toContain(alert.toLowerCase());
    }
  });
});

/** Events whose names the source puts together. */
const PUT_TOGETHER: Record<string, string[]> = {
  'housekeeping.${name}': ['housekeeping.forget', 'housekeeping.reseal'],
  '${name}.${what}-failed': [
    ...['worker.claim-failed', 'worker.delivery-failed', 'worker.release-failed'],
    ...['webhooks.claim-failed', 'webhooks.message-failed', 'webhooks.release-failed'],
  ],
};

describe('docs/logs.md', () => {
  const root = new URL('../../', import.meta.url);
  const manual = readFileSync(new URL('docs/logs.md', root), 'utf8');

  test('has every metric that is told, its kind and its labels', () => {
    const rows = [...manual.matchAll(/^\| `(einmal_\w+)` *\| (\w+) *\| ([^|]*?) *\|/gm)];
    const told = [...metrics.matchAll(/^# TYPE (einmal_\w+ \w+)$/gm)].map(([, nameAndKind]) => nameAndKind);
    expect(rows.map(([, name = '', kind = '']) => `${name} ${kind}`).sort()).toEqual(told.sort());
    for (const [, name = '', , labels = ''] of rows) {
      const counted = new RegExp(`^${name}(?:_count)?\\{(.+)\\} `, 'm').exec(metrics)?.[1];
      if (counted === undefined) continue;
      const used = [...counted.matchAll(/(\w+)="/g)].map(([, label = '']) => `\`${label}\``);
      expect(labels.split(', ').sort(), name).toEqual(used.sort());
    }
  });

  test('has every event of our own that the source can log, and its level', () => {
    const sources = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
      .map((path) => readFileSync(new URL(`src/${path}`, root), 'utf8'))
      .join('\n');
    const logged = [
      ...sources.matchAll(
        /\b(?:log\.|lines\.write\(')(info|warn|failure)(?:\(|',)\s*['`]((?:[a-z]+|\$\{name\})\.[^'`]+)['`]/g,
      ),
    ].flatMap(([, method = '', name = '']) =>
      (PUT_TOGETHER[name] ?? [name]).map((event) => `${event} ${method === 'failure' ? 'error' : method}`),
    );
    const rows = [...manual.matchAll(/^\| `([a-z]+\.[a-z-]+)` *\| (\w+)/gm)];
    expect(rows.map(([, event = '', level = '']) => `${event} ${level}`).sort()).toEqual([...new Set(logged)].sort());
    expect(rows.length).toBeGreaterThan(20);
  });
});

describe('traces', () => {
  async function untilSpan(name: string, also: (fields: Record<string, unknown>) => boolean = () => true) {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const span = receiver.spans.find((one) => one.name === name && also(one.fields));
      if (span) return span;
      if (Date.now() > deadline) throw new Error(`no span ${name}`);
      await sleep(100);
    }
  }
  const below = ({ spanId }: { spanId: string }) =>
    receiver.spans.filter(({ parentSpanId }) => parentSpanId === spanId).map(({ name }) => name);

  test('a request goes on with the trace of whoever asked, and what was done for it is below', async () => {
    const span = await untilSpan('POST /v1/verifications/:id/checks', (fields) => fields['einmal.problem'] === '');
    expect(span).toMatchObject({ traceId: TRACE, parentSpanId: 'b7ad6b7169203331', kind: 2 });
    expect(span.fields).toMatchObject({ 'einmal.request.id': REQUEST_ID, 'einmal.verification.id': login.id });
    expect(below(span)).toEqual(expect.arrayContaining(['hash', 'postgres', 'redis reserve-attempt']));
  });

  test('a delivery has a trace with the request to its provider, found by the verification', async () => {
    const span = await untilSpan('deliver sms');
    expect(span.fields['einmal.verification.id']).toBe(login.id);
    expect(below(span)).toContain('submit sandbox-sms');
    expect((await untilSpan('accept')).fields['einmal.verification.id']).toBe(login.id);
  });
});

describe('the log', () => {
  const lines = (event: string) =>
    deployment
      .service()
      .logs.filter((line) => line.includes(`"event":"${event}"`))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test("R92 names what matters for security by OWASP's vocabulary, with the request and what it was about", () => {
    const check = { route: '/v1/verifications/:id/checks', target: login.id };
    expect(lines('sys_startup')).toHaveLength(1);
    expect(lines('authn_login_fail').filter(({ target }) => target === login.id)).toEqual([
      expect.objectContaining({ ...check, problem: 'wrong-code', level: 40 }),
    ]);
    expect(lines('authn_login_success')).toEqual([expect.objectContaining({ ...check, requestId: REQUEST_ID })]);
    expect(lines('authn_token_reuse')).toEqual([expect.objectContaining({ ...check, problem: 'already-approved' })]);
  });

  test('R92 names the last wrong code, the lock, the limit, the wrong key and the request that is none', async () => {
    const other = await startLogin(deployment, { to: { phone: newPhone() } });
    const right = await other.code();
    for (let n = 1; n <= 6; n += 1) await other.check(wrong(right, n));
    await other.resend();
    const phone = newPhone();
    await startLogin(deployment, { to: { phone } });
    await call('POST', '/v1/verifications', { body: { to: { phone } } });
    await call('POST', '/v1/verifications', { body: { too: phone } });
    await call('GET', '/v1/admin/applications');
    await call('GET', '/v1/verifications/x', { key: 'ek_nobody' });
    const events = ['authn_login_fail_max', 'authn_login_lock', 'excess_rate_limit_exceeded', 'input_validation_fail'];
    for (const event of [...events, 'authz_fail']) expect(lines(event).length, event).toBeGreaterThan(0);
    expect(lines('authn_login_fail').map(({ problem }) => problem)).toContain('unauthorized');
    expect(lines('excess_rate_limit_exceeded')[0]).toMatchObject({ rules: ['recipient-cooldown'] });
  });

  test('has no line for a request that nothing is remarkable about', async () => {
    await call('GET', `/v1/verifications/${login.id}`, { headers: { 'x-request-id': 'unremarkable-request' } });
    expect(deployment.service().logs.filter((line) => line.includes('unremarkable-request'))).toEqual([]);
  });

  test('every answer names its request', async () => {
    const { headers } = await call('GET', '/livez', { headers: { 'x-request-id': 'short' } });
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{12}-\w+$/);
    const given = await call('GET', '/nothing', { headers: { 'x-request-id': REQUEST_ID } });
    expect(given.headers.get('x-request-id')).toBe(REQUEST_ID);
  });
});

interface Rules {
  groups: {
    rules: {
      alert: string;
      expr: string;
      labels: { severity: string };
      annotations: { summary: string; runbook: string };
    }[];
  }[];
}
