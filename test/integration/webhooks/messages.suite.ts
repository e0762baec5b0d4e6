import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApplicationEvents } from '../../../src/events/application-events.js';
import type { Replayed, WebhookMessage } from '../../../src/webhooks/application/message-log.js';
import type { IssuedEndpoint } from '../../../src/webhooks/application/manage-endpoints.js';
import type { TestTenant } from '../applications-app.js';
import type { Stage } from './stage.js';

/** What an endpoint was told, and sending it again. Nobody sends here: what is due stays due. */
export function messages(stage: Stage): void {
  let shop: TestTenant;
  let endpoint: IssuedEndpoint;

  beforeAll(async () => {
    shop = await stage.service.tenant('told');
  });
  beforeEach(async () => {
    const { endpoints } = (await ask<{ endpoints: IssuedEndpoint[] }>('GET', '')).body;
    for (const { id } of endpoints) await ask('DELETE', `/${id}`);
    endpoint = (await ask<IssuedEndpoint>('POST', '', { url: 'https://shop.example/hook' })).body;
  });

  const ask = <Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    stage.service.call<Body>(method, `/v1/admin/webhooks${path}`, {
      key: shop.key,
      headers,
      ...(body !== undefined && { body }),
    });
  interface Page {
    messages: WebhookMessage[];
    nextCursor?: string;
    code?: string;
  }
  const listed = (query = '') => ask<Page>('GET', `/${endpoint.id}/messages${query}`);
  const tell = (type: 'spend.reached' | 'fraud.tripped' = 'spend.reached') =>
    stage.service.app.get(ApplicationEvents).record({ applicationId: shop.id, type, payload: {} });
  /** As the sender leaves a message after its tries. */
  const ended = (status: 'failed' | 'delivered', eventId: string) =>
    stage.store.database.query(
      `UPDATE webhook_messages SET status = $1, tries = 10, ended_at = now(), tried_at = now(), last_status = 500,
     last_error = 'answered 500', due_at = now() + interval '9 hours' WHERE event_id = $2`,
      [status, eventId.slice(4)],
    );
  async function toldAndFailed(times: number): Promise<WebhookMessage[]> {
    for (let n = 0; n < times; n += 1) await tell();
    const told = (await listed()).body.messages;
    for (const { eventId } of told) await ended('failed', eventId);
    return told;
  }
  const AGO = '2020-01-01T00:00:00Z';

  describe('the messages of an endpoint', () => {
    it('are those of events since it is there, newest first, in pages, by status', async () => {
      const [newest, middle, oldest] = await toldAndFailed(3);
      expect(newest).toMatchObject({
        type: 'spend.reached',
        status: 'pending',
        tries: 0,
        lastError: null,
        endedAt: null,
      });
      await ended('delivered', middle?.eventId ?? '');
      const first = (await listed('?limit=2')).body;
      expect(first.messages.map(({ eventId }) => eventId)).toEqual([newest?.eventId, middle?.eventId]);
      const second = (await listed(`?limit=2&cursor=${String(first.nextCursor)}`)).body;
      expect(second).toMatchObject({ messages: [{ eventId: oldest?.eventId, nextTryAt: null, lastStatus: 500 }] });
      expect(second).not.toHaveProperty('nextCursor');
      const delivered = (await listed('?status=delivered')).body.messages;
      expect(delivered.map(({ eventId }) => eventId)).toEqual([middle?.eventId]);
      for (const query of ['?status=lost', '?limit=201', '?cursor=x', '?before=1'])
        expect((await listed(query)).status).toBe(400);
    });

    it('wait while it is disabled, go with it, and are none of another endpoint', async () => {
      await tell();
      await ask('PUT', `/${endpoint.id}`, { url: endpoint.url, enabled: false }, { 'if-match': '"1"' });
      await tell();
      const waiting = (await listed('?status=pending')).body.messages;
      expect(waiting.map(({ nextTryAt }) => nextTryAt)).toEqual([null]);
      const another = (await ask<IssuedEndpoint>('POST', '', { url: 'https://shop.example/2', events: ['fraud.*'] }))
        .body;
      await tell();
      expect((await ask<Page>('GET', `/${another.id}/messages`)).body.messages).toEqual([]);
      await tell('fraud.tripped');
      expect((await ask<Page>('GET', `/${another.id}/messages`)).body.messages).toMatchObject([
        { type: 'fraud.tripped' },
      ]);
      await ask('DELETE', `/${endpoint.id}`);
      expect((await listed()).status).toBe(404);
      const sql = `SELECT endpoint_id AS id FROM webhook_messages WHERE status = 'pending' AND application_id = $1`;
      expect(await stage.store.database.query(sql, [shop.id])).toEqual([{ id: another.id }]);
    });
  });

  it('are forgotten with their endpoint while one is settled, and neither waits for the other', async () => {
    await tell();
    const waiters = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%webhook_%'`;
    const deleted = await stage.store.database.transaction(async (query) => {
      await query('UPDATE webhook_messages SET tries = 1 WHERE endpoint_id = $1', [endpoint.id]);
      const deleting = ask('DELETE', `/${endpoint.id}`);
      await expect.poll(() => stage.store.database.query(waiters)).toHaveLength(1);
      await query('UPDATE webhook_endpoints SET failing_since = now() WHERE id = $1', [endpoint.id]);
      return { deleting };
    });
    expect(await deleted.deleting).toMatchObject({ status: 204 });
  });

  describe('R84 a replay', () => {
    const replay = (eventId: string) => ask<WebhookMessage>('POST', `/${endpoint.id}/messages/${eventId}/replay`);
    const since = (order: object = {}) => ask<Replayed>('POST', `/${endpoint.id}/replay`, { since: AGO, ...order });

    it('makes a message due now under the same id with all of its tries, whatever came of it', async () => {
      const [message] = await toldAndFailed(1);
      for (const status of ['failed', 'delivered'] as const) {
        await ended(status, message?.eventId ?? '');
        const again = await replay(message?.eventId ?? '');
        expect(again).toMatchObject({ status: 202, body: { eventId: message?.eventId, status: 'pending', tries: 0 } });
        expect(Date.parse(String(again.body.nextTryAt))).toBeLessThanOrEqual(Date.now() + 1_000);
      }
      for (const unknown of ['evt_999999', 'evt_x', 'x']) expect((await replay(unknown)).status).toBe(404);
    });

    it('leaves a message alone while it is being tried, says so, and tells the audit log of none', async () => {
      await tell();
      const [message] = (await listed()).body.messages;
      const lease = `UPDATE webhook_messages SET tries = 3, lease_until = now() + interval '1 minute'`;
      const { database } = stage.store;
      await database.query(`${lease} WHERE event_id = $1`, [message?.eventId.slice(4)]);
      const refused = { status: 409, body: { code: 'being-tried' } };
      expect(await replay(message?.eventId ?? '')).toMatchObject(refused);
      expect((await listed()).body.messages).toMatchObject([{ tries: 3, status: 'pending' }]);
      const audited = `SELECT FROM audit_log WHERE action = 'webhook.message-replayed' AND details->>'eventId' = $1`;
      expect(await database.query(audited, [message?.eventId])).toEqual([]);
      await database.query('UPDATE webhook_messages SET lease_until = now()');
      expect(await replay(message?.eventId ?? '')).toMatchObject({ status: 202, body: { tries: 0 } });
      expect(await database.query(audited, [message?.eventId])).toHaveLength(1);
    });

    it('of all since a moment takes those that failed, or those that were delivered if so asked, and says how many', async () => {
      const [newest, middle] = await toldAndFailed(3);
      await ended('delivered', newest?.eventId ?? '');
      expect(await since({ since: new Date(Date.now() + 60_000) })).toMatchObject({
        status: 202,
        body: { replayed: 0 },
      });
      const far = new Date(Date.now() + 20 * 3_600_000 - 5 * 60_000).toISOString().replace('Z', '+20:00');
      expect((await since({ since: far })).body).toEqual({ replayed: 2 });
      expect((await since()).body).toEqual({ replayed: 0 });
      expect((await since({ status: 'delivered' })).body).toEqual({ replayed: 1 });
      const due = (await listed('?status=pending')).body.messages;
      expect(due.map(({ eventId, tries }) => [eventId, tries])).toContainEqual([middle?.eventId, 0]);
      for (const order of [
        { since: 'yesterday' },
        { since: '0000-01-01T00:00:00Z' },
        { status: 'pending' },
        { cursor: 'x' },
        { limit: 5 },
      ])
        expect((await since(order)).status).toBe(400);
    });

    it('of more than a thousand goes on where the call before stopped', async () => {
      await stage.store.database.query(
        `WITH e AS (INSERT INTO events (application_id, type, payload)
         SELECT $1, 'spend.reached', '{}' FROM generate_series(1, 1005) RETURNING id)
       INSERT INTO webhook_messages (endpoint_id, event_id, application_id, status) SELECT $2, id, $1, 'delivered' FROM e`,
        [shop.id, endpoint.id],
      );
      const first = (await since({ status: 'delivered' })).body;
      expect(first).toEqual({ replayed: 1_000, nextCursor: expect.any(String) as string });
      const second = await since({ status: 'delivered', cursor: first.nextCursor });
      expect(second.body).toEqual({ replayed: 5 });
      expect((await listed('?status=delivered')).body.messages).toEqual([]);
    });
  });

  describe('a test event', () => {
    it('goes to its endpoint alone, whatever that listens to', async () => {
      const deaf = (await ask<IssuedEndpoint>('POST', '', { url: 'https://shop.example/2', events: ['fraud.*'] })).body;
      const sent = await ask<WebhookMessage>('POST', `/${deaf.id}/test`);
      expect(sent).toMatchObject({
        status: 202,
        body: { type: 'webhook.test', status: 'pending', verificationId: null },
      });
      expect((await ask<Page>('GET', `/${deaf.id}/messages`)).body.messages).toEqual([sent.body]);
      expect((await listed()).body.messages).toEqual([]);
    });

    it('and a replay are refused while the endpoint is disabled: nobody would send them', async () => {
      await toldAndFailed(1);
      await ask('PUT', `/${endpoint.id}`, { url: endpoint.url, enabled: false }, { 'if-match': '"1"' });
      const [message] = (await listed()).body.messages;
      for (const path of ['test', 'replay', `messages/${String(message?.eventId)}/replay`])
        expect(
          await ask<Page>('POST', `/${endpoint.id}/${path}`, path === 'replay' ? { since: AGO } : undefined),
        ).toMatchObject({
          ...{ status: 409, body: { code: 'endpoint-disabled' } },
        });
    });
  });
}
