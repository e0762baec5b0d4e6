/**
 * A backup of the ledger was restored. What was approved or canceled since it was made is pending again in it, and a Redis that
 * was restored with it has the digests again: whoever saw a code that was used could use it once more. Messages that had been
 * sent since are queued again.
 */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Holder, type FactorAnswer, type Post } from '../support/factor-login.js';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import { backUp, restore } from '../support/postgres-backup.js';
import { putSnapshot, takeSnapshot, type Snapshot } from '../support/redis-snapshot.js';
import type { Service } from '../support/service.js';
import { codeIn } from '../support/sms-gateway.js';

let shop: Installation;
let service: Service;
/** Every code that anybody has seen. */
const codes: { id: string; code: string }[] = [];
const redis: Record<'as old as the backup' | 'as it was at the end' | 'empty', Snapshot> = {
  ...{ 'as old as the backup': [], 'as it was at the end': [], empty: [] },
};

beforeAll(async () => {
  shop = await openInstallation();
});
afterAll(() => shop.close());

const QUEUED_AGAIN = `UPDATE deliveries SET status = 'queued', due_at = now(), attempt_id = NULL WHERE message_id = $1`;

async function begin(): Promise<{ id: string; code: string }> {
  const { phone } = somebody();
  const { body, status } = await shop.client.start(service, { phone });
  expect(status).toBe(202);
  await eventually(() => {
    expect(shop.gateway.to(phone)).toHaveLength(1);
  });
  const login = { id: body.id, code: codeIn(shop.gateway.to(phone)[0]?.text ?? '') };
  codes.push(login);
  return login;
}

const approve = async ({ id, code }: { id: string; code: string }) => {
  expect((await shop.client.check(service, id, code)).status).toBe(200);
};

const post: Post = (path, body) => service.call<FactorAnswer>('POST', path, { key: shop.key, body });

/** Somebody with an authenticator and backup codes, who logs in with each after the backup was made. */
async function withFactors(): Promise<{ holder: Holder; listId: string; codes: string[] }> {
  const holder = await Holder.of(post);
  const { body } = await post('/v1/factors/backup-codes', { subject: holder.subject });
  return { holder, listId: body.id ?? '', codes: body.backupCodes ?? [] };
}

test('I16 R98 after a restore no code from before is accepted, nothing is sent again, and people can log in', async () => {
  service = await shop.start();
  const [before, usedLater, canceledLater, stillOpen] = [await begin(), await begin(), await begin(), await begin()];
  await approve(before);
  const { holder, listId, codes: backupCodes } = await withFactors();
  const byList = (code = '') => post(`/v1/factors/${listId}/checks`, { code });
  const backup = await backUp(shop.world, inject('scratchFolder'));
  redis['as old as the backup'] = await takeSnapshot(shop.world);

  await approve(usedLater);
  expect((await shop.client.cancel(service, canceledLater.id)).status).toBe(200);
  const afterwards = await begin();
  await approve(afterwards);
  await begin();
  const shown = [holder.code(), holder.code(1)];
  for (const code of shown) expect((await holder.checkAlone(code)).status).toBe(200);
  expect((await byList(backupCodes[0])).status).toBe(200);
  await service.stop();
  redis['as it was at the end'] = await takeSnapshot(shop.world);
  const sent = shop.gateway.messages.length;
  const [{ newest } = { newest: '0' }] = await shop.clock.rows<{ newest: string }>(
    'SELECT max(id) AS newest FROM events',
    [],
  );

  await restore(shop.world, backup);
  // As if it had been made a moment sooner, before the last message went out.
  await shop.clock.rows(QUEUED_AGAIN, [stillOpen.id]);
  // As if the clock here were an hour behind that of the server which wrote it.
  await shop.clock.rows(`UPDATE verifications SET created_at = created_at + interval '1 hour'`, []);
  const kept = await shop.world.cli('ledger', 'restored', '--keep-backup-codes');
  expect(kept).toMatch(/^Canceled 3 pending verifications\. Voided 0 lists .* of \d{4}-.*Z; /);
  expect(await shop.world.cli('ledger', 'restored')).toMatch(/^Canceled 0 .* Voided 1 /);
  service = await shop.start();
  for (const snapshot of Object.values(redis)) {
    await putSnapshot(shop.world, snapshot);
    for (const { id, code } of codes) {
      const { status } = await shop.client.check(service, id, code);
      // Gone, or one that the backup has never heard of.
      expect([410, 404]).toContain(status);
    }
    const again = [await holder.checkAlone(shown[0] ?? ''), await holder.checkAlone(shown[1] ?? '')];
    for (const reply of [...again, await byList(backupCodes[0])])
      expect(reply).toMatchObject({ status: 422, body: { code: 'wrong-code' } });
  }
  expect(await shop.client.read(service, stillOpen.id)).toMatchObject({ body: { status: 'canceled' } });
  await eventually(async () => {
    const sql = 'SELECT status, due_at AS due FROM deliveries WHERE message_id = $1';
    expect(await shop.clock.rows(sql, [stillOpen.id])).toEqual([{ status: 'canceled', due: null }]);
  });
  expect(shop.gateway.messages).toHaveLength(sent);
  const voided = `SELECT payload->'codesLeft' AS left FROM events WHERE type = 'factor.codes-voided'`;
  expect(await shop.clock.rows(voided)).toEqual([{ left: 0 }]);
  const events = `SELECT type FROM events WHERE verification_id = $1 AND type <> 'verification.started'`;
  expect(await shop.clock.rows(events, [usedLater.id])).toEqual([{ type: 'verification.canceled' }]);
  // Receivers know an event by its number: no new one has that of one they were told since the backup.
  const fresh = `SELECT min(id) > $1::bigint AS fresh FROM events WHERE type = 'verification.canceled'`;
  expect(await shop.clock.rows(fresh, [newest])).toEqual([{ fresh: true }]);

  await putSnapshot(shop.world, []);
  await approve(await begin());
  expect(await shop.world.cli('audit', 'verify')).toContain('intact');
});
