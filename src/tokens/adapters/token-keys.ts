import { exportJWK, type JWK } from 'jose';
import type { Keyring } from '../../platform/keyring/keyring.js';
import { TOKEN_ALGORITHMS, type TokenAlgorithm } from '../domain/token-algorithm.js';
import { tokenKey, type TokenKey } from './token-key.js';

/**
 * The keys of every secret, standby and old ones included, for both algorithms. All of them are published and verify; one signs.
 * So whoever has fetched the set before a rotation or a change of the algorithm knows the key that comes after it.
 */
export class TokenKeys {
  private readonly byKid: ReadonlyMap<string, TokenKey>;
  /** What new tokens are signed with: the newest secret's. */
  readonly signing: TokenKey;

  constructor(keyring: Keyring, algorithm: TokenAlgorithm) {
    const algorithms = [algorithm, ...TOKEN_ALGORITHMS.filter((other) => other !== algorithm)];
    const keys = keyring.kids.flatMap((secret) => algorithms.map((each) => tokenKey(keyring, secret, each)));
    this.byKid = new Map(keys.map((key) => [key.kid, key]));
    this.signing = tokenKey(keyring, keyring.currentKid, algorithm);
  }

  find(kid: string): TokenKey | undefined {
    return this.byKid.get(kid);
  }

  /** The public halves, the one that signs first. */
  async published(): Promise<JWK[]> {
    const keys = [...this.byKid.values()].map(async ({ kid, algorithm, publicKey }) => {
      return { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' };
    });
    return Promise.all(keys);
  }
}
