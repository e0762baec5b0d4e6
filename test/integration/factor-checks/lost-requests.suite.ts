import { afterEach, expect, test } from 'vitest';
import type { Stage } from './stage.js';

const STEPS = ['check:reserved', 'check:code-taken', 'check:approved'] as const;

/**
 * A check of one factor whose process dies, or whose answer is lost: asked again with its key it goes on where it stopped, since a
 * backup code must not be gone with nobody let in. It has one attempt all the same, so that another code is not compared.
 */
export function lostRequests(stage: Stage): void {
  afterEach(() => {
    stage.calls.resetClock();
  });
  const wrong = { status: 422, body: { code: 'wrong-code', attemptsLeft: 0 } };
  const mismatch = { status: 422, body: { code: 'idempotency-mismatch' } };

  test.each(STEPS)(
    'I5 R25 R72 lost at %s: the same key and code are approved, another code is not compared',
    async (step) => {
      const { calls } = stage;
      const subject = `user-${step}`;
      const [code = '', other = ''] = await calls.backupCodes(subject);
      const [list] = await calls.query(`SELECT id, codes_left AS left FROM factors WHERE subject = $1`, [subject]);
      const path = `/v1/factors/${String(list?.['id'])}/checks`;
      const how = { idempotencyKey: step };
      const check = (typed: string) => calls.post(path, { code: typed }, how);

      await calls.lostAt(step, () => check(code));
      expect(await check(other)).toMatchObject(mismatch);
      const approval = await check(code.toLowerCase());
      expect(approval).toMatchObject({
        status: 200,
        body: { channel: 'backup-code', token: expect.any(String) as string },
      });
      expect((await check(code)).body).toEqual(approval.body);
      expect(await check(other)).toMatchObject(mismatch);

      expect(await calls.statusesOf(subject)).toEqual(['approved']);
      expect(await calls.post(path, { code })).toMatchObject({ status: 422, body: { reason: 'already-used' } });
      expect(await calls.post(path, { code: other })).toMatchObject({ status: 200 });
    },
  );

  test('R69 a wrong code that was lost is wrong when it is asked again, and counts once', async () => {
    const holder = await stage.calls.holder();
    for (let n = 0; n < 3; n += 1) await holder.checkAlone(holder.wrongCode(n));
    const [guess, key] = [holder.wrongCode(3), { idempotencyKey: 'lost-wrong' }];
    await stage.calls.lostAt('check:reserved', () => holder.checkAlone(guess, key));
    for (let n = 0; n < 2; n += 1) expect(await holder.checkAlone(guess, key)).toMatchObject(wrong);
    expect(await holder.checkAlone(holder.wrongCode(4))).toMatchObject(wrong);
    expect(await holder.checkAlone(holder.code())).toMatchObject({ status: 429 });
  });

  test.each(['its retry', 'the slow one'])(
    'R69 a wrong code whose check was only slow, and taken over by its retry, counts though %s compared nothing',
    async (failing) => {
      const holder = await stage.calls.holder();
      const [guess, key] = [holder.wrongCode(4), { idempotencyKey: `slow-${holder.subject}` }];
      const goOn = await stage.calls.slow(() => holder.checkAlone(guess, key));
      const checks = [() => holder.checkAlone(guess, key), goOn];
      for (const [n, check] of checks.entries()) {
        const fails = (n === 0) === (failing === 'its retry');
        if (fails) stage.calls.failToHash();
        expect((await check()).body.code).toBe(fails ? 'unavailable' : 'wrong-code');
      }
      for (let n = 0; n < 4; n += 1) expect(await holder.checkAlone(holder.wrongCode(n))).toMatchObject(wrong);
      expect(await holder.checkAlone(holder.code())).toMatchObject({ status: 429 });
    },
  );

  test('R69 whoever looks for the code of a lost check by its key is counted, and locks the factor', async () => {
    const holder = await stage.calls.holder();
    const key = { idempotencyKey: 'lost-right' };
    await stage.calls.lostAt('check:approved', () => holder.checkAlone(holder.code(), key));
    for (let n = 0; n < 4; n += 1) expect(await holder.checkAlone(holder.wrongCode(n), key)).toMatchObject(mismatch);
    const locked = { status: 429, body: { code: 'rate-limited', violatedPolicies: ['factor-failures-15-minutes'] } };
    expect(await holder.checkAlone(holder.wrongCode(4), key)).toMatchObject(locked);
  });
}
