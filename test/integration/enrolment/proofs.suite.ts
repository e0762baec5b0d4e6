import { expect, it } from 'vitest';
import { REMOVE } from '../../../src/factors/adapters/change-sql.js';
import { LOCK_SUBJECTS } from '../../../src/factors/adapters/subject-lock.js';
import type { Query } from '../../../src/platform/postgres/database.js';
import { codeOf, newSubject, type Call, type EnrolmentDesk } from '../../support/enrolment-desk.js';
import { whileUnderWay } from '../../support/while-under-way.js';

const needed = (status: number) => ({ status, body: { code: 'factor-proof-needed' } });

interface Owned {
  subject: string;
  other: string;
}

export function proofs(desk: () => EnrolmentDesk): void {
  it('R73 another authenticator takes a code of the one there is, once', async () => {
    const { subject } = await desk().enrolled();
    expect(await desk().begin(subject)).toMatchObject(needed(403));
    const token = await desk().tokenFor(subject);
    const second = await desk().begin(subject, { token });
    expect(second.status).toBe(201);
    expect((await desk().activate(second.body.id, codeOf(second.body))).status).toBe(200);
    expect(await desk().begin(subject, { token })).toMatchObject({ status: 410, body: { code: 'token-used' } });
    const spare = await desk().tokenFor(subject, { channel: 'backup-code' });
    expect((await desk().begin(subject, { token: spare })).status).toBe(201);
  });

  it('R73 R25 whoever lost the answer repeats the call with the same token and key', async () => {
    const { subject } = await desk().enrolled();
    const call = { token: await desk().tokenFor(subject), idempotencyKey: 'once-more' };
    const [first, again] = [await desk().begin(subject, call), await desk().begin(subject, call)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect((await desk().begin(subject, { ...call, idempotencyKey: 'another' })).status).toBe(410);
  });

  it('R73 with one key a token is good for the change it was consumed by, and for no other', async () => {
    const { subject } = await desk().enrolled();
    const spent = { token: await desk().tokenFor(subject), idempotencyKey: 'for-one-thing' };
    const second = await desk().enrolled(subject);
    const other = { token: await desk().tokenFor(subject), idempotencyKey: 'for-one-factor' };
    const third = await desk().enrolled(subject);
    const used = { status: 410, body: { code: 'token-used' } };
    const remove = (id: string, call: typeof spent) => desk().call('DELETE', `factors/${id}`, undefined, call);

    expect((await desk().begin(subject, spent)).status).toBe(201);
    expect(await desk().call('POST', 'factors/backup-codes', { subject }, spent)).toMatchObject(used);
    expect(await remove(third.id, spent)).toMatchObject(used);
    expect((await remove(third.id, other)).status).toBe(204);
    expect(await remove(second.id, other)).toMatchObject(used);
    expect(await desk().begin(subject, other)).toMatchObject(used);
    expect((await desk().factorsOf(subject)).map(({ channel }) => channel)).toEqual(['totp', 'backup-code', 'totp']);
  });

  it('R73 a code that was sent proves no factor, and its token stays good for what it is for', async () => {
    const { id, subject } = await desk().enrolled();
    for (const channel of ['sms', 'voice', 'email'] as const) {
      const token = await desk().tokenFor(subject, { channel });
      expect(await desk().begin(subject, { token })).toMatchObject(needed(422));
      expect(await desk().call('DELETE', `factors/${id}`, undefined, { token })).toMatchObject(needed(422));
      const consumed = await desk().call('POST', 'tokens/consume', { token, subject, purpose: 'change-factors' });
      expect(consumed.status).toBe(200);
    }
  });

  it('R73 R23 nor does a token for somebody else, for something else, or of somewhere else', async () => {
    const { id, subject } = await desk().enrolled();
    const wrong = [
      [await desk().tokenFor(newSubject()), 'token-mismatch'],
      [await desk().tokenFor(subject, { purpose: 'login' }), 'token-mismatch'],
      [await desk().tokenFor(subject, { applicationId: 'app_other' }), 'invalid-token'],
      ['', 'invalid-token'],
    ] as const;
    for (const [token, code] of wrong) {
      expect(await desk().begin(subject, { token })).toMatchObject({ status: 422, body: { code } });
      expect(await desk().call('DELETE', `factors/${id}`, undefined, { token })).toMatchObject({ body: { code } });
    }
    expect(await desk().factorsOf(subject)).toHaveLength(2);
  });

  it('R73 nor does the last token of a factor that was removed meanwhile, as one is that was stolen', async () => {
    const { id, subject } = await desk().enrolled();
    const [token, stolen] = [await desk().tokenFor(subject), await desk().tokenFor(subject)];
    const second = await desk().enrolled(subject);
    expect((await desk().call('DELETE', `factors/${id}`, undefined, { token })).status).toBe(204);
    const detail = expect.stringContaining('has no more') as string;
    const refused = { status: 422, body: { code: 'factor-proof-needed', detail } };
    expect(await desk().begin(subject, { token: stolen })).toMatchObject(refused);
    expect(await desk().call('POST', 'factors/backup-codes', { subject }, { token: stolen })).toMatchObject(refused);
    expect(await desk().call('DELETE', `factors/${second.id}`, undefined, { token: stolen })).toMatchObject(refused);
    expect(await desk().factorsOf(subject)).toHaveLength(2);
  });

  it.each([
    ['enrols another', (call: Call, { subject }: Owned) => desk().begin(subject, call)],
    [
      'renews the codes',
      (call: Call, { subject }: Owned) => desk().call('POST', 'factors/backup-codes', { subject }, call),
    ],
    ['removes another', (call: Call, { other }: Owned) => desk().call('DELETE', `factors/${other}`, undefined, call)],
  ])('R73 whoever %s with a factor that is being removed at that moment has proven nothing', async (_, change) => {
    const { id, subject } = await desk().enrolled();
    const call = { token: await desk().tokenFor(subject), idempotencyKey: 'again' };
    const { id: other } = await desk().enrolled(subject);
    const kept = (await desk().factorsOf(subject)).filter((factor) => factor.id !== id);

    const { applicationId, database } = desk();
    const removal = async (query: Query) => {
      await query(LOCK_SUBJECTS, [applicationId, [subject]]);
      await query(REMOVE, [applicationId, id, subject, 'active', 'subject']);
    };
    const answer = await whileUnderWay(database, removal, () => change(call, { subject, other }));
    expect(answer).toMatchObject(needed(422));
    expect(await change(call, { subject, other })).toMatchObject(needed(422));
    expect(await desk().factorsOf(subject)).toEqual(kept);
    const underWay = `SELECT FROM factors WHERE subject = $1 AND status = 'pending'`;
    expect(await desk().database.query(underWay, [subject])).toEqual([]);
  });

  it('R73 an enrolment that was begun before there was a factor can not be finished once there is one', async () => {
    const subject = newSubject();
    const thief = (await desk().begin(subject)).body;
    const owner = (await desk().begin(subject)).body;
    expect(await desk().activate(thief.id, codeOf(thief))).toMatchObject({ status: 404 });
    expect((await desk().activate(owner.id, codeOf(owner))).status).toBe(200);

    const other = newSubject();
    const stolen = (await desk().begin(other)).body;
    await desk().enrolled(other);
    expect(await desk().activate(stolen.id, codeOf(stolen))).toMatchObject(needed(403));
    expect(await desk().factorsOf(other)).toHaveLength(2);
  });

  it('R73 of two that are activated at once, the one without a proof is not the second', async () => {
    for (let n = 0; n < 4; n += 1) {
      const subject = newSubject();
      const unproven = (await desk().begin(subject)).body;
      const proven = (await desk().begin(subject, { key: desk().keys.admin })).body;
      const both = [unproven, proven].map((body) => desk().activate(body.id, codeOf(body), {}, { backupCodes: false }));
      const statuses = (await Promise.all(both)).map(({ status }) => status);
      expect([
        [200, 200],
        [403, 200],
      ]).toContainEqual(statuses);
      // Both only where the unproven one was first.
      const activated = (await desk().eventsOf(subject)).filter(({ type }) => type === 'factor.activated');
      if (statuses[0] === 200) expect(activated[0]?.payload.factorId).toBe(unproven.id);
    }
  });
}
