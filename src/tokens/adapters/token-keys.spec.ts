import { createECDH, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Keyring } from '../../platform/keyring/keyring.js';
import { scalarOf, tokenKey } from './token-key.js';
import { TokenKeys } from './token-keys.js';

const secret = (kid: string, standby = false) => ({ kid, key: randomBytes(32), standby });
const [k1, k2] = [secret('k1'), secret('k2', true)];

const kidsOf = async (keys: TokenKeys) => (await keys.published()).map((key) => (key as { kid: string }).kid);

describe('the keys of tokens', () => {
  it('R76 of every secret and both algorithms are published, the next and the last one too, and one signs', async () => {
    const adding = new TokenKeys(new Keyring([k1, k2]), 'EdDSA');
    expect(await kidsOf(adding)).toEqual(['k1', 'k1.es256', 'k2', 'k2.es256']);
    expect(adding.signing).toMatchObject({ kid: 'k1', algorithm: 'EdDSA' });

    const switched = new TokenKeys(new Keyring([{ ...k2, standby: false }, k1]), 'ES256');
    expect(await kidsOf(switched)).toEqual(['k2.es256', 'k2', 'k1.es256', 'k1']);
    expect(switched.signing).toMatchObject({ kid: 'k2.es256', algorithm: 'ES256' });
  });

  it('R76 are the same on every process that has the secret, and others for every secret', async () => {
    const [here, there] = await Promise.all([
      new TokenKeys(new Keyring([k1, k2]), 'EdDSA').published(),
      new TokenKeys(new Keyring([{ ...k2, standby: false }, k1]), 'ES256').published(),
    ]);
    const ofBoth = new Set([...here, ...there].map((key) => JSON.stringify(key)));
    expect(ofBoth.size).toBe(4);
  });

  it('R74 tell nothing private', async () => {
    const published = await new TokenKeys(new Keyring([k1]), 'EdDSA').published();
    expect(published).toEqual([
      { kty: 'OKP', crv: 'Ed25519', x: expect.any(String) as string, kid: 'k1', alg: 'EdDSA', use: 'sig' },
      expect.objectContaining({ kty: 'EC', crv: 'P-256', kid: 'k1.es256', alg: 'ES256', use: 'sig' }),
    ]);
    expect(published.every((key) => !('d' in key))).toBe(true);
  });
});

describe('a scalar of P-256', () => {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(80, '0'), 'hex');
  const scalar = (value: bigint) => BigInt(`0x${scalarOf(bytes(value)).toString('hex')}`);

  it('R74 is (c mod (n - 1)) + 1: never 0, never n', () => {
    expect([0n, 1n, order - 2n, order - 1n, order, 2n ** 320n - 1n].map(scalar)).toEqual([
      ...[1n, 2n, order - 1n, 1n, 2n, ((2n ** 320n - 1n) % (order - 1n)) + 1n],
    ]);
  });

  it('R74 belongs to the public key that is published', () => {
    const keyring = new Keyring([k1]);
    const ecdh = createECDH('prime256v1');
    ecdh.setPrivateKey(scalarOf(keyring.key('token-p256', 'k1')));
    const { x = '', y = '' } = tokenKey(keyring, 'k1', 'ES256').publicKey.export({ format: 'jwk' });
    const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    expect(ecdh.getPublicKey()).toEqual(point);
  });
});
