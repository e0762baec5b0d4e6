import { beforeAll, expect, test } from 'vitest';
import type { Holder, How } from '../../support/factor-login.js';
import type { Stage } from './stage.js';

interface Made {
  id: string;
  backupCodes: string[];
}

/** What a person keeps for the day without a phone: made for whoever shows a factor, and each good once. */
export function backupCodes(stage: Stage): void {
  const PATH = '/v1/factors/backup-codes';
  /** Of scope `verify` alone, as a login flow has it. */
  let key: string;
  beforeAll(async () => {
    key = await stage.calls.verifyKey();
  });
  const renew = (subject: string, how: How = {}) => stage.calls.postAs(key, PATH, { subject }, how);
  const made = async (subject: string, how: How = {}) => {
    const { status, body } = await renew(subject, how);
    expect(status).toBe(201);
    return body as unknown as Made;
  };
  const proof = async (holder: Holder, stepsLater = 0) =>
    (await holder.checkAlone(holder.code(stepsLater), {}, { purpose: 'change-factors' })).body.token;
  const login = async (holder: Holder, code = '') =>
    holder.check(await holder.start({ channels: ['backup-code'] }), code, {}, { channel: 'backup-code' });
  const USED = { status: 422, body: { code: 'wrong-code', reason: 'already-used' } };

  test('R72 ten are shown once, each lets its owner in once, and the first of others ends them', async () => {
    const holder = await stage.calls.holder();
    const approvalToken = await proof(holder);
    const { id, backupCodes: codes, ...factor } = await made(holder.subject, { approvalToken });
    expect(factor).toMatchObject({ subject: holder.subject, channel: 'backup-code', status: 'active', codesLeft: 10 });
    expect(codes).toHaveLength(10);
    expect(await login(holder, codes[0])).toMatchObject({ status: 200, body: { channel: 'backup-code' } });
    expect(await login(holder, codes[0])).toMatchObject(USED);
    expect(await login(holder, codes[1]?.toLowerCase().replaceAll('-', ''))).toMatchObject({ status: 200 });
    expect(await stage.calls.get(`/v1/factors/${id}`)).toMatchObject({
      codesLeft: 8,
      lastUsedAt: expect.any(String) as string,
    });
    expect(await stage.calls.get(`/v1/factors/${id}`)).not.toHaveProperty('backupCodes');

    const others = await made(holder.subject, { approvalToken: await proof(holder, 1) });
    expect(others).toMatchObject({ id, codesLeft: 10 });
    expect(await login(holder, codes[2])).toMatchObject({ status: 422, body: { code: 'wrong-code' } });
    expect(await login(holder, others.backupCodes[0])).toMatchObject({ status: 200 });
  });

  test('R73 whoever has a factor shows it, with a token that is good for this once', async () => {
    const holder = await stage.calls.holder();
    const refused = { status: 403, body: { code: 'factor-proof-needed' } };
    expect(await renew(holder.subject)).toMatchObject(refused);
    const login = (await holder.checkAlone(holder.code())).body.token;
    expect(await renew(holder.subject, { approvalToken: login })).toMatchObject({
      ...{ status: 422, body: { code: 'token-mismatch' } },
    });
    const somebodyElse = await stage.calls.holder();
    const theirs = { approvalToken: await proof(somebodyElse) };
    expect(await renew(holder.subject, theirs)).toMatchObject({ status: 422, body: { code: 'token-mismatch' } });

    const shown = { approvalToken: await proof(holder, 1), idempotencyKey: 'renewal' };
    const first = await made(holder.subject, shown);
    // The answer was lost: what is shown now is what counts.
    const second = await made(holder.subject, shown);
    expect(second.backupCodes).not.toEqual(first.backupCodes);
    expect(await renew(holder.subject, { approvalToken: shown.approvalToken })).toMatchObject({
      ...{ status: 410, body: { code: 'token-used' } },
    });
  });

  test('R73 whoever has none needs nothing, and has one from then on', async () => {
    const subject = `user-${String(Math.random())}`;
    const answer = await stage.calls.send(key, PATH, { subject });
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([201, 'no-store']);
    expect(await renew(subject)).toMatchObject({ status: 403 });
    // Somebody of the same name in another application is another person.
    const theirs = await stage.calls.postAs(await stage.calls.stranger(), PATH, { subject });
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(answer.json<Made>().id);
  });
}
