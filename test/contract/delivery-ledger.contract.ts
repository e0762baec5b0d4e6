import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PostgresDeliveryHistory } from '../../src/delivery/adapters/postgres-delivery-history.js';
import { PostgresDueDeliveries } from '../../src/delivery/adapters/postgres-due-deliveries.js';
import { PostgresReports } from '../../src/delivery/adapters/postgres-reports.js';
import type { DueDelivery, KeptReport, Settlement } from '../../src/delivery/application/ledger.js';
import type { Report } from '../../src/delivery/domain/outcome.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import { newId, passLease, queueDelivery } from '../support/deliveries.js';
import type { TestDatabase } from '../support/postgres.js';

/** What delivery's tables must do, on a Postgres server and on the embedded one. */
export function deliveryLedgerContract(where: string, open: () => Promise<TestDatabase>): void {
  describe(`deliveries on ${where}`, () => {
    let opened: TestDatabase;
    let database: Database;
    let due: PostgresDueDeliveries;
    let reports: PostgresReports;
    let history: PostgresDeliveryHistory;
    beforeAll(async () => {
      opened = await open();
      database = opened.database;
      due = new PostgresDueDeliveries(database, new SystemClock());
      reports = new PostgresReports(database);
      history = new PostgresDeliveryHistory(database);
    });
    beforeEach(() => database.query('DELETE FROM deliveries'));
    afterAll(() => opened.close());

    const claimOne = async (): Promise<DueDelivery> => {
      const [claimed] = await due.claim(1);
      if (!claimed) throw new Error('nothing was due');
      return claimed;
    };
    /** A delivery with an attempt under way, held by us. */
    const begun = async (over: Record<string, unknown> = {}) => {
      const id = await queueDelivery(database, over);
      const attemptId = newId('att');
      const held = await due.begin(await claimOne(), { id: attemptId, providerId: 'gateway' });
      if (!held) throw new Error('it was not begun');
      return { id, attemptId, held };
    };
    const sent = async (over: Record<string, unknown> = {}, providerMessageId?: string) => {
      const { id, attemptId, held } = await begun(over);
      const end = { id: attemptId, status: 'accepted' as const, ...(providerMessageId && { providerMessageId }) };
      await due.settle(held, { status: 'sent' }, end);
      return { id, attemptId, held };
    };
    const rowOf = async (id: string) => {
      const sql = `SELECT status, cause, note, lease_until IS NOT NULL AS held, delivered_late_at IS NOT NULL AS late,
        extract(epoch FROM due_at - now())::float8 AS "dueIn" FROM deliveries WHERE id = $1`;
      const [row] = await database.query<Record<string, unknown>>(sql, [id]);
      const dueIn = row?.['dueIn'];
      return { ...row, dueIn: typeof dueIn === 'number' ? Math.max(0, Math.round(dueIn)) : null };
    };
    const attemptOf = async (id: string) => {
      const sql = 'SELECT status, detail FROM send_attempts WHERE id = $1';
      return (await database.query<{ status: string; detail: string | null }>(sql, [id]))[0];
    };
    const report = (over: Partial<Report> = {}): Report => ({
      ...{ providerId: 'gateway', status: 'delivered', detail: 'DELIVRD' },
      ...over,
    });
    const keep = async (over: Partial<Report>): Promise<KeptReport> => {
      const kept = await reports.keep(report(over));
      if (!kept) throw new Error('it was a repetition');
      return kept;
    };

    describe('claiming', () => {
      it('gives the longest due first, at most as many as asked for, and nothing that is not due', async () => {
        const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
        await queueDelivery(database, { id: 'dlv_1', due_at: minutesAgo(1) });
        await queueDelivery(database, { id: 'dlv_3', due_at: minutesAgo(3) });
        await queueDelivery(database, { id: 'dlv_2', due_at: minutesAgo(2) });
        await queueDelivery(database, { id: 'dlv_later', due_at: minutesAgo(-1) });
        await queueDelivery(database, { id: 'dlv_done', due_at: null, status: 'delivered' });
        expect((await due.claim(2)).map(({ id }) => id).sort()).toEqual(['dlv_2', 'dlv_3']);
        expect((await due.claim(5)).map(({ id }) => id)).toEqual(['dlv_1']);
        expect(await due.claim(5)).toEqual([]);
      });

      it('tells what a dispatcher must know', async () => {
        const id = await queueDelivery(database, { message_id: 'msg_told' });
        const claimed = await claimOne();
        expect(claimed).toMatchObject({
          ...{ id, messageId: 'msg_told', applicationId: 'app_1', step: 0, channel: 'sms', origin: 'start' },
          ...{ status: 'queued', cause: null, country: 'DE', attempts: 0, attemptId: null, tried: [] },
          reportTimeoutSeconds: 60,
        });
        expect(claimed.secondsLeft).toBeGreaterThan(290);
        expect(claimed.expiresAt).toBeInstanceOf(Date);
      });

      it('R94 gives a delivery again when its lease has passed, and at once when it was released', async () => {
        const id = await queueDelivery(database);
        const first = await claimOne();
        expect(await due.claim(1)).toEqual([]);
        await passLease(database, id);
        const second = await claimOne();
        expect(second.id).toBe(id);
        await due.release([first], 0);
        expect(await due.claim(1)).toEqual([]);
        await due.release([second], 0);
        expect((await claimOne()).id).toBe(id);
      });

      it('releases for later', async () => {
        const id = await queueDelivery(database);
        await due.release([await claimOne()], 10_000);
        expect(await rowOf(id)).toMatchObject({ held: false, dueIn: 10 });
      });
    });

    describe('beginning an attempt', () => {
      it('commits state and attempt together, and numbers the attempts', async () => {
        const { id, attemptId, held } = await begun();
        expect(await rowOf(id)).toMatchObject({ status: 'submitting', held: true });
        expect(await attemptOf(attemptId)).toEqual({ status: 'submitting', detail: null });
        expect(held).toMatchObject({ attempts: 1, attemptId, status: 'submitting' });
        await due.settle(held, { status: 'queued', inMs: 0 }, { id: attemptId, status: 'throttled' });
        const again = await claimOne();
        expect(again.tried).toEqual(['gateway']);
        expect(await due.begin(again, { id: newId('att'), providerId: 'other' })).toMatchObject({ attempts: 2 });
      });

      it('I6 is refused to somebody whose lease has gone to another', async () => {
        const id = await queueDelivery(database);
        const first = await claimOne();
        await passLease(database, id);
        const second = await claimOne();
        expect(await due.begin(first, { id: newId('att'), providerId: 'gateway' })).toBeNull();
        expect(await due.begin(second, { id: newId('att'), providerId: 'gateway' })).not.toBeNull();
      });

      it('is refused at the end of the message’s life', async () => {
        await queueDelivery(database, { expires_at: new Date(Date.now() - 1) });
        expect(await due.begin(await claimOne(), { id: newId('att'), providerId: 'gateway' })).toBeNull();
      });

      it('is refused to an automatic step once the earlier message arrived late, not to one that was asked for', async () => {
        const message_id = newId('msg');
        const { attemptId } = await sent({ message_id });
        await database.query(`UPDATE deliveries SET status = 'unconfirmed' WHERE message_id = $1`, [message_id]);
        await queueDelivery(database, { message_id, step: 1, origin: 'fallback' });
        const automatic = await claimOne();
        await reports.apply(await keep({ attemptId }), { kind: 'delivered-late' });
        expect(await due.begin(automatic, { id: newId('att'), providerId: 'gateway' })).toBeNull();
        await queueDelivery(database, { message_id, step: 2, origin: 'resend' });
        expect(await due.begin(await claimOne(), { id: newId('att'), providerId: 'gateway' })).not.toBeNull();
      });
    });

    describe('settling', () => {
      it.each<[Settlement, object, number | null]>([
        [{ status: 'sent' }, { status: 'sent', dueIn: 60, cause: null }, null],
        [{ status: 'queued', inMs: 3_000 }, { status: 'queued', dueIn: 3 }, 3_000],
        [{ status: 'failed', cause: 'landline' }, { status: 'failed', dueIn: 0, cause: 'landline' }, 0],
        [{ status: 'unconfirmed' }, { status: 'unconfirmed', dueIn: 0 }, 0],
        [{ status: 'canceled', note: 'limited', nextStep: true }, { status: 'canceled', dueIn: 0, note: 'limited' }, 0],
        [
          { status: 'canceled', note: 'over', nextStep: false },
          { status: 'canceled', dueIn: null, note: 'over' },
          null,
        ],
      ])('%o', async (to, row, dueInMs) => {
        const { id, attemptId, held } = await begun();
        expect(await due.settle(held, to, { id: attemptId, status: 'accepted', detail: 'ok' })).toBe(dueInMs);
        expect(await rowOf(id)).toMatchObject({ ...row, held: false });
        expect(await attemptOf(attemptId)).toEqual({ status: 'accepted', detail: 'ok' });
      });

      it('I6 does not overwrite what the next holder decided, but records its attempt', async () => {
        const { id, attemptId, held } = await begun();
        await passLease(database, id);
        const other = await claimOne();
        await due.settle(other, { status: 'sent' }, { id: attemptId, status: 'ambiguous', detail: 'gone' });
        const late = { id: attemptId, status: 'throttled' as const, detail: '503' };
        expect(await due.settle(held, { status: 'queued', inMs: 0 }, late)).toBeNull();
        expect(await rowOf(id)).toMatchObject({ status: 'sent', dueIn: 60 });
        expect(await attemptOf(attemptId)).toEqual({ status: 'throttled', detail: '503' });
      });

      it('keeps how large the text of an attempt was, whoever holds the delivery meanwhile, and whatever is settled later', async () => {
        const message_id = newId('msg');
        const { id, attemptId, held } = await begun({ message_id });
        await passLease(database, id);
        const other = await claimOne();
        const size = { encoding: 'ucs2', segments: 2 } as const;
        await due.settle(held, { status: 'sent' }, { id: attemptId, status: 'ambiguous', size });
        await due.settle(other, { status: 'sent' }, { id: attemptId, status: 'ambiguous' });
        const [told] = await history.of(message_id);
        expect(told?.attempts).toEqual([expect.objectContaining(size)]);
      });

      it('closes with a note that joins the one that is there', async () => {
        const { id, held } = await begun();
        await due.settle(held, { status: 'canceled', note: 'limited', nextStep: true });
        await due.close(await claimOne(), 'no other channel is left');
        expect(await rowOf(id)).toMatchObject({ dueIn: null, held: false, note: 'limited; no other channel is left' });
      });
    });

    describe('reports', () => {
      it('R32 keeps a report once; a repetition that had no effect yet is taken up again', async () => {
        const { attemptId } = await sent();
        const kept = await keep({ attemptId });
        expect(await reports.keep(report({ attemptId }))).toEqual(kept);
        expect(await reports.apply(kept, { kind: 'delivered' })).toBe(true);
        expect(await reports.keep(report({ attemptId }))).toBeNull();
        expect(await reports.find(kept.id)).toBeNull();
        expect(await reports.keep(report({ attemptId, detail: 'DELIVRD err:000' }))).not.toBeNull();
      });

      it('moves the delivery and takes it out of its holder’s hands', async () => {
        const { id, attemptId, held } = await begun();
        await reports.apply(await keep({ attemptId }), { kind: 'delivered' });
        expect(await rowOf(id)).toMatchObject({ status: 'delivered', dueIn: null, held: false });
        expect(await due.settle(held, { status: 'sent' }, { id: attemptId, status: 'accepted' })).toBeNull();
        expect(await rowOf(id)).toMatchObject({ status: 'delivered', dueIn: null });
      });

      it('makes a failed delivery due for its next step', async () => {
        const { id, attemptId } = await sent();
        const kept = await keep({ attemptId, status: 'failed', cause: 'landline' });
        await reports.apply(kept, { kind: 'failed', cause: 'landline', transient: false });
        expect(await rowOf(id)).toMatchObject({ status: 'failed', cause: 'landline', dueIn: 0 });
      });

      it('remembers of a failure whether another provider may make it good, and over whom it was not', async () => {
        const message_id = newId('msg');
        const { id, attemptId } = await sent({ message_id });
        const kept = await keep({ attemptId, status: 'failed', cause: 'unreachable', transient: true });
        expect(kept).toMatchObject({ transient: true });
        await reports.apply(kept, { kind: 'failed', cause: 'unreachable', transient: true });
        expect(await history.steps(message_id)).toMatchObject([{ transient: true, providers: ['gateway'] }]);
        const again = { message_id, step: 1, origin: 'fallback' };
        const next = await queueDelivery(database, again);
        const asked = await queueDelivery(database, { ...again, step: 2, origin: 'resend' });
        const claimed = await due.claim(100);
        expect(claimed.find((one) => one.id === next)).toMatchObject({ tried: [], ruledOut: ['gateway'] });
        expect(claimed.find((one) => one.id === asked)).toMatchObject({ ruledOut: [] });
        expect(id).not.toBe(next);
      });

      it('changes nothing when the delivery is not any more as it was', async () => {
        const { id, attemptId } = await sent();
        const failed = await keep({ attemptId, status: 'failed' });
        await reports.apply(await keep({ attemptId }), { kind: 'delivered' });
        expect(await reports.apply(failed, { kind: 'failed', cause: 'other', transient: false })).toBe(false);
        expect(await rowOf(id)).toMatchObject({ status: 'delivered', cause: null });
        expect(await reports.find(failed.id)).toMatchObject({ delivery: { status: 'delivered' } });
      });

      it('notes a late arrival and starts nothing', async () => {
        const { id, attemptId } = await sent();
        await database.query(`UPDATE deliveries SET status = 'unconfirmed', due_at = now() WHERE id = $1`, [id]);
        await reports.apply(await keep({ attemptId }), { kind: 'delivered-late' });
        expect(await rowOf(id)).toMatchObject({ status: 'unconfirmed', late: true, dueIn: null });
      });

      it('keeps one that names an unknown attempt, without a delivery', async () => {
        expect(await keep({ attemptId: newId('att') })).toMatchObject({ delivery: null });
      });

      it('R31 does not believe a provider about another provider’s attempt', async () => {
        const { attemptId } = await sent();
        expect(await keep({ attemptId, providerId: 'other' })).toMatchObject({ delivery: null });
      });

      it('finds the delivery of one that came before its submit was recorded', async () => {
        const providerMessageId = newId('sm');
        const early = await keep({ providerMessageId });
        expect(early).toMatchObject({ delivery: null, attemptId: null });
        const { id, attemptId } = await sent({}, providerMessageId);
        expect(await reports.find(early.id)).toMatchObject({ attemptId, delivery: { id, status: 'sent' } });
        expect(await reports.waitingFor(id)).toEqual([await reports.find(early.id)]);
      });

      it('finds the delivery of one that only names the provider’s message', async () => {
        const providerMessageId = newId('sm');
        const { id, attemptId } = await sent({}, providerMessageId);
        expect(await keep({ providerMessageId })).toMatchObject({ attemptId, delivery: { id } });
        expect(await keep({ providerMessageId, providerId: 'other' })).toMatchObject({ delivery: null });
      });
    });

    describe('reports under a provider’s message id that has come again', () => {
      const daysAgo = (attemptId: string, days: number) =>
        database.query(`UPDATE send_attempts SET created_at = now() - $2 * interval '1 day' WHERE id = $1`, [
          ...[attemptId, days],
        ]);
      const arrived = async (providerMessageId: string) => {
        const before = await sent({}, providerMessageId);
        await reports.apply(await keep({ providerMessageId }), { kind: 'delivered' });
        return before;
      };

      it.each([1, 4])('R32 are the newest message’s, %d days later, not repetitions of the former’s', async (days) => {
        const providerMessageId = newId('sm');
        const before = await arrived(providerMessageId);
        await daysAgo(before.attemptId, days);
        const { id, attemptId } = await sent({}, providerMessageId);
        const kept = await keep({ providerMessageId });
        expect(kept).toMatchObject({ attemptId, delivery: { id, status: 'sent' } });
        expect(await reports.apply(kept, { kind: 'delivered' })).toBe(true);
        expect(await reports.keep(report({ providerMessageId }))).toBeNull();
      });

      it('R31 that came long before a message do not wait for it', async () => {
        const providerMessageId = newId('sm');
        const stray = await keep({ providerMessageId });
        await database.query(`UPDATE reports SET received_at = now() - interval '20 days' WHERE id = $1`, [stray.id]);
        const message_id = newId('msg');
        const { id } = await sent({ message_id }, providerMessageId);
        expect(await reports.waitingFor(id)).toEqual([]);
        expect(await reports.find(stray.id)).toMatchObject({ delivery: null });
        expect(await history.of(message_id)).toMatchObject([{ attempts: [{ reports: [] }] }]);
      });

      it('are nobody’s once the message is three days old', async () => {
        const providerMessageId = newId('sm');
        const { attemptId } = await sent({}, providerMessageId);
        await daysAgo(attemptId, 4);
        expect(await keep({ providerMessageId })).toMatchObject({ attemptId: null, delivery: null });
      });

      it('wait for a message, although another one’s report has waited under that id before', async () => {
        const providerMessageId = newId('sm');
        const late = async (effect: 'delivered' | 'none') => {
          await keep({ providerMessageId });
          const { id, attemptId } = await sent({}, providerMessageId);
          const [waiting, ...others] = await reports.waitingFor(id);
          if (!waiting) throw new Error('nothing has waited');
          expect([waiting.attemptId, others]).toEqual([attemptId, []]);
          await reports.apply(waiting, effect === 'none' ? { kind: 'none', because: 'final' } : { kind: effect });
          await daysAgo(attemptId, 4);
        };
        await late('delivered');
        await late('none');
        await late('delivered');
      });

      it('may have been said again before the first was applied', async () => {
        const providerMessageId = newId('sm');
        await keep({ providerMessageId });
        const { id } = await sent({}, providerMessageId);
        const [waiting] = await reports.waitingFor(id);
        await reports.apply(await keep({ providerMessageId }), { kind: 'delivered' });
        if (!waiting) throw new Error('nothing has waited');
        expect(await reports.apply(waiting, { kind: 'none', because: 'already delivered' })).toBe(true);
      });
    });

    it('R31 keeps at most fifty reports of an attempt, however many are genuine', async () => {
      const providerMessageId = newId('sm');
      const { attemptId } = await sent({}, providerMessageId);
      for (let at = 0; at < 50; at += 1) await keep({ attemptId, status: 'underway', detail: String(at) });
      expect(await reports.keep(report({ attemptId, detail: 'one more' }))).toBeNull();
      expect(await reports.keep(report({ providerMessageId, detail: 'one more' }))).toBeNull();
      expect(await keep({ attemptId, status: 'underway', detail: '7' })).toMatchObject({ attemptId });
    });

    describe('history', () => {
      it('tells deliveries with attempts and reports, in order, with times in UTC', async () => {
        const message_id = newId('msg');
        const { attemptId } = await sent({ message_id });
        await reports.apply(await keep({ attemptId, status: 'failed', cause: 'blocked', detail: 'REJECTD' }), {
          ...{ kind: 'failed', cause: 'blocked', transient: true },
        });
        await queueDelivery(database, {
          message_id,
          step: 1,
          channel: 'voice',
          origin: 'fallback',
          reason: 'sms failed',
        });
        const [first, second, ...rest] = await history.of(message_id);
        const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
        expect(rest).toEqual([]);
        expect(first).toMatchObject({
          ...{ step: 0, channel: 'sms', status: 'failed', cause: 'blocked', reason: 'asked for', note: null },
          ...{ createdAt: iso, sentAt: iso, endedAt: iso, deliveredLateAt: null },
          attempts: [
            {
              ...{ id: attemptId, number: 1, providerId: 'gateway', status: 'accepted', createdAt: iso, endedAt: iso },
              reports: [{ status: 'failed', cause: 'blocked', detail: 'REJECTD', effect: 'failed', receivedAt: iso }],
            },
          ],
        });
        expect(second).toMatchObject({ step: 1, status: 'queued', reason: 'sms failed', sentAt: null, attempts: [] });
      });

      it('tells the fallback policy its steps', async () => {
        const message_id = newId('msg');
        const { attemptId } = await sent({ message_id });
        await reports.apply(await keep({ attemptId }), { kind: 'delivered' });
        await queueDelivery(database, { message_id, step: 1, channel: 'voice', origin: 'fallback' });
        const state = { cause: null, note: null, transient: false, createdAt: expect.any(Date) as Date };
        expect(await history.steps(message_id)).toEqual([
          {
            ...{
              ...state,
              step: 0,
              channel: 'sms',
              origin: 'start',
              status: 'delivered',
            },
            ...{ providers: ['gateway'], arrivedAt: expect.any(Date) as Date },
          },
          {
            ...{
              ...state,
              step: 1,
              channel: 'voice',
              origin: 'fallback',
              status: 'queued',
            },
            ...{ providers: [], arrivedAt: null },
          },
        ]);
      });

      it('R90 forgets messages with everything about them, and nothing else', async () => {
        const [message_id, other] = [newId('msg'), newId('msg')];
        const providerMessageId = newId('sm');
        const { attemptId } = await sent({ message_id }, providerMessageId);
        const kept = await sent({ message_id: other });
        await keep({ attemptId });
        await keep({ providerMessageId, detail: 'by message' });
        await keep({ attemptId: kept.attemptId });
        await history.forget([message_id]);
        expect(await history.of(message_id)).toEqual([]);
        const left = `SELECT attempt_id, provider_message_id FROM reports WHERE attempt_id = ANY ($1) OR provider_message_id = $2`;
        expect(await database.query(left, [[attemptId, kept.attemptId], providerMessageId])).toEqual([
          { attempt_id: kept.attemptId, provider_message_id: null },
        ]);
        expect(await attemptOf(attemptId)).toBeUndefined();
        expect(await history.of(other)).toHaveLength(1);
      });

      it('R90 forgets old reports that never found their delivery, and no others', async () => {
        const { attemptId } = await sent();
        const stray = newId('att');
        for (const id of [attemptId, stray]) await keep({ attemptId: id });
        await database.query(
          `UPDATE reports SET received_at = now() - interval '31 days' WHERE attempt_id = ANY ($1)`,
          [[attemptId, stray]],
        );
        await history.forgetStrayReports(30);
        const left = await database.query('SELECT attempt_id FROM reports WHERE attempt_id = ANY ($1)', [
          [attemptId, stray],
        ]);
        expect(left).toEqual([{ attempt_id: attemptId }]);
      });
    });
  });
}
