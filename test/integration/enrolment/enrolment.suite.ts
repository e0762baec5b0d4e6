import { expect, it } from 'vitest';
import { FACTOR_DATA } from '../../../src/events/data/factor-data.js';
import { codeOf, newSubject, type EnrolmentDesk } from '../../support/enrolment-desk.js';

const BACKUP_CODE = /^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{5}$/;

export function enrolment(desk: () => EnrolmentDesk): void {
  it('R70 R71 a person gets an authenticator: a secret that is shown once, and then its first code', async () => {
    const subject = newSubject();
    const begun = await desk().begin(subject, {}, { label: 'Work phone', issuer: 'Shop' });
    expect(begun).toMatchObject({ status: 201, headers: { 'cache-control': 'no-store' } });
    const { id, secret, uri, qr, expiresAt, createdAt } = begun.body;
    const totp = { algorithm: 'SHA1', digits: 6, period: 30 };
    const pending = { id, subject, channel: 'totp', status: 'pending', label: 'Work phone', totp, codesLeft: null };
    expect(begun.body).toMatchObject({ ...pending, activatedAt: null, lastUsedAt: null });
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri).toBe(`otpauth://totp/Shop:Work%20phone?secret=${secret}&issuer=Shop&algorithm=SHA1&digits=6&period=30`);
    expect(qr).toMatch(/^<svg .*<\/svg>$/);
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(15 * 60_000);
    expect(await desk().factorsOf(subject)).toEqual([]);

    const activated = await desk().activate(id, codeOf(begun.body));
    expect(activated).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(activated.body).toMatchObject({ ...pending, status: 'active' });
    const { backupCodes } = activated.body;
    expect(backupCodes).toHaveLength(10);
    expect(backupCodes?.filter((code) => BACKUP_CODE.test(code))).toHaveLength(10);
    const list = { channel: 'backup-code', status: 'active', totp: null, codesLeft: 10 };
    expect(await desk().factorsOf(subject)).toMatchObject([{ ...pending, status: 'active' }, list]);
    const { status, body } = await desk().call('GET', `factors/${id}`, undefined, { key: desk().keys.read });
    expect([status, Object.keys(body)]).toEqual([200, Object.keys((await desk().factorsOf(subject))[0] ?? {})]);
  });

  it('R73 every step of it is told, in order, and never with a secret', async () => {
    const subject = newSubject();
    const begun = await desk().begin(subject);
    const { body } = await desk().activate(begun.body.id, codeOf(begun.body));
    const events = await desk().eventsOf(subject);
    expect(events.map(({ type, payload: { sequence, by } }) => [type, sequence, by])).toEqual([
      ['factor.created', 1, 'subject'],
      ['factor.activated', 2, 'subject'],
      ['factor.codes-created', 1, 'subject'],
    ]);
    for (const { type, payload } of events) {
      const named = { ...payload, applicationId: desk().applicationId };
      expect(FACTOR_DATA[type as keyof typeof FACTOR_DATA].parse(named)).toEqual(named);
      expect(JSON.stringify(payload)).not.toContain(begun.body.secret);
    }
    expect(JSON.stringify(events)).not.toContain(body.backupCodes?.[0]);
  });

  it('the app shows the account that was named, or else the label, or else the subject', async () => {
    const subject = newSubject();
    const pathOf = async (more: object) => new URL((await desk().begin(subject, {}, more)).body.uri).pathname;
    expect(await pathOf({ label: 'Phone', account: 'anna@example.org' })).toBe('/shop:anna%40example.org');
    expect(await pathOf({ label: 'Phone' })).toBe('/shop:Phone');
    expect(await pathOf({})).toBe(`/shop:${subject}`);
  });

  it('R70 a secret is as long as its hash, and is new every time', async () => {
    const lengths = { SHA1: 32, SHA256: 52, SHA512: 103 };
    const secrets = [];
    for (const [algorithm, length] of Object.entries(lengths)) {
      const { status, body } = await desk().begin(newSubject(), {}, { algorithm, digits: 8, period: 60 });
      expect([status, body.totp, body.secret.length]).toEqual([201, { algorithm, digits: 8, period: 60 }, length]);
      secrets.push(body.secret.slice(0, 32));
    }
    expect(new Set(secrets).size).toBe(3);
  });

  const SECONDS = 'period: must be a whole number of seconds from 15 to 60';
  it.each([
    [{ subject: '' }, 'subject: must not be empty'],
    [{ subject: 7 }, 'subject: must be a text'],
    [{ subject: 'a\u0000b' }, 'subject: must not hold control characters'],
    [{ digits: 9 }, 'digits: must be 6, 7 or 8'],
    [{ digits: '6' }, 'digits: must be 6, 7 or 8'],
    ...[14, 61, 30.5, '30'].map((period): [object, string] => [{ period }, SECONDS]),
    [{ algorithm: 'MD5' }, 'algorithm: must be one of SHA1, SHA256, SHA512'],
    [
      { issuer: 'Shop: Berlin' },
      'issuer: is 1 to 64 visible characters without a colon, and without spaces around them',
    ],
    [{ label: '' }, 'label: must not be empty'],
    [{ label: 'x'.repeat(65) }, 'label: must be at most 64 characters'],
    [{ secret: 'JBSWY3DPEHPK3PXP' }, 'secret: there is no such option'],
  ])('refuses %j, and says how it must be', async (wrong, detail) => {
    const refused = { status: 400, body: { code: 'invalid-request', detail } };
    expect(await desk().begin(newSubject(), {}, wrong)).toMatchObject(refused);
  });

  it('takes an algorithm in any case, as libraries write it', async () => {
    const { body } = await desk().begin(newSubject(), {}, { algorithm: 'sha256' });
    expect(body).toMatchObject({
      totp: { algorithm: 'SHA256' },
      uri: expect.stringContaining('algorithm=SHA256') as string,
    });
  });

  it('takes a key of scope verify to enrol, and one of verify or read to look', async () => {
    const subject = newSubject();
    const { id } = (await desk().begin(subject)).body;
    const { read, admin } = desk().keys;
    expect((await desk().begin(subject, { key: read })).status).toBe(403);
    for (const key of [read, admin])
      expect((await desk().call('GET', `factors/${id}`, undefined, { key })).status).toBe(200);
    const erase = (key: string) => desk().call('POST', 'factors/erase', { subject }, { key });
    expect((await erase(desk().keys.verify)).status).toBe(403);
  });
}
