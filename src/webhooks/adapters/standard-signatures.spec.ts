import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { Keyring } from '../../platform/keyring/keyring.js';
import { SystemRandom } from '../../platform/system-random.js';
import { makeSigningSecret, type Signature } from '../domain/signing-secret.js';
import { StandardSignatures } from './standard-signatures.js';

const keyring = new Keyring([{ kid: 'now', key: randomBytes(32) }]);
const signatures = new StandardSignatures(keyring);
const body = '{"type":"verification.approved","data":{"note":"ä €"}}';
const stamp = { id: 'evt_42', timestamp: Math.floor(Date.now() / 1_000) };

const endpointId = 'hook_1';
const sign = (signature: Signature, ...secrets: string[]) =>
  signatures.sign(
    { endpointId, signature, body, secrets: secrets.map((secret) => keyring.seal(secret, endpointId)) },
    stamp,
  );
const headersWith = (signature: string) => ({
  ...{ 'webhook-id': stamp.id, 'webhook-timestamp': String(stamp.timestamp), 'webhook-signature': signature },
});
const newSecret = (signature: Signature) => makeSigningSecret(signature, new SystemRandom());

describe('a signature', () => {
  it('R82 of v1 is what the reference verifier expects', () => {
    const { secret } = newSecret('v1');
    const headers = headersWith(sign('v1', secret));
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow('No matching signature');
    expect(() => new Webhook(newSecret('v1').secret).verify(body, headers)).toThrow('No matching signature');
  });

  it('R83 stands beside the one of the former secret, and each verifies alone', () => {
    const [current, former] = [newSecret('v1').secret, newSecret('v1').secret];
    const headers = headersWith(sign('v1', current, former));
    expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
    for (const secret of [current, former]) expect(new Webhook(secret).verify(body, headers)).toBeTruthy();
  });

  it('R82 of v1a is Ed25519 over id, timestamp and body, for whoever has the public key', () => {
    const [current, former] = [newSecret('v1a'), newSecret('v1a')];
    const both = sign('v1a', current.secret, former.secret).split(' ');
    const fits = [current, former].map(({ publicKey }, n) => {
      const x = Buffer.from(publicKey?.slice('whpk_'.length) ?? '', 'base64').toString('base64url');
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
      const [version, signature = ''] = (both[n] ?? '').split(',');
      expect(version).toBe('v1a');
      const signed = Buffer.from(`${stamp.id}.${String(stamp.timestamp)}.${body}`);
      return verify(null, signed, key, Buffer.from(signature, 'base64'));
    });
    expect(fits).toEqual([true, true]);
  });

  it('can not be made with another endpoint’s secret, nor without the key that sealed it', () => {
    const { secret } = newSecret('v1');
    const sealed = { signature: 'v1' as const, body, secrets: [keyring.seal(secret, 'hook_2')] };
    expect(() => signatures.sign({ ...sealed, endpointId }, stamp)).toThrow();
    const elsewhere = new StandardSignatures(new Keyring([{ kid: 'other', key: randomBytes(32) }]));
    expect(() => elsewhere.sign({ ...sealed, endpointId: 'hook_2' }, stamp)).toThrow('unavailable');
  });
});
