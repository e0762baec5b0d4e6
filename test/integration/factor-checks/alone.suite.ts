import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { Holder, type Post } from '../../support/factor-login.js';
import type { Stage } from './stage.js';

/** A code of one factor in one call: a verification of its own, begun only where a guess would be compared. */
export function alone(stage: Stage): void {
  test('a code of one factor is approved as a verification is, with its token', async () => {
    const holder = await stage.calls.holder();
    const { status, body } = await holder.checkAlone(holder.code(), {}, { purpose: 'change-factors' });
    expect({ status, ...body }).toMatchObject({ status: 'approved', channel: 'totp' });
    const wanted = { subject: holder.subject, purpose: 'change-factors' };
    const consumed = await stage.calls.post('/v1/tokens/consume', { token: body.token, ...wanted });
    expect(consumed).toMatchObject({ status: 200, body: { verificationId: body.id, amr: ['otp', 'totp'] } });
    expect(await stage.calls.get(`/v1/verifications/${body.id ?? ''}`)).toMatchObject({
      ...{
        status: 'approved',
        channels: ['totp'],
        deliveries: [],
        factorId: holder.factorId,
        purpose: 'change-factors',
      },
    });
  });

  test('only that factor is asked, though the subject has another', async () => {
    const holder = await stage.calls.holder();
    const other = await stage.calls.holder(holder.subject);
    expect(await holder.checkAlone(other.code())).toMatchObject({ status: 422, body: { code: 'wrong-code' } });
    expect(await other.checkAlone(other.code())).toMatchObject({ status: 200 });
    expect(await holder.checkAlone(holder.code())).toMatchObject({ status: 200 });
  });

  test('a wrong code ends its verification, and is told like any other', async () => {
    const holder = await stage.calls.holder();
    const key = { idempotencyKey: 'wrong' };
    const wrong = { status: 422, body: { code: 'wrong-code', attemptsLeft: 0 } };
    const guess = holder.wrongCode();
    for (let n = 0; n < 2; n += 1) expect(await holder.checkAlone(guess, key)).toMatchObject(wrong);
    expect(await stage.calls.statusesOf(holder.subject)).toHaveLength(1);
    expect((await holder.checkAlone(holder.code(), key)).body).toMatchObject({ code: 'idempotency-mismatch' });
    expect((await holder.checkAlone(guess, key, { purpose: 'other' })).body).toMatchObject({
      code: 'idempotency-mismatch',
    });
  });

  test('R25 an approval asked for again is the same, and a used code is told as used', async () => {
    const holder = await stage.calls.holder();
    const code = holder.code();
    const approval = await holder.checkAlone(code, { idempotencyKey: 'right' });
    expect(approval.status).toBe(200);
    const again = { idempotencyKey: 'right' };
    expect((await holder.checkAlone(code, again)).body).toEqual(approval.body);
    const used = { status: 422, body: { code: 'wrong-code', reason: 'already-used', attemptsLeft: 0 } };
    expect(await holder.checkAlone(code)).toMatchObject(used);
    expect(await stage.calls.statusesOf(holder.subject)).toHaveLength(2);

    await stage.calls.query('DELETE FROM factors WHERE id = $1', [holder.factorId]);
    expect((await holder.checkAlone(code, again)).body).toEqual(approval.body);
    expect((await holder.checkAlone(holder.wrongCode(), again)).body.code).toBe('idempotency-mismatch');
    expect((await holder.checkAlone(code, { idempotencyKey: 'another' })).status).toBe(404);
  });

  test('R25 R90 an approval is not signed again once its subject was erased: a token says whose it is', async () => {
    // Where somebody was erased, who is imported next waits for a code.
    const administrator = await stage.calls.stranger();
    const post: Post = (path, body, how) => stage.calls.postAs(administrator, path, body, how);
    const holder = await Holder.of(post);
    const [login, code, key] = [await holder.start(), holder.code(), { idempotencyKey: 'erased' }];
    expect(await holder.check(login, code, key)).toMatchObject({ status: 200 });
    expect((await post('/v1/factors/erase', { subject: holder.subject })).status).toBe(200);
    expect(await holder.check(login, code, key)).toMatchObject({ status: 410, body: { code: 'already-approved' } });
  });

  test('where nothing more can be hashed, nothing is written', async () => {
    const holder = await stage.calls.holder();
    const code = holder.code();
    for (const key of [{}, { idempotencyKey: 'overloaded' }]) {
      stage.calls.overload();
      expect(await holder.checkAlone(code, key)).toMatchObject({ status: 503, body: { code: 'overloaded' } });
    }
    expect(await stage.calls.statusesOf(holder.subject)).toEqual([]);
    expect(await holder.checkAlone(code, { idempotencyKey: 'overloaded' })).toMatchObject({ status: 200 });
  });

  test('where the end user may not guess at all, nothing is written', async () => {
    const holder = await stage.calls.holder();
    const from = (ip: string) => holder.checkAlone(holder.code(), {}, { endUser: { ip } });
    const blocked = { kind: 'ip', values: ['198.51.100.7'] };
    expect((await stage.calls.post('/v1/admin/lists/block', blocked)).status).toBe(201);
    expect(await from('198.51.100.7')).toMatchObject({ status: 422, body: { code: 'blocked-address' } });
    expect(await stage.calls.statusesOf(holder.subject)).toEqual([]);
    expect(await from('198.51.100.8')).toMatchObject({ status: 200 });
  });

  test('what was not compared leaves nothing open, but for who can ask again', async () => {
    const holder = await stage.calls.holder();
    const unavailable = { status: 503, body: { code: 'unavailable' } };
    stage.calls.failToHash();
    expect(await holder.checkAlone(holder.code())).toMatchObject(unavailable);
    await eventually(async () => {
      expect(await stage.calls.statusesOf(holder.subject)).toEqual(['canceled']);
    });

    stage.calls.failToHash();
    const key = { idempotencyKey: 'not-hashed' };
    const code = holder.code();
    expect(await holder.checkAlone(code, key)).toMatchObject(unavailable);
    expect(await holder.checkAlone(code, key)).toMatchObject({ status: 200 });
    expect(await stage.calls.statusesOf(holder.subject)).toEqual(['canceled', 'approved']);
  });

  test('what can be no code of the factor is refused before anything is written', async () => {
    const holder = await stage.calls.holder();
    for (const code of ['12345', '1234567', '123 4567', 'ABCD-EFGH-JKLMN']) {
      const { status, body } = await holder.checkAlone(code);
      expect({ code, status, ...body }).toMatchObject({
        status: 400,
        code: 'invalid-request',
        errors: [{ path: 'code' }],
      });
    }
    expect(await stage.calls.statusesOf(holder.subject)).toHaveLength(0);
  });

  test('R78 a factor of another application, one that is pending, and none at all are 404', async () => {
    const holder = await stage.calls.holder();
    const path = `/v1/factors/${holder.factorId}/checks`;
    const unknown = await stage.calls.post(`/v1/factors/fac_${'A'.repeat(22)}/checks`, { code: '123456' });
    expect(unknown.status).toBe(404);
    const theirs = await stage.calls.postAs(await stage.calls.stranger(), path, { code: holder.code() });
    expect(theirs).toEqual(unknown);
    await stage.calls.query(`UPDATE factors SET status = 'pending', activated_at = NULL WHERE id = $1`, [
      holder.factorId,
    ]);
    expect(await holder.checkAlone(holder.code())).toEqual(unknown);
    expect(await stage.calls.statusesOf(holder.subject)).toHaveLength(0);
  });

  test.each(['login', 'factor'])(
    'R12 R25 at a check of a %s: whoever asks again while the first request is under way takes no place from anybody',
    async (door) => {
      const { calls } = stage;
      const [holder, other] = [await calls.holder(), await calls.holder()];
      const [id, code, key] = [await holder.start(), holder.code(), { idempotencyKey: `under-way-${door}` }];
      const check = () => (door === 'login' ? holder.check(id, code, key) : holder.checkAlone(code, key));
      const goOn = await calls.underWay(check);
      calls.overload();
      expect(await check()).toMatchObject({ status: 409, body: { code: 'idempotency-in-flight' } });
      expect((await other.checkAlone(other.code())).body.code).toBe('overloaded');
      const approval = await goOn();
      expect(approval.status).toBe(200);
      expect((await check()).body).toEqual(approval.body);
    },
  );
}
