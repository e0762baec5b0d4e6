import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { Keyring } from '../../../src/platform/keyring/keyring.js';
import { Log } from '../../../src/platform/log/log.js';
import type { Secret } from '../../../src/platform/keyring/secrets.js';
import { Rounds } from '../../../src/platform/rounds.js';
import { EndpointSecretsUpkeep } from '../../../src/webhooks/adapters/endpoint-secrets-upkeep.js';
import type { IssuedEndpoint } from '../../../src/webhooks/application/manage-endpoints.js';
import type { Stage } from './stage.js';

/** Who may change endpoints, what is written down about it, and what becomes of their secrets when SECRETS are rotated. */
export function administration(stage: Stage): void {
  let operator: string;
  beforeAll(async () => {
    operator = await stage.service.operatorKey();
  });

  const ORDER = { url: 'https://shop.example/hook' };
  const ask = <Body = IssuedEndpoint>(key: string, method: string, path: string, body?: unknown, headers = {}) =>
    stage.service.call<Body>(method, `/v1/admin${path}`, { key, headers, ...(body !== undefined && { body }) });

  describe('R78 endpoints', () => {
    it('are changed by administrators of their application, and by an operator who names it', async () => {
      const shop = await stage.service.tenant('shop');
      const under = `/applications/${shop.id}/webhooks`;
      const { id } = (await ask(operator, 'POST', under, ORDER)).body;
      expect(await ask(shop.key, 'GET', `/webhooks/${id}`)).toMatchObject({ status: 200, body: { id } });
      const put = { ...ORDER, description: 'by an operator', enabled: true };
      expect((await ask(operator, 'PUT', `${under}/${id}`, put, { 'if-match': '"1"' })).status).toBe(200);
      expect((await ask(operator, 'POST', `${under}/${id}/rotate-secret`)).status).toBe(200);
      expect((await ask(operator, 'POST', `${under}/${id}/test`)).status).toBe(202);
      const { messages } = (await ask<{ messages: { eventId: string }[] }>(operator, 'GET', `${under}/${id}/messages`))
        .body;
      const replayed = `${under}/${id}/messages/${String(messages[0]?.eventId)}/replay`;
      expect((await ask(operator, 'POST', replayed)).status).toBe(202);
      expect((await ask(operator, 'POST', `${under}/${id}/replay`, { since: '2020-01-01T00:00:00Z' })).status).toBe(
        202,
      );
      expect((await ask(operator, 'DELETE', `${under}/${id}`)).status).toBe(204);
      expect((await ask(operator, 'GET', '/applications/app_unknown/webhooks')).status).toBe(404);
      expect((await ask(operator, 'GET', '/webhooks')).status).toBe(403);
    });

    it('are none of a key without the scope, and of no other application', async () => {
      const [shop, bank] = [await stage.service.tenant('shop 2'), await stage.service.tenant('bank')];
      const reader = await stage.service.tenant('reader', ['verify', 'read']);
      expect((await ask(reader.key, 'POST', '/webhooks', ORDER)).status).toBe(403);
      const { id } = (await ask(shop.key, 'POST', '/webhooks', ORDER)).body;
      const { eventId } = (await ask<{ eventId: string }>(shop.key, 'POST', `/webhooks/${id}/test`)).body;
      const own = (await ask(bank.key, 'POST', '/webhooks', ORDER)).body.id;
      for (const path of [`/${id}/messages/${eventId}/replay`, `/${own}/messages/${eventId}/replay`, `/${id}/test`])
        expect((await ask(bank.key, 'POST', `/webhooks${path}`)).status).toBe(404);
      const operatorsPath = `/applications/${bank.id}/webhooks/${id}`;
      expect((await ask(operator, 'DELETE', operatorsPath)).status).toBe(404);
      expect((await ask<object>(shop.key, 'GET', `/webhooks/${id}/messages?status=pending`)).body).toMatchObject({
        messages: [{ eventId }],
      });
    });

    it('are ten of an application and no more, however many are asked for at once', async () => {
      const { key } = await stage.service.tenant('many');
      const answers = await Promise.all(
        Array.from({ length: 14 }, () => ask<{ code?: string }>(key, 'POST', '/webhooks', ORDER)),
      );
      const refused = answers.filter(({ status }) => status === 422);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
      expect(refused.map(({ body }) => body.code)).toEqual(Array(4).fill('too-many-endpoints'));
      expect((await ask<{ endpoints: object[] }>(key, 'GET', '/webhooks')).body.endpoints).toHaveLength(10);
    });
  });

  describe('the audit log', () => {
    interface Trail {
      entries: { actor: string; action: string; target: string; details: Record<string, unknown> }[];
    }

    it('tells an application of every act on its endpoints with before and after, and of no secret', async () => {
      const shop = await stage.service.tenant('audited', ['admin', 'read']);
      const secret = `whsec_${randomBytes(32).toString('base64')}`;
      const { id } = (await ask(shop.key, 'POST', '/webhooks', { ...ORDER, secret })).body;
      await ask(
        shop.key,
        'PUT',
        `/webhooks/${id}`,
        { ...ORDER, events: ['fraud.*'], enabled: true },
        { 'if-match': '"1"' },
      );
      await ask(shop.key, 'POST', `/webhooks/${id}/rotate-secret`, { overlapHours: 3 });
      const { eventId } = (await ask<{ eventId: string }>(shop.key, 'POST', `/webhooks/${id}/test`)).body;
      await ask(shop.key, 'POST', `/webhooks/${id}/messages/${eventId}/replay`);
      await ask(shop.key, 'POST', `/webhooks/${id}/replay`, { since: '2020-01-01T00:00:00Z' });
      await ask(shop.key, 'DELETE', `/webhooks/${id}`);
      const trail = await ask<Trail>(shop.key, 'GET', `/audit?target=${id}`);
      expect(trail.body.entries.map(({ action }) => action)).toEqual([
        ...['webhook.deleted', 'webhook.messages-replayed', 'webhook.message-replayed', 'webhook.tested'],
        ...['webhook.secret-rotated', 'webhook.changed', 'webhook.created'],
      ]);
      expect(trail.body.entries.every(({ actor }) => actor === shop.keyId)).toBe(true);
      const [, replayed, , , rotated, changed, created] = trail.body.entries.map(({ details }) => details);
      expect(created).toMatchObject({ after: { url: ORDER.url, events: null, enabled: true }, imported: true });
      expect(changed).toMatchObject({ before: { events: null }, after: { events: ['fraud.*'] } });
      expect([rotated, replayed]).toMatchObject([{ overlapHours: 3 }, { status: 'failed', replayed: 0 }]);
      expect(JSON.stringify(trail.body)).not.toContain(secret.slice(6, 30));
      expect(JSON.stringify(trail.body)).not.toContain('sealed');
    });
  });

  describe('R83 R6 secrets', () => {
    const keys = ['fresh', 'old'].map((kid) => ({ kid, key: randomBytes(32) })) as [Secret, Secret];
    const [fresh, old] = keys;
    const lines: string[] = [];
    const log = Log.to('info', { write: (line) => lines.push(line) });
    /** The housekeeping of a process that has these keys, newest first. */
    const upkeep = (...secrets: [Secret, ...Secret[]]) =>
      new EndpointSecretsUpkeep(stage.store.database, new Keyring(secrets), stage.service.app.get(Rounds), log);
    let id: string;
    beforeAll(async () => {
      const { key } = await stage.service.tenant('sealed');
      ({ id } = (await ask(key, 'POST', '/webhooks', ORDER)).body);
      await stage.store.database.query('DELETE FROM webhook_endpoints WHERE id <> $1', [id]);
      const sealed = ['whsec_second', 'whsec_first'].map((secret) => new Keyring([old]).seal(secret, id));
      const until = `now() + interval '1 hour'`;
      await stage.store.database.query(
        `UPDATE webhook_endpoints SET secret = $1, old_secret = $2, old_secret_until = ${until}`,
        sealed,
      );
    });
    const resting = async () => {
      const sql = 'SELECT secret, old_secret AS old FROM webhook_endpoints';
      const [row] = await stage.store.database.query<{ secret: string; old: string | null }>(sql);
      return [row?.secret ?? '', row?.old ?? ''] as const;
    };

    it('are sealed anew, the former one of a rotation as well, so that none is lost with a dropped key', async () => {
      expect(await upkeep(old).reseal()).toBe(0);
      expect(await upkeep(fresh, old).reseal()).toBe(1);
      expect(await upkeep(fresh, old).reseal()).toBe(0);
      const alone = new Keyring([fresh]);
      expect((await resting()).map((sealed) => alone.open(sealed, id))).toEqual(['whsec_second', 'whsec_first']);
    });

    it('of one endpoint that nobody can open keep no other under a key that is about to go', async () => {
      const { database } = stage.store;
      const keyring = new Keyring([old]);
      const endpoint = (name: string, sealed: string) =>
        database.query(
          `INSERT INTO webhook_endpoints (id, application_id, url, secret) VALUES ($1, 'app_1', 'https://shop.example/', $2)`,
          [name, sealed],
        );
      // More than one batch of them.
      await database.query(
        `INSERT INTO webhook_endpoints (id, application_id, url, secret)
         SELECT 'we_0' || n, 'app_1', 'https://shop.example/', 'gone.abc' FROM generate_series(1, 201) n`,
      );
      await endpoint('we_1', keyring.seal('whsec_of another', 'we_2'));
      await endpoint('we_2', keyring.seal('whsec_third', 'we_2'));

      expect(await upkeep(fresh, old).reseal()).toBe(1);
      const [row] = await database.query<{ secret: string }>(`SELECT secret FROM webhook_endpoints WHERE id = 'we_2'`);
      expect(new Keyring([fresh]).open(row?.secret ?? '', 'we_2')).toBe('whsec_third');
      expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
        { event: 'housekeeping.unreadable', of: 'webhook secrets', id: 'we_1' },
      ]);
      await database.query('DELETE FROM webhook_endpoints WHERE id <> $1', [id]);
    });

    it('that sign no more do not rest either', async () => {
      expect(await upkeep(fresh).forget()).toBe(0);
      await stage.store.database.query(`UPDATE webhook_endpoints SET old_secret_until = now() - interval '1 second'`);
      expect(await upkeep(fresh).forget()).toBe(1);
      expect((await resting())[1]).toBe('');
    });
  });
}
