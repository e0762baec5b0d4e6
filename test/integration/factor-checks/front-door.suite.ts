import { expect, test } from 'vitest';
import { Holder } from '../../support/factor-login.js';
import type { Stage } from './stage.js';

/** One way to an approval, whether the code was sent or comes from an authenticator: answers, records and token are the same. */
export function frontDoor(stage: Stage): void {
  test('R66 a code of an authenticator approves a verification, with a token that says so', async () => {
    const holder = await stage.calls.holder();
    const id = await holder.start({ purpose: 'login' });
    const approval = await holder.check(id, holder.code(), {}, { purpose: 'login' });
    expect(approval).toMatchObject({ status: 200, body: { id, status: 'approved', channel: 'totp' } });

    const context = { subject: holder.subject, purpose: 'login' };
    const consumed = await stage.calls.post('/v1/tokens/consume', { token: approval.body.token, ...context });
    expect(consumed).toMatchObject({ status: 200, body: { ...context, amr: ['otp', 'totp'], channel: 'totp' } });

    const history = await stage.calls.get(`/v1/verifications/${id}`);
    expect(history).toMatchObject({ status: 'approved', approvedChannel: 'totp', factorId: holder.factorId });
    expect(history['timeline']).toMatchObject([
      { event: 'started' },
      { event: 'approved', detail: 'with a code of an authenticator' },
    ]);
    expect(await stage.calls.eventsOf(id)).toEqual([
      ['verification.started', null],
      ['verification.approved', 'totp'],
    ]);
  });

  test('R66 R25 a code is good for one verification; for the next it was used before, also when that is asked again', async () => {
    const holder = await stage.calls.holder();
    const [first, second] = [await holder.start(), await holder.start()];
    const code = holder.code();
    const approval = await holder.check(first, code, { idempotencyKey: 'first' });
    expect(approval.status).toBe(200);
    expect((await holder.check(first, code, { idempotencyKey: 'first' })).body).toEqual(approval.body);
    expect((await holder.check(first, code)).body).toMatchObject({ code: 'already-approved' });

    const used = { status: 422, body: { code: 'wrong-code', reason: 'already-used', attemptsLeft: 4 } };
    for (let n = 0; n < 2; n += 1)
      expect(await holder.check(second, code, { idempotencyKey: 'second' })).toMatchObject(used);
    const other = { code: holder.code(1), how: { idempotencyKey: 'second' } };
    expect((await holder.check(second, other.code, other.how)).body).toMatchObject({ code: 'idempotency-mismatch' });
    expect((await holder.check(second, holder.code(1))).status).toBe(200);
  });

  test('R25 the same digits as a code that was sent are another guess', async () => {
    const holder = await stage.calls.holder();
    const id = await holder.start({ to: { phone: stage.calls.phone() } });
    const code = holder.code();
    const key = { idempotencyKey: 'one' };
    expect((await holder.check(id, code, key)).status).toBe(200);
    expect((await holder.check(id, code, key, { channel: 'sms' })).body).toMatchObject({
      code: 'idempotency-mismatch',
    });
  });

  test('a code of an authenticator may be typed in the groups that apps show', async () => {
    const grouped = (code: string, by: string) => `${code.slice(0, 3)}${by}${code.slice(3)}`;
    const holder = await Holder.enrolling(stage.calls.post);
    expect((await holder.activate(grouped(holder.code(), ' '))).status).toBe(200);
    const [id, code, how] = [await holder.start(), holder.code(1), { idempotencyKey: 'grouped' }];
    const approval = await holder.check(id, grouped(code, ' '), how);
    expect(approval).toMatchObject({ status: 200, body: { channel: 'totp' } });
    expect((await holder.check(id, code, how)).body).toEqual(approval.body);
    const other = await stage.calls.holder();
    expect((await other.checkAlone(grouped(other.code(), '-'))).status).toBe(200);
  });

  test('I5 R21 all states lost: factors are checked as before, and a code that was sent is told as lost, not as wrong', async () => {
    const holder = await stage.calls.holder();
    const phone = stage.calls.phone();
    const id = await holder.start({ to: { phone } });
    const sent = await stage.calls.codeFor(phone);
    stage.calls.loseStates();
    const wrong = { status: 422, body: { code: 'wrong-code', attemptsLeft: 4 } };
    expect(await holder.check(id, holder.wrongCode())).toMatchObject(wrong);
    const lost = { status: 410, body: { code: 'expired', reason: 'state-lost' } };
    for (const channel of ['sms', undefined]) expect(await holder.check(id, sent, {}, { channel })).toMatchObject(lost);
    expect(await stage.calls.get(`/v1/verifications/${id}`)).toMatchObject({ status: 'pending', attemptsLeft: 4 });
    expect((await holder.check(id, holder.code())).status).toBe(200);
  });

  test('R21 R70 an authenticator whose row was damaged keeps nobody from the other one', async () => {
    const damaged = await stage.calls.holder();
    const other = await stage.calls.holder(damaged.subject);
    await stage.calls.query(`UPDATE factors SET secret = overlay(secret placing 'AAAA' from 40) WHERE id = $1`, [
      damaged.factorId,
    ]);
    const id = await damaged.start();
    expect((await damaged.check(id, damaged.code())).body).toMatchObject({ code: 'wrong-code', attemptsLeft: 4 });
    expect((await damaged.checkAlone(damaged.code())).status).toBe(500);
    expect((await damaged.check(id, other.code())).status).toBe(200);
  });

  test('a code that the verification does not take is refused, and nothing is spent', async () => {
    const holder = await stage.calls.holder();
    const alone = await holder.start();
    for (const channel of ['backup-code', 'sms', undefined]) {
      const code = channel === 'backup-code' ? 'ABCD-EFGH-JKLMN' : '123456';
      expect(await holder.check(alone, code, {}, { channel })).toMatchObject({
        status: 422,
        body: { code: 'no-channel' },
      });
    }
    expect(await stage.calls.get(`/v1/verifications/${alone}`)).toMatchObject({ status: 'pending', attemptsLeft: 5 });

    const sent = await holder.start({ to: { phone: stage.calls.phone() }, channels: ['sms'] });
    expect((await holder.check(sent, holder.code())).body).toMatchObject({ code: 'no-channel' });
    expect(await stage.calls.get(`/v1/verifications/${sent}`)).toMatchObject({ status: 'pending', attemptsLeft: 5 });
  });

  test('R23 another person’s authenticator, or a check that names another person, is like an unknown verification', async () => {
    const [ada, eve] = [await stage.calls.holder(), await stage.calls.holder()];
    const id = await ada.start();
    expect(await eve.check(id, eve.code())).toMatchObject({ status: 404 });
    expect(await ada.check(id, eve.code())).toMatchObject({
      status: 422,
      body: { code: 'wrong-code', attemptsLeft: 3 },
    });
    expect((await ada.check(id, ada.code())).status).toBe(200);
    expect((await eve.check(await eve.start(), eve.code())).status).toBe(200);
  });

  test.each([
    ['totp', '12345', 'must be 6 to 8 digits'],
    ['totp', '123456789', 'must be 6 to 8 digits'],
    ['totp', '12 345', 'must be 6 to 8 digits'],
    ['totp', '123\n456', 'must be 6 to 8 digits'],
    ['totp', `123${' '.repeat(40)}456`, 'must be at most 40 characters'],
    ['totp', '١٢٣٤٥٦', 'must be 6 to 8 digits'],
    ['backup-code', 'ABCD-EFGH-JKL1N', 'must be 13 letters and digits from 2 to 7'],
    ['backup-code', 'ABCD-EFGH-JKLM', 'must be 13 letters and digits from 2 to 7'],
    ['sms', 'ABCD-EFGH-JKLMN', 'must be 6 to 10 digits'],
    [undefined, 'abcd efgh jklmn', 'is a backup code: send "channel": "backup-code"'],
    ['fax', '123456', expect.any(String)],
  ])('R55 what can be no code of %s is refused as it is: %s', async (channel, code, message) => {
    const { status, body } = await stage.calls.post(`/v1/verifications/ver_${'A'.repeat(22)}/checks`, {
      code,
      channel,
    });
    const path = channel === 'fax' ? 'channel' : 'code';
    expect({ status, ...body }).toMatchObject({ status: 400, errors: [{ path, message: message as string }] });
  });
}
