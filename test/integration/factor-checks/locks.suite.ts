import { expect, test } from 'vitest';
import { Holder, type Post } from '../../support/factor-login.js';
import type { Stage } from './stage.js';

const BUDGET = 5;

/**
 * Wrong codes at an authenticator, over verification after verification: each has five attempts, so that a budget per login is
 * none (CVE-2024-32868, CVE-2025-64102). And a lock that spreads: who guesses at one factor must not lock the person out of the
 * others (R21).
 */
export function locks(stage: Stage): void {
  const violatedPolicies = ['factor-failures-15-minutes'];
  const endUser = { title: 'Please wait', detail: expect.stringContaining('use another way') as string };
  const locked = { status: 429, body: { code: 'rate-limited', reason: 'factor-locked', violatedPolicies, endUser } };
  const wrong = { status: 422, body: { code: 'wrong-code' } };

  /** Uses the budget up, each guess at a login of its own. */
  async function lock(holder: Holder): Promise<void> {
    for (let n = 0; n < BUDGET; n += 1) {
      const guess = holder.wrongCode(n);
      const answer = n % 2 === 0 ? holder.check(await holder.start(), guess) : holder.checkAlone(guess);
      expect(await answer).toMatchObject(wrong);
    }
  }

  test('R69 five wrong codes of a person’s authenticators lock them all, whatever the logins', async () => {
    const holder = await stage.calls.holder();
    await lock(holder);
    const id = await holder.start();
    const refused = await holder.check(id, holder.code());
    expect(refused).toMatchObject(locked);
    expect(refused.body.retryAfterSeconds).toBeGreaterThan(800);
    expect(await stage.calls.get(`/v1/verifications/${id}`)).toMatchObject({ status: 'pending', attemptsLeft: 5 });

    const begun = (await stage.calls.statusesOf(holder.subject)).length;
    const second = await stage.calls.holder(holder.subject);
    for (const factor of [holder, second]) expect(await factor.checkAlone(factor.code())).toMatchObject(locked);
    expect(await stage.calls.statusesOf(holder.subject)).toHaveLength(begun);
  });

  test('R25 whoever lost the answer to the guess that locked the factor is told it, and not of the lock', async () => {
    const holder = await stage.calls.holder();
    const guesses = Array.from({ length: BUDGET }, (_, n) => holder.wrongCode(n));
    for (const guess of guesses) await holder.checkAlone(guess, { idempotencyKey: `lost-${guess}-${holder.subject}` });
    const last = guesses.at(-1) ?? '';
    const again = await holder.checkAlone(last, { idempotencyKey: `lost-${last}-${holder.subject}` });
    expect(again).toMatchObject({ ...wrong, body: { attemptsLeft: 0 } });
    expect(await holder.checkAlone(last)).toMatchObject(locked);
  });

  test('R21 R69 a locked authenticator leaves the codes that are sent and the backup codes as they were, in the same login', async () => {
    const holder = await stage.calls.holder();
    const [code = ''] = await stage.calls.backupCodes(holder.subject);
    await lock(holder);
    const phone = stage.calls.phone();
    const [byBackup, bySms] = [await holder.start(), await holder.start({ to: { phone } })];
    expect(await holder.check(byBackup, holder.code())).toMatchObject(locked);
    expect((await holder.check(byBackup, code.toLowerCase(), {}, { channel: 'backup-code' })).body).toMatchObject({
      ...{ status: 'approved', channel: 'backup-code' },
    });
    expect(await holder.check(bySms, await stage.calls.codeFor(phone), {}, { channel: undefined })).toMatchObject({
      status: 200,
    });
  });

  test('R19 R69 wrong codes that were sent do not count for the authenticator, nor its for the backup codes', async () => {
    const holder = await stage.calls.holder();
    const phone = stage.calls.phone();
    for (let login = 0; login < 2; login += 1) {
      const id = await holder.start({ to: { phone: stage.calls.phone() }, channels: ['sms'] });
      for (let n = 0; n < BUDGET; n += 1) await holder.check(id, `00000${String(n)}`, {}, { channel: undefined });
    }
    expect(
      (await stage.calls.post('/v1/verifications', { to: { phone }, subject: holder.subject, channels: ['sms'] })).body,
    ).toMatchObject({ violatedPolicies: ['subject-failures-hour'] });
    expect((await holder.check(await holder.start(), holder.code())).status).toBe(200);
  });

  test('R69 a right code forgets none of the wrong ones', async () => {
    const holder = await stage.calls.holder();
    for (let n = 0; n < BUDGET - 1; n += 1) await holder.checkAlone(holder.wrongCode(n));
    expect((await holder.checkAlone(holder.code())).status).toBe(200);
    expect(await holder.checkAlone(holder.wrongCode())).toMatchObject(wrong);
    expect(await holder.checkAlone(holder.code(1))).toMatchObject(locked);
  });

  test('R21 R69 a rule of the operator’s own locks a factor as those that are there do, whatever its name', async () => {
    const key = await stage.calls.stranger();
    const post: Post = (path, body, how) => stage.calls.postAs(key, path, body, how);
    const [ours, beside] = ['guesses-of-app', 'factor-failures-of-network'];
    const rule = { on: 'failed-check', rate: '1/1h' };
    for (const own of [
      { ...rule, name: ours, by: ['factor'] },
      { ...rule, name: beside, by: ['ip'], rate: '2/1h' },
    ])
      expect((await post('/v1/admin/rules', own)).status).toBe(201);
    const [ada, bob, eve] = await Promise.all([Holder.of(post), Holder.of(post), Holder.of(post)]);
    const endUser = { ip: '192.0.2.1' };
    expect(await ada.checkAlone(ada.wrongCode(), {}, { endUser })).toMatchObject(wrong);
    expect(await ada.checkAlone(ada.code(), {}, { endUser })).toMatchObject({
      ...locked,
      body: { ...locked.body, violatedPolicies: [ours] },
    });
    const { body } = await post('/v1/verifications', { subject: ada.subject });
    expect(body).toMatchObject({ factors: [{ lockedUntil: expect.any(String) as string }] });

    expect(await bob.checkAlone(bob.wrongCode(), {}, { endUser })).toMatchObject(wrong);
    const { body: refused } = await eve.checkAlone(eve.code(), {}, { endUser });
    expect(refused).toMatchObject({ code: 'rate-limited', violatedPolicies: [beside] });
    expect(refused.reason).toBeUndefined();
  });
}
