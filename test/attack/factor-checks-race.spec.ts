/**
 * One code of a factor, at many logins and two processes at once, or while a process dies with it: whoever reads over a shoulder is
 * as fast as the person (CVE-2015-7225, CVE-2025-43798). And many codes at once, at logins of their own: a budget that is read
 * before it is counted lets them all through.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEinmal } from '../../src/client/client.js';
import type { Step } from '../../src/shared/steps.js';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { Holder, type FactorAnswer, type Post } from '../support/factor-login.js';
import { atOnce, rounds } from '../support/parallel.js';
import { startService } from '../support/start-service.js';
import type { Service } from '../support/service.js';

const MANY = 20;
const BUDGET = 5;

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openDeployment({ processes: 2 });
});
afterAll(() => deployment.close());

/** Like a login flow that does what a 503 `overloaded` says: nothing was spent, so it asks again. */
const postTo =
  (processOf: (n?: number) => Service): Post =>
  async (path, body, { at, idempotencyKey } = {}) => {
    const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
    for (;;) {
      const options = { key: deployment.tenant.key, body, headers };
      const reply = await processOf(at).call<FactorAnswer>('POST', path, options);
      if (reply.body.code !== 'overloaded') return reply;
      await sleep(randomInt(5, 30));
    }
  };
const post = postTo((n) => deployment.service(n));
const newHolder = () => Holder.of(post);

const MEANT = ['approved', 'already-used', 'factor-locked'];

/** How many were approved; the others were told that the code was used before, or were not asked for it any more. */
function approvedOf(replies: Awaited<ReturnType<Post>>[]): number {
  const answers = replies.map(({ body }) => body.reason ?? body.code ?? String(body.status));
  expect(answers.filter((answer) => !MEANT.includes(answer))).toEqual([]);
  expect(answers.filter((answer) => answer === 'already-used').length).toBeLessThanOrEqual(BUDGET);
  return answers.filter((answer) => answer === 'approved').length;
}

const approvals = async ({ subject }: Holder) => {
  const sql = `SELECT id FROM verifications WHERE subject = $1 AND status = 'approved'`;
  return (await deployment.database.query(sql, [subject])).length;
};

test('I9 R66 one code at many logins and two processes at once: one is approved', () =>
  rounds(2, async () => {
    const holder = await newHolder();
    const logins = await atOnce(MANY, () => holder.start());
    const code = holder.code();
    const replies = await Promise.all(logins.map((id, at) => holder.check(id, code, { at })));
    expect(approvedOf(replies)).toBe(1);
    expect(await approvals(holder)).toBe(1);
  }));

test('I9 R66 one code of one factor, checked with no login, at two processes at once: one is approved', () =>
  rounds(2, async () => {
    const holder = await newHolder();
    const code = holder.code();
    const replies = await atOnce(MANY, (at) => holder.checkAlone(code, { at }));
    expect(approvedOf(replies)).toBe(1);
    expect(await approvals(holder)).toBe(1);
  }));

test('I1 I9 one code at one login, many times at once: one approval, one token', () =>
  rounds(2, async () => {
    const holder = await newHolder();
    const id = await holder.start();
    const code = holder.code();
    const replies = await atOnce(MANY, (at) => holder.check(id, code, { at }));
    expect(replies.filter(({ status }) => status < 400)).toHaveLength(1);
    expect(replies.flatMap(({ body }) => body.token ?? [])).toHaveLength(1);
    expect(replies.filter(({ body }) => body.code === 'wrong-code')).toEqual([]);
  }));

test('R71 the code that activates an authenticator logs nobody in, however soon it is tried', () =>
  rounds(2, async () => {
    const holder = await Holder.enrolling(post);
    const code = holder.code();
    const check = (at: number) => (at === 0 ? holder.activate(code) : holder.checkAlone(code, { at }));
    const [activated, ...checked] = await atOnce(MANY, check);
    expect(activated?.status).toBe(200);
    expect(approvedOf(checked.filter(({ status }) => status !== 404))).toBe(0);
    expect(approvedOf([await holder.checkAlone(code)])).toBe(0);
    expect(await approvals(holder)).toBe(0);
  }));

test('R69 many wrong codes at logins of their own, at two processes at once: five are compared', () =>
  rounds(2, async () => {
    const holder = await newHolder();
    const logins = await atOnce(MANY, () => holder.start());
    const replies = await Promise.all(logins.map((id, at) => holder.check(id, holder.wrongCode(at), { at })));
    const compared = replies.filter(({ status }) => status === 422);
    expect([compared.length, replies.filter(({ status }) => status === 429).length]).toEqual([BUDGET, MANY - BUDGET]);
    const failures = 'SELECT sum(failed_checks)::int AS failures FROM verifications WHERE subject = $1';
    expect(await deployment.database.query(failures, [holder.subject])).toEqual([{ failures: BUDGET }]);
  }));

