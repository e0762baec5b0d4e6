import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AuditLog } from '../../src/audit/audit-log.js';
import { PostgresEnrolments } from '../../src/factors/adapters/postgres-enrolments.js';
import { PostgresFactorChanges } from '../../src/factors/adapters/postgres-factor-changes.js';
import { PostgresTotpSteps } from '../../src/factors/adapters/postgres-totp-steps.js';
import { PostgresFactorLedger } from '../../src/factors/adapters/postgres-factor-ledger.js';
import type { Changer } from '../../src/factors/application/changer.js';
import type { NewEnrolment } from '../../src/factors/application/enrolments.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import { addEndpoint } from '../support/webhook-rows.js';

const named = (prefix: string) => `${prefix}_${randomBytes(16).toString('base64url')}`;

const newEnrolment = (over: Partial<NewEnrolment> = {}): NewEnrolment => ({
  ...{ id: named('fac'), applicationId: 'app_1', subject: named('user'), label: null },
  ...{ totp: { algorithm: 'SHA1', digits: 6, period: 30 }, secret: 'k1.sealed', proven: false, ...over },
});

const BY: Changer = { applicationId: 'app_1', keyId: 'key_1', by: 'subject' };

/** What the ledger must do for people who enrol, on a Postgres server and on the embedded one. */
export function enrolmentsContract(opened: () => Database): void {
  describe('enrolments', () => {
    const enrolments = () => new PostgresEnrolments(opened(), new AuditLog(opened()), new SystemClock());
    const changes = () => new PostgresFactorChanges(opened(), new AuditLog(opened()));
    const factors = () => new PostgresFactorLedger(opened());
    const begun = async (over: Partial<NewEnrolment> = {}) => {
      const enrolment = newEnrolment(over);
      await enrolments().begin(enrolment, BY);
      return enrolment;
    };
    const activate = (enrolment: { id: string; subject: string }, step = 1) =>
      enrolments().activate({ ...enrolment, step }, BY);
    const told = async (subject: string) => {
      const sql = `SELECT type, payload->'sequence' AS place FROM events WHERE payload->>'subject' = $1 ORDER BY id`;
      const rows = await opened().query<{ type: string; place: number }>(sql, [subject]);
      return rows.map(({ type, place }) => `${String(place)} ${type}`);
    };

    it('R71 counts a try before it is told what to compare with, and activates once', async () => {
      const enrolment = await begun();
      const first = await enrolments().countTry('app_1', enrolment.id);
      expect(first).toMatchObject({
        attempt: 1,
        activatedBy: null,
        secret: 'k1.sealed',
        factor: { status: 'pending' },
      });
      expect(Math.abs((first?.now ?? 0) - Date.now())).toBeLessThan(60_000);
      expect(await enrolments().countTry('app_1', enrolment.id)).toMatchObject({ attempt: 2 });
      expect(await enrolments().countTry('app_2', enrolment.id)).toBeNull();
      expect(await activate(enrolment, 7)).toMatchObject({ kind: 'activated', factor: { status: 'active' } });
      expect(await activate(enrolment, 7)).toMatchObject({ kind: 'activated' });
      expect(await activate(enrolment, 8)).toEqual({ kind: 'gone' });
      expect(await enrolments().countTry('app_1', enrolment.id)).toMatchObject({ attempt: 3, activatedBy: 7 });
      expect(await told(enrolment.subject)).toEqual(['1 factor.created', '2 factor.activated']);
    });

    it('I16 an activation takes back no step that was passed', async () => {
      const enrolment = await begun();
      // As a restore leaves an enrolment that was under way.
      await opened().query('UPDATE factors SET last_step = 9 WHERE id = $1', [enrolment.id]);
      expect(await activate(enrolment, 7)).toMatchObject({ kind: 'activated' });
      const steps = new PostgresTotpSteps(opened(), new SystemClock());
      const take = (step: number) => steps.take(enrolment.id, step, 'ver_1');
      expect([await take(8), await take(9), await take(10)]).toEqual([false, false, true]);
    });

    it('R73 the latest of those without a proof counts, and none once there is a factor', async () => {
      const former = await begun();
      const { subject } = former;
      const latest = await begun({ subject });
      expect(await factors().find('app_1', former.id)).toBeNull();
      const proven = await begun({ subject, proven: true });
      expect(await activate(proven)).toMatchObject({ kind: 'activated' });
      expect(await activate(latest)).toEqual({ kind: 'unproven' });
      expect(await factors().activeOf('app_1', subject)).toMatchObject([{ id: proven.id }]);
      expect(await factors().activeOf('app_2', subject)).toEqual([]);
    });

    it('has room for five authenticators of a subject', async () => {
      const subject = named('user');
      const kinds = [];
      for (let n = 0; n < 6; n += 1) kinds.push((await activate(await begun({ subject, proven: true }))).kind);
      expect(kinds).toEqual([...Array<string>(5).fill('activated'), 'too-many']);
    });

    it('R73 renames, removes and erases, and tells of each', async () => {
      const enrolment = await begun();
      await activate(enrolment);
      const { id, subject } = enrolment;
      expect(await changes().rename(id, 'Phone', BY)).toMatchObject({ label: 'Phone' });
      expect(await changes().rename(id, 'Mine', { ...BY, applicationId: 'app_2' })).toBeNull();
      expect(await changes().remove({ id, subject, status: 'pending' }, BY)).toBe('gone');
      expect(await changes().remove({ id, subject, status: 'active' }, { ...BY, applicationId: 'app_2' })).toBe('gone');
      expect(await changes().remove({ id, subject, status: 'active' }, BY)).toBe('removed');
      expect(await told(subject)).toEqual([
        ...['1 factor.created', '2 factor.activated', '3 factor.renamed', '4 factor.removed'],
      ]);
      await begun({ subject });
      expect(await changes().erase(subject, { ...BY, applicationId: 'app_2' })).toBe(0);
      expect(await changes().erase(subject, { ...BY, by: 'administrator' })).toBe(1);
    });

    it('R90 an erased subject is named in what somebody is owed until it was told, for four days at most, and nowhere else', async () => {
      const applicationId = named('app');
      const by = { ...BY, applicationId };
      const [told, owed, given] = [named('user'), named('user'), named('user')];
      const names = async () => {
        const sql = `SELECT payload->>'subject' AS subject, payload->>'label' AS label FROM events WHERE application_id = $1 ORDER BY id`;
        return (await opened().query<{ subject: string | null; label: string | null }>(sql, [applicationId])).map(
          ({ subject, label }) => subject ?? label,
        );
      };
      await enrolments().begin(newEnrolment({ applicationId, subject: told, label: 'Phone' }), by);
      expect([await names(), await changes().erase(told, by), await names()]).toEqual([[told], 1, [null, null]]);

      await addEndpoint(opened(), { url: 'https://shop.example', applicationId });
      for (const subject of [owed, given]) {
        await enrolments().begin(newEnrolment({ applicationId, subject, label: 'Phone' }), by);
        expect(await changes().erase(subject, by)).toBe(1);
      }
      const settle = `UPDATE webhook_messages SET status = 'delivered' WHERE application_id = $1 AND event_id = (
        SELECT min(event_id) FROM webhook_messages WHERE application_id = $1)`;
      await opened().query(settle, [applicationId]);
      expect([await changes().forgetErased(100), await names()]).toEqual([1, [null, null, null, owed, given, given]]);
      const age = `UPDATE events SET erased_at = now() - interval '97 hours' WHERE application_id = $1 AND payload->>'subject' = $2`;
      await opened().query(age, [applicationId, given]);
      expect([await changes().forgetErased(1), await changes().forgetErased(100)]).toEqual([1, 1]);
      expect([await changes().forgetErased(100), await names()]).toEqual([0, [null, null, null, owed, null, null]]);
    });

    it('R71 forgets what nobody finished', async () => {
      const [old, fresh] = [await begun(), await begun()];
      await opened().query(`UPDATE factors SET created_at = now() - interval '76 minutes' WHERE id = $1`, [old.id]);
      expect(await enrolments().countTry('app_1', old.id)).toMatchObject({ attempt: null });
      expect(await activate(old)).toEqual({ kind: 'gone' });
      expect(await enrolments().forget(100)).toBe(1);
      expect(await factors().find('app_1', old.id)).toBeNull();
      expect(await factors().find('app_1', fresh.id)).not.toBeNull();
    });
  });
}
