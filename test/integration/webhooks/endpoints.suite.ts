import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { Keyring } from '../../../src/platform/keyring/keyring.js';
import type { IssuedEndpoint } from '../../../src/webhooks/application/manage-endpoints.js';
import type { TestTenant } from '../applications-app.js';
import type { Stage } from './stage.js';

/** Where an application is told of events: made, read, changed, signed anew and deleted by its administrators, or an operator. */
export function endpoints(stage: Stage): void {
  let shop: TestTenant;
  beforeAll(async () => {
    shop = await stage.service.tenant('listening');
  });

  const URL = 'https://shop.example/hooks/einmal';
  type Answer = IssuedEndpoint & { code: string; detail: string; endpoints: IssuedEndpoint[] };

  const ask = (key: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    stage.service.call<Answer>(method, `/v1/admin${path}`, { key, headers, ...(body !== undefined && { body }) });
  const create = (order: object = {}, key = shop.key) => ask(key, 'POST', '/webhooks', { url: URL, ...order });
  const rotate = (id: string, rotation?: object) => ask(shop.key, 'POST', `/webhooks/${id}/rotate-secret`, rotation);
  const importable = (bytes: number) => `whsec_${randomBytes(bytes).toString('base64')}`;

  interface Resting {
    secret: string;
    old: string | null;
  }
  /** Both secrets of an endpoint, as whoever signs opens them. */
  async function signsWith(id: string): Promise<(string | null)[]> {
    const sql = `SELECT secret, CASE WHEN old_secret_until > now() THEN old_secret END AS old FROM webhook_endpoints WHERE id = $1`;
    const [row] = await stage.store.database.query<Resting>(sql, [id]);
    return [row?.secret ?? null, row?.old ?? null].map(
      (sealed) => sealed && stage.service.app.get(Keyring).open(sealed, id),
    );
  }

  describe('R82 an endpoint', () => {
    it('gets a secret of 256 bits that is shown this once, rests sealed and stands nowhere else', async () => {
      const made = await create({ events: ['verification.*', 'delivery.failed'], description: 'orders' });
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({
        ...{ url: URL, events: ['verification.*', 'delivery.failed'], description: 'orders', signature: 'v1' },
        ...{ enabled: true, disabledBecause: null, publicKey: null, oldSecretUntil: null, version: 1 },
      });
      const { id, secret = '' } = made.body;
      expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
      expect(made.headers.get('etag')).toBe('"1"');
      expect(await signsWith(id)).toEqual([secret, null]);
      const shown = (await ask(shop.key, 'GET', `/webhooks/${id}`)).body;
      expect({ ...shown, secret }).toEqual(made.body);
      expect(shown).not.toHaveProperty('secret');
      const listed = (await ask(shop.key, 'GET', '/webhooks')).body.endpoints;
      const resting = await stage.store.database.query('SELECT * FROM webhook_endpoints');
      const audited = await stage.store.database.query('SELECT * FROM audit_log');
      expect(JSON.stringify([listed, resting, audited])).not.toContain(secret.slice('whsec_'.length, 30));
    });

    it('of v1a gives away the public half of an Ed25519 key pair, and nobody the private one', async () => {
      const { body } = await create({ signature: 'v1a' });
      expect(body.secret).toBeUndefined();
      const [privateKey = ''] = await signsWith(body.id);
      const [seed, publicKey] = halves(privateKey ?? '');
      expect(body.publicKey).toBe(`whpk_${publicKey.toString('base64')}`);
      const [x, d] = [publicKey.toString('base64url'), seed.toString('base64url')];
      const jwk = { kty: 'OKP', crv: 'Ed25519', x };
      const signature = sign(null, Buffer.from('told'), createPrivateKey({ format: 'jwk', key: { ...jwk, d } }));
      const receivers = createPublicKey({ format: 'jwk', key: jwk });
      expect(verify(null, Buffer.from('told'), receivers, signature)).toBe(true);
      const { publicKey: another } = (await rotate(body.id)).body;
      expect(another).toMatch(/^whpk_[\w+/]{43}=$/);
      expect(another).not.toBe(body.publicKey);
      expect((await signsWith(body.id))[1]).toBe(privateKey);
    });

    it('takes a secret of v1 along from another service, as long as it is 24 to 64 bytes', async () => {
      for (const bytes of [24, 64]) {
        const secret = importable(bytes);
        const { status, body } = await create({ secret });
        expect([status, body.secret, (await signsWith(body.id))[0]]).toEqual([201, secret, secret]);
        expect((await ask(shop.key, 'DELETE', `/webhooks/${body.id}`)).status).toBe(204);
      }
      const wrong = [importable(23), importable(65), 'whsec_', importable(32).slice(6), `${importable(32)}=`, 'whsk_x'];
      for (const secret of wrong) expect(await create({ secret })).toMatchObject({ status: 400 });
      expect(await create({ secret: importable(32), signature: 'v1a' })).toMatchObject({ status: 400 });
    });

    it('is refused for an address that events can not be told at, with what to do about it', async () => {
      for (const url of ['http://192.0.2.7/hook', 'https://10.0.0.7/', 'https://user:secret@shop.example/', 'hook']) {
        const refused = await create({ url });
        expect([url, refused.status, refused.body.code]).toEqual([url, 422, 'endpoint-refused']);
        expect(refused.body.detail).toMatch(/^url: .{10}/);
      }
      expect((await create({ url: 'https://10.0.0.7/' })).body.detail).toMatch(
        /10\.0\.0\.7.*webhooks\.privateNetworks/,
      );
    });

    it('listens to types and families that there are, each named once', async () => {
      for (const events of [['verification.aproved'], ['*'], [], ['delivery.*', 'delivery.*'], ['webhook.test'], 'all'])
        expect(await create({ events })).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    });

    it('is replaced only over the version it was read with, disabled and enabled again', async () => {
      const { id } = (await create()).body;
      const put = (to: object, version: string) =>
        ask(shop.key, 'PUT', `/webhooks/${id}`, to, { 'if-match': `"${version}"` });
      const off = await put({ url: `${URL}/2`, enabled: false }, '1');
      expect(off).toMatchObject({ status: 200, body: { enabled: false, version: 2 } });
      expect(off.body.disabledBecause).toEqual(expect.any(String));
      expect(await put({ url: URL, enabled: true }, '1')).toMatchObject({ status: 412 });
      expect(await ask(shop.key, 'PUT', `/webhooks/${id}`, { url: URL, enabled: true })).toMatchObject({ status: 428 });
      const on = await put({ url: URL, events: ['fraud.*'], enabled: true }, '2');
      expect(on).toMatchObject({ status: 200, body: { enabled: true, disabledBecause: null, events: ['fraud.*'] } });
      expect(on.headers.get('etag')).toBe('"3"');
      expect(await put({ url: 'https://10.0.0.7', enabled: true }, '3')).toMatchObject({ status: 422 });
    });
  });

  /** Seed and public key of a `whsk_`. */
  function halves(privateKey: string): [Buffer, Buffer] {
    const bytes = Buffer.from(privateKey.replace('whsk_', ''), 'base64');
    return [bytes.subarray(0, 32), bytes.subarray(32)];
  }

  describe('R83 a rotation', () => {
    it('lets both secrets sign until the overlap ends', async () => {
      const { id, secret: first } = (await create()).body;
      const rotated = await rotate(id, { overlapHours: 2 });
      expect(rotated.status).toBe(200);
      const hours = (Date.parse(String(rotated.body.oldSecretUntil)) - Date.now()) / 3_600_000;
      expect(hours).toBeCloseTo(2, 1);
      expect(await signsWith(id)).toEqual([rotated.body.secret, first]);
      expect((await ask(shop.key, 'GET', `/webhooks/${id}`)).body.oldSecretUntil).toBe(rotated.body.oldSecretUntil);
    });

    it('waits for the one before, unless what came before it shall end at once', async () => {
      const { id } = (await create()).body;
      const once = (await rotate(id)).body.secret;
      const refused = await rotate(id, { overlapHours: 1 });
      expect(refused).toMatchObject({
        status: 409,
        body: { code: 'already-rotated', until: expect.any(String) as string },
      });
      expect((await signsWith(id))[0]).toBe(once);
      const leaked = await rotate(id, { overlapHours: 0 });
      expect(leaked).toMatchObject({ status: 200, body: { oldSecretUntil: null } });
      expect(await signsWith(id)).toEqual([leaked.body.secret, null]);
      expect((await rotate(id, { secret: importable(24) })).status).toBe(200);
    });

    it('that is asked for ten times at once happens once', async () => {
      const { id } = (await create()).body;
      const answers = await Promise.all(Array.from({ length: 10 }, () => rotate(id)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
      expect((await signsWith(id))[0]).toBe(answers.find(({ status }) => status === 200)?.body.secret);
      for (const overlapHours of [-1, 169, 1.5, '24', null])
        expect((await rotate(id, { overlapHours })).status).toBe(400);
    });
  });
}