const crasherAt = (step: Step) => startService({ world: deployment.world, crashAt: step });
const KILLED = { code: null, signal: 'SIGKILL' };

/** A call that a process dies in. */
async function killedAt(step: Step, call: (of: Post) => Promise<unknown>): Promise<void> {
  const crasher = await crasherAt(step);
  await expect(call(postTo(() => crasher))).rejects.toThrow();
  expect(await crasher.ended).toEqual(KILLED);
}

/** A login flow's, behind a balancer: that process has its first try, and one that lives has the others. As patient as the test. */
function clientOf(crasher: Service) {
  const { url } = deployment.service();
  const first = [crasher.url];
  return createEinmal({
    baseUrl: url,
    apiKey: deployment.tenant.key,
    timeoutMs: 60_000,
    fetch: (asked, init) => fetch(asked.replace(url, first.pop() ?? url), init),
  });
}

const IN_FLIGHT = { status: 409, body: { code: 'idempotency-in-flight' } };
const MISMATCH = { body: { code: 'idempotency-mismatch' } };

test('I5 R25 killed when one factor’s code had approved: its key is answered with the approval', async () => {
  const holder = await newHolder();
  // Of the next time step, which is taken already: good for a minute, however long the crash takes.
  const guess = { code: holder.code(1) };
  const how = { idempotencyKey: 'killed' };
  const check = (of: Post, body = guess) => of(`/v1/factors/${holder.factorId}/checks`, body, how);
  await killedAt('check:approved', check);

  expect(await check(post)).toMatchObject(IN_FLIGHT);
  await leasePasses(holder);
  expect(await check(post, { code: holder.wrongCode() })).toMatchObject(MISMATCH);
  const approved = await check(post);
  expect(approved).toMatchObject({ status: 200, body: { channel: 'totp', token: expect.any(String) as string } });
  expect((await check(post)).body).toEqual(approved.body);
  expect(await approvals(holder)).toBe(1);
});

test('I5 R25 killed before the code of one factor was looked at: its key begins nothing anew, and is answered', async () => {
  const holder = await newHolder();
  const guess = { code: holder.code(1) };
  const check = (of: Post) => of(`/v1/factors/${holder.factorId}/checks`, guess, { idempotencyKey: 'begun' });
  await killedAt('start:committed', check);

  const [begun] = await verificationsOf(holder);
  const approved = await check(post);
  expect(approved).toMatchObject({ status: 200, body: { id: begun, token: expect.any(String) as string } });
  expect((await check(post)).body).toEqual(approved.body);
  expect(await verificationsOf(holder)).toEqual([begun]);
});

test('I2 I5 R72 killed with a backup code in the last attempt of a login: the client gets in with it, another code does not', async () => {
  const holder = await newHolder();
  const { backupCodes } = (await post('/v1/factors/backup-codes', { subject: holder.subject })).body;
  const [code = '', other = ''] = backupCodes ?? [];
  const id = await holder.start();
  for (let n = 0; n < 4; n += 1) expect(await holder.check(id, holder.wrongCode(n))).toMatchObject({ status: 422 });
  const guess = { code, channel: 'backup-code' as const, subject: holder.subject };
  const how = { idempotencyKey: 'last' };
  const crasher = await crasherAt('check:code-taken');

  const approved = await clientOf(crasher).checkCode(id, guess, how);
  expect(await crasher.ended).toEqual(KILLED);
  expect(approved).toMatchObject({ ok: true, data: { id, channel: 'backup-code' } });
  const again = (typed: string) => post(`/v1/verifications/${id}/checks`, { ...guess, code: typed }, how);
  expect(await again(other)).toMatchObject(MISMATCH);
  expect((await again(code)).body).toEqual(approved.ok && approved.data);
  expect(await approvals(holder)).toBe(1);
});

const verificationsOf = async ({ subject }: Holder) => {
  const sql = 'SELECT id FROM verifications WHERE subject = $1';
  return (await deployment.database.query<{ id: string }>(sql, [subject])).map(({ id }) => id);
};

/** 5 s: the process that had the guess is taken for dead, and nobody has the key of its start. */
async function leasePasses(holder: Holder): Promise<void> {
  const { redis } = deployment;
  const [id = ''] = await verificationsOf(holder);
  const [state = ''] = await redis.keys(`einmal:v:{${id}}`);
  for (const [field, value] of Object.entries(await redis.hGetAll(state))) {
    if (value.startsWith('in-flight|')) await redis.hSet(state, field, value.replace(/\d+/, '0'));
    if (field.startsWith('guess:')) await redis.hSet(state, field, '0');
  }
  await redis.del(...(await redis.keys('einmal:idem:*')));
}
