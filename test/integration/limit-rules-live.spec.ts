import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { callStart, newPhone } from '../support/login.js';
import { orderFrom, type RuleBody } from '../support/rules.js';

/** R79. */
const HOLDS_WITHIN_MS = 5_000;

let deployment: Deployment;
let operator: string;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
  operator = await deployment.createOperatorKey();
  await change('ip-hour', { max: 1_000_000, windowSeconds: 3_600 });
});
afterAll(() => deployment.close());

const admin = <Body>(method: string, path: string, options: object = {}) =>
  deployment.service(0).call<Body>(method, `/v1/admin/rules${path}`, { key: operator, ...options });

/** At the first process. */
async function change(name: string, to: Partial<RuleBody>): Promise<void> {
  const { rules } = (await admin<{ rules: RuleBody[] }>('GET', '')).body;
  const rule = rules.find((other) => other.name === name) as RuleBody;
  const headers = { 'if-match': `"${String(rule.version)}"` };
  const { status } = await admin('PUT', `/${rule.id}`, { headers, body: { ...orderFrom(rule), ...to } });
  expect(status).toBe(200);
}

/** Somebody new, from this address. */
const start = (ip: string, at: number) => callStart(deployment, { to: { phone: newPhone() }, endUser: { ip } }, { at });

/** How long after `save` the second process obeys a rule of one send an hour for each address. */
async function heldElsewhereAfterMs(name: string, ip: string, save: () => Promise<unknown>): Promise<number> {
  const savedAt = performance.now();
  await save();
  for (;;) {
    const { body } = await start(ip, 1);
    const tookMs = performance.now() - savedAt;
    if (body.violatedPolicies?.includes(name) || tookMs > 4 * HOLDS_WITHIN_MS) return tookMs;
    await sleep(20);
  }
}

test('R79 a rule that is saved at one process holds at another within 5 s, also where nothing was heard of it', async () => {
  const order = { on: 'send', by: ['ip'], max: 1, windowSeconds: 3_600 };
  const heardMs = await heldElsewhereAfterMs('told', '192.0.2.1', () =>
    admin('POST', '', { body: { ...order, name: 'told' } }),
  );
  // As the service does it, but for the message to the others: what Redis drops, or a node misses.
  const foundMs = await heldElsewhereAfterMs('untold', '192.0.2.2', () =>
    deployment.database.transaction(async (query) => {
      await query(`INSERT INTO limit_rules (id, name, "on", by, scope, max, window_seconds)
        VALUES ('rule_untold0000000000000', 'untold', 'send', '{ip}', 'application', 1, 3600)`);
      await query(`UPDATE live_versions SET version = version + 1 WHERE topic = 'limit-rules'`);
    }),
  );

  expect(Math.max(heardMs, foundMs)).toBeLessThan(HOLDS_WITHIN_MS);
  for (const name of ['told', 'untold']) await change(name, { enabled: false });
});

test('I4 a rule that is tightened while a flood runs admits no more than its new maximum from then on', async () => {
  const MAX = 5;
  const admitted: { at: number; sentAtMs: number }[] = [];
  const refusedAtMs: number[] = [];
  let flooding = true;
  const flood = async (at: number) => {
    while (flooding) {
      const sentAtMs = performance.now();
      const { status } = await start('192.0.2.3', at);
      if (status === 202) admitted.push({ at, sentAtMs });
      else refusedAtMs[at] ??= performance.now();
    }
  };
  const floods = [0, 0, 1, 1].map(flood);
  await expect.poll(() => admitted.length, { timeout: 20_000 }).toBeGreaterThan(2 * MAX);
  await change('ip-hour', { max: MAX, windowSeconds: 3_600 });
  const heldAtMs = performance.now();
  await expect.poll(() => refusedAtMs.filter(Boolean).length, { timeout: 4 * HOLDS_WITHIN_MS }).toBe(2);
  await sleep(200);
  flooding = false;
  await Promise.all(floods);

  const since = (atMs: number) => admitted.filter(({ sentAtMs }) => sentAtMs > atMs);
  expect(since(heldAtMs).filter(({ at }) => at === 0).length).toBeLessThanOrEqual(MAX);
  expect(since(Math.max(...refusedAtMs))).toEqual([]);
});
