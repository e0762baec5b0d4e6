import { describe, expect, test } from 'vitest';
import type { Stage } from './stage.js';
import { startsOn } from './starts.js';

/** One front door: a login that begins for somebody who may have an authenticator, backup codes, a phone, or all of them. */
export function starts(stage: Stage): void {
  const { begin, resend, giveBackupCodes } = startsOn(stage);

  describe('a login of somebody with an authenticator', () => {
    test('needs no address: nothing is sent, and the answer says what to ask for', async () => {
      const holder = await stage.calls.holder();
      const { status, body } = await begin({ subject: holder.subject });
      const factor = { id: holder.factorId, channel: 'totp', label: null, codesLeft: null, lockedUntil: null };
      expect({ status, body }).toMatchObject({
        status: 202,
        body: { status: 'pending', channels: ['totp'], deliveries: [], attemptsLeft: 5, factors: [factor] },
      });
      expect(Date.parse(body.resendAt ?? '')).toBeLessThanOrEqual(Date.now() + 1_000);
      expect((await holder.check(body.id ?? '', holder.code())).status).toBe(200);
    });

    test('may be for a user record that has no address: an empty "to" is none', async () => {
      const holder = await stage.calls.holder();
      expect(await begin({ to: {}, subject: holder.subject })).toMatchObject({
        status: 202,
        body: { channels: ['totp'] },
      });
      const message =
        'must be like { "phone": "+4915112345678" }; absent or empty only where there is a subject that has a factor';
      expect(await begin({ to: {} })).toMatchObject({ status: 400, body: { errors: [{ path: 'to', message }] } });
    });

    test('sends what the plan says, and takes the code of the authenticator as well', async () => {
      const holder = await stage.calls.holder();
      await giveBackupCodes(holder, 10);
      const { body } = await begin({ to: { phone: stage.calls.phone() }, subject: holder.subject });
      expect(body).toMatchObject({
        channels: ['sms', 'voice', 'totp', 'backup-code'],
        deliveries: [{ channel: 'sms', status: 'queued' }],
        factors: [{ channel: 'totp' }, { channel: 'backup-code', codesLeft: 10 }],
      });
      expect((await holder.check(body.id ?? '', holder.code())).status).toBe(200);
    });

    test('takes only what the start names', async () => {
      const holder = await stage.calls.holder();
      const { body } = await begin({ to: { phone: stage.calls.phone() }, subject: holder.subject, channels: ['sms'] });
      expect(body.channels).toEqual(['sms']);
      expect((await holder.check(body.id ?? '', holder.code())).body).toMatchObject({
        ...{ code: 'no-channel', reason: 'other-channel' },
        endUser: { title: 'Please use another way' },
      });
    });

    test('begins as often as it must: what is not sent takes no limit of sends', async () => {
      const holder = await stage.calls.holder();
      const to = { phone: stage.calls.phone() };
      for (let n = 0; n < 8; n += 1)
        expect((await begin({ to, subject: holder.subject, channels: ['totp', 'sms'] })).status).toBe(202);
      const { body } = await begin({ to, subject: holder.subject, channels: ['totp', 'sms'] });
      expect((await resend(body.id)).status).toBe(202);
    });
  });

  describe('instead of a code of the authenticator', () => {
    test('a message may be asked for at once, over the first channel that carries one', async () => {
      const holder = await stage.calls.holder();
      const to = { phone: stage.calls.phone(), email: `${holder.subject}@example.org` };
      const { body } = await begin({ to, subject: holder.subject, channels: ['totp', 'email', 'sms'] });
      expect(body.deliveries).toEqual([]);
      expect(await resend(body.id)).toMatchObject({ status: 202, body: { deliveries: [{ channel: 'email' }] } });
      expect((await resend(body.id)).body).toMatchObject({ code: 'cooldown', retryAfterSeconds: 30 });
      expect((await resend(body.id, { channel: 'voice' })).body).toMatchObject({
        code: 'no-channel',
        detail: 'voice is not one of email, sms.',
      });
    });

    test('none can be asked for where the login has no address', async () => {
      const holder = await stage.calls.holder();
      expect((await resend(await holder.start())).body).toMatchObject({
        code: 'no-channel',
        detail: 'No message is sent for it: its codes come from totp.',
      });
    });

    test('R35 a message that fails is followed by no factor', async () => {
      const holder = await stage.calls.holder();
      const to = { phone: stage.calls.phone('00009') };
      const { body } = await begin({ to, subject: holder.subject, channels: ['totp', 'sms'] });
      await resend(body.id);
      const timeline = async () => (await stage.calls.get(`/v1/verifications/${body.id ?? ''}`))['timeline'];
      await expect
        .poll(timeline)
        .toContainEqual(
          expect.objectContaining({ event: 'failed', detail: expect.stringContaining('no other channel') as string }),
        );
    });
  });

  test('R29 a retried start is answered the same, also when a message was asked for meanwhile', async () => {
    const holder = await stage.calls.holder();
    const wanted = { to: { phone: stage.calls.phone() }, subject: holder.subject, channels: ['totp', 'sms'] };
    const first = await begin(wanted, 'login');
    await resend(first.body.id);
    const again = await begin(wanted, 'login');
    expect(again.status).toBe(202);
    expect({ ...again.body, resendAt: first.body.resendAt }).toEqual(first.body);
  });

  test('R29 a retried start is answered the same when the factor that it was for is gone', async () => {
    const holder = await stage.calls.holder();
    const first = await begin({ subject: holder.subject }, 'gone');
    await stage.calls.query('DELETE FROM factors WHERE id = $1', [holder.factorId]);
    expect(await begin({ subject: holder.subject }, 'gone')).toEqual({
      status: 202,
      body: { ...first.body, factors: [] },
    });
    expect((await begin({ subject: holder.subject, purpose: 'other' }, 'gone')).body.code).toBe('idempotency-mismatch');
    expect((await begin({ subject: holder.subject })).body.code).toBe('no-channel');
  });

  test('R69 a factor that is locked says until when', async () => {
    const holder = await stage.calls.holder();
    const id = await holder.start();
    for (let n = 0; n < 5; n += 1) await holder.check(id, holder.wrongCode(n));
    const { body } = await begin({ to: { phone: stage.calls.phone() }, subject: holder.subject });
    const [factor] = (body as { factors?: { lockedUntil: string }[] }).factors ?? [];
    const minutes = (Date.parse(factor?.lockedUntil ?? '') - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThanOrEqual(15.1);
  });
}
