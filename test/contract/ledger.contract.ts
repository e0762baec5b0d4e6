import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/platform/postgres/database.js';
import { PostgresArchive } from '../../src/verification/adapters/postgres-archive.js';
import { PostgresEndings } from '../../src/verification/adapters/postgres-endings.js';
import { PostgresLedger } from '../../src/verification/adapters/postgres-ledger.js';
import { PostgresSteps } from '../../src/verification/adapters/postgres-steps.js';
import type { NewVerification, SearchQuery } from '../../src/verification/application/ledger.js';
import type { TestDatabase } from '../support/postgres.js';
import { newVerification } from '../support/new-verification.js';
import { ledgerPartsContract } from './ledger-parts.contract.js';

const search: SearchQuery = { recipient: null, status: null, from: null, until: null, limit: 10, cursor: null };

/** What the ledger must do, on a Postgres server and on the embedded one. */
export function ledgerContract(where: string, open: () => Promise<TestDatabase>): void {
  describe(`ledger on ${where}`, () => {
    let opened: TestDatabase;
    let database: Database;
    beforeAll(async () => {
      opened = await open();
      database = opened.database;
    });
    afterAll(() => opened.close());

    ledgerPartsContract(() => database);

    const started = async (over: Partial<NewVerification> = {}): Promise<NewVerification> => {
      const verification = newVerification(over);
      expect(await new PostgresLedger(database).start(verification)).toBe(true);
      return verification;
    };
    const eventsOf = async (id: string) => {
      const sql = 'SELECT type FROM events WHERE verification_id = $1 ORDER BY id';
      return (await database.query<{ type: string }>(sql, [id])).map(({ type }) => type);
    };
    const deliveriesOf = (id: string) =>
      database.query<{ step: number; channel: string; origin: string; country: string | null; due: boolean }>(
        `SELECT step, channel, origin, country, due_at <= now() AS due FROM deliveries WHERE message_id = $1 ORDER BY step`,
        [id],
      );

    it('R94 commits verification, first delivery and event as one', async () => {
      const { id } = await started();
      expect(await deliveriesOf(id)).toEqual([{ step: 0, channel: 'sms', origin: 'start', country: 'DE', due: true }]);
      expect(await eventsOf(id)).toEqual(['verification.started']);
    });

    it('R29 starts once per application and idempotency key, and finds what was started', async () => {
      const first = await started({ idempotencyKey: 'key', idempotencyFingerprint: 'f' });
      const again = newVerification({ idempotencyKey: 'key', idempotencyFingerprint: 'f' });
      expect(await new PostgresLedger(database).start(again)).toBe(false);
      expect(await deliveriesOf(again.id)).toEqual([]);
      expect((await new PostgresLedger(database).findByIdempotencyKey('app_1', 'key'))?.id).toBe(first.id);
      await started({ applicationId: 'app_2', idempotencyKey: 'key', idempotencyFingerprint: 'f' });
    });

    it("R78 does not find another application's verification", async () => {
      const { id } = await started();
      expect(await new PostgresLedger(database).find('app_2', id)).toBeNull();
      expect((await new PostgresLedger(database).find('app_1', id))?.id).toBe(id);
    });

    it('I1 approves once, and knows its own approval again', async () => {
      const { id } = await started();
      const endings = new PostgresEndings(database);
      const approvals = await Promise.all(
        Array.from({ length: 20 }, (_, n) => endings.approve(id, { channel: 'sms', tokenId: `tok_${String(n)}` })),
      );
      const [approved, ...others] = approvals.filter((record) => record !== null);
      expect(others).toEqual([]);
      expect(approved).toMatchObject({ status: 'approved', approvedChannel: 'sms' });
      const again = await endings.approve(id, { channel: 'sms', tokenId: approved?.tokenId ?? '' });
      expect(again?.endedAt).toEqual(approved?.endedAt);
      expect(await eventsOf(id)).toEqual(['verification.started', 'verification.approved']);
    });

    it('approves nothing after a cancel, and cancels nothing after an approval', async () => {
      const endings = new PostgresEndings(database);
      const canceled = await started();
      expect(await endings.end(canceled.id, 'canceled')).toBe(true);
      expect(await endings.approve(canceled.id, { channel: 'sms', tokenId: 't' })).toBeNull();
      const approved = await started();
      await endings.approve(approved.id, { channel: 'sms', tokenId: 't' });
      expect(await endings.end(approved.id, 'canceled')).toBe(false);
      expect(await endings.countWrong(approved.id)).toBeNull();
    });

    it('counts wrong guesses, and the last one of the budget ends it as failed', async () => {
      const { id } = await started({ maxAttempts: 3 });
      const endings = new PostgresEndings(database);
      const statuses = [await endings.countWrong(id), await endings.countWrong(id), await endings.countWrong(id)];
      expect([...statuses, await endings.countWrong(id)]).toEqual(['pending', 'pending', 'failed', null]);
      expect(await eventsOf(id)).toEqual(['verification.started', 'verification.failed']);
    });

    it('R4 reads an overdue verification as expired, approves it no more, and sweeps it once', async () => {
      const { id } = await started({ expiresAt: new Date(Date.now() - 1000) });
      const endings = new PostgresEndings(database);
      expect((await new PostgresLedger(database).find('app_1', id))?.status).toBe('expired');
      expect(await endings.approve(id, { channel: 'sms', tokenId: 't' })).toBeNull();
      expect(await endings.expireOverdue(100)).toContain(id);
      expect(await endings.expireOverdue(100)).not.toContain(id);
      expect(await eventsOf(id)).toEqual(['verification.started', 'verification.expired']);
    });

    it('R32 takes each step once, whoever tries', async () => {
      const { id } = await started();
      const steps = new PostgresSteps(database);
      const taken = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          steps.advance(id, 0, {
            deliveryId: `dlv_${id}_${String(n)}`,
            channel: 'voice',
            origin: 'fallback',
            reason: 'race',
          }),
        ),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect((await deliveriesOf(id)).map(({ step, channel }) => [step, channel])).toEqual([
        [0, 'sms'],
        [1, 'voice'],
      ]);
    });

    it('R28 sends at most as often as allowed, and a resend waits for its cooldown', async () => {
      const { id } = await started({ maxSends: 3 });
      const steps = new PostgresSteps(database);
      const take = (from: number, origin: 'resend' | 'fallback') =>
        steps.advance(id, from, {
          deliveryId: `dlv_${id}_${String(from)}_${origin}`,
          channel: 'sms',
          origin,
          reason: 'test',
        });
      expect(await take(0, 'resend')).toBe(true);
      expect(await take(1, 'resend')).toBe(false);
      expect(await take(1, 'fallback')).toBe(true);
      expect(await take(2, 'fallback')).toBe(false);
      const { resendInMs = 0 } = (await steps.find(id)) ?? {};
      expect(resendInMs).toBeGreaterThan(110_000);
      expect(resendInMs).toBeLessThanOrEqual(120_000);
    });

    it('R33 takes no step once the verification is over', async () => {
      const { id } = await started();
      await new PostgresEndings(database).end(id, 'canceled');
      const next = {
        deliveryId: `dlv_${id}_x`,
        channel: 'voice' as const,
        origin: 'fallback' as const,
        reason: 'late',
      };
      expect(await new PostgresSteps(database).advance(id, 0, next)).toBe(false);
    });

    it('searches by recipient under any key, by status and by page, and never across applications', async () => {
      const applicationId = 'app_search';
      const phoneIndex = Buffer.from('searched');
      const ids: string[] = [];
      for (let n = 0; n < 5; n += 1) ids.unshift((await started({ applicationId, phoneIndex })).id);
      await started({ applicationId: 'app_other', phoneIndex });
      const archive = new PostgresArchive(database);
      const recipient = { kind: 'phone' as const, indexes: [Buffer.from('newer key'), phoneIndex] };
      const first = await archive.search(applicationId, { ...search, recipient, limit: 3 });
      const { nextCursor = null } = first;
      const second = await archive.search(applicationId, { ...search, recipient, limit: 3, cursor: nextCursor });
      expect([...first.found, ...second.found].map(({ id }) => id)).toEqual(ids);
      expect(second).not.toHaveProperty('nextCursor');
      expect((await archive.search(applicationId, { ...search, status: 'approved' })).found).toEqual([]);
      await expect(archive.search(applicationId, { ...search, cursor: 'bm90IG91cnM' })).rejects.toMatchObject({
        code: 'invalid-request',
      });
    });

    it('R90 empties what is personal after its time, and deletes whole rows', async () => {
      const old = await started({ subject: 'user 1', metadata: { a: 'b' } });
      const young = await started();
      await database.query(`UPDATE verifications SET created_at = now() - interval '8 days' WHERE id = $1`, [old.id]);
      const archive = new PostgresArchive(database);
      expect(await archive.forgetRecipients(7)).toBe(1);
      expect(await new PostgresLedger(database).find('app_1', old.id)).toMatchObject({
        sealed: null,
        subject: null,
        metadata: {},
      });
      expect((await new PostgresLedger(database).find('app_1', young.id))?.sealed).toBe('k.sealed');
      expect(await archive.olderThan(7, 10)).toEqual([old.id]);
      const [alone, other] = [await started({ subject: 'user 1' }), await started({ subject: 'user 2' })];
      await started({ subject: 'user 1' });
      await database.query('UPDATE verifications SET phone_index = NULL WHERE id = ANY ($1)', [[alone.id, other.id]]);
      expect(await archive.ofSubjectAlone('app_1', 'user 1', 10)).toEqual([alone.id]);
      expect(await archive.ofSubjectAlone('app_2', 'user 1', 10)).toEqual([]);
      await archive.empty([alone.id]);
      expect(await archive.ofSubjectAlone('app_1', 'user 1', 10)).toEqual([]);
      await archive.delete([old.id]);
      expect(await new PostgresLedger(database).find('app_1', old.id)).toBeNull();
      expect(await eventsOf(old.id)).toEqual([]);
    });
  });
}
