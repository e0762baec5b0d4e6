import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Stage } from './stage.js';
import { startsOn } from './starts.js';

const binding = { amount: '12.50 EUR', payee: 'Bakery' };

/** Logins for which nobody has a factor, or none that is good for them. */
export function startsWithout(stage: Stage): void {
  const { begin, giveBackupCodes } = startsOn(stage);

  describe('no factor stands in the plan', () => {
    test('of somebody who has none', async () => {
      const stranger = { subject: `user-${randomBytes(6).toString('hex')}` };
      const detail = expect.stringMatching(
        /^The subject has no factor .* Give "to", enrol a factor, or name/,
      ) as string;
      const endUser = { title: 'Please use another way' };
      expect(await begin(stranger)).toMatchObject({ status: 422, body: { code: 'no-channel', detail, endUser } });
      expect((await begin({ ...stranger, to: {} })).body).toMatchObject({ code: 'no-channel', detail });
      expect((await begin({ ...stranger, channels: ['totp'] })).body.code).toBe('no-channel');
      const { body } = await begin({ ...stranger, to: { phone: stage.calls.phone() }, channels: ['totp', 'sms'] });
      expect(body).toMatchObject({ channels: ['sms'], deliveries: [{ channel: 'sms' }], factors: [] });
    });

    test('R78 of the same name at another application', async () => {
      const holder = await stage.calls.holder();
      const answer = await stage.calls.postAs(await stage.calls.stranger(), '/v1/verifications', {
        subject: holder.subject,
      });
      expect(answer).toMatchObject({ status: 422, body: { code: 'no-channel' } });
    });

    test('whose codes are used up, though it is shown', async () => {
      const holder = await stage.calls.holder();
      await giveBackupCodes(holder, 0);
      expect((await begin({ subject: holder.subject })).body).toMatchObject({
        channels: ['totp'],
        factors: [{ channel: 'totp' }, { channel: 'backup-code', codesLeft: 0 }],
      });
    });

    test('where a payment is confirmed: its code is not made for one', async () => {
      const holder = await stage.calls.holder();
      expect((await begin({ subject: holder.subject, binding })).body.code).toBe('no-channel');
      const to = { phone: stage.calls.phone() };
      const { body } = await begin({ to, subject: holder.subject, binding, channels: ['totp', 'sms'] });
      expect(body.channels).toEqual(['sms']);
    });

    test('without a subject, and then an address is needed', async () => {
      expect(await begin({ channels: ['totp'] })).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
      const { body } = await begin({ to: { phone: stage.calls.phone() } });
      expect(body).not.toHaveProperty('factors');
    });
  });
}
