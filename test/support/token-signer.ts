import { randomBytes } from 'node:crypto';
import { Keyring } from '../../src/platform/keyring/keyring.js';
import { parseSecrets } from '../../src/platform/keyring/secrets.js';
import type { LedgerClock } from '../../src/platform/postgres/ledger-clock.js';
import type { Runtime } from '../../src/platform/runtime.js';
import { JoseApprovalTokens } from '../../src/tokens/adapters/jose-approval-tokens.js';
import { TokenKeys } from '../../src/tokens/adapters/token-keys.js';
import type { Approval } from '../../src/tokens/domain/approval.js';
import type { TokenAlgorithm } from '../../src/tokens/domain/token-algorithm.js';

/** An approval of this moment that nobody else has. */
export function newApproval(over: Partial<Approval> = {}): Approval {
  return {
    ...{ tokenId: `tok_${randomBytes(16).toString('base64url')}`, verificationId: 'ver_AAAAAAAAAAAAAAAAAAAAAA' },
    ...{ applicationId: 'app_shop', approvedAt: new Date(), channel: 'sms', factorId: null },
    ...{ subject: null, purpose: null, binding: null, ...over },
  };
}

export interface TokenSignerOptions {
  issuer: string;
  algorithm?: TokenAlgorithm;
  /** The ledger's time, in epoch milliseconds. Default: this process's. */
  now?: () => number;
}

/** Signs and reads tokens as every process with these `SECRETS` does, also such as no login gives. */
export function tokenSigner(secrets: string, options: TokenSignerOptions): JoseApprovalTokens {
  const { issuer, algorithm = 'EdDSA', now = () => Date.now() } = options;
  const ledgerClock = { now: () => Promise.resolve(now()) };
  return new JoseApprovalTokens(
    new TokenKeys(keyringOf(secrets), algorithm),
    { publicUrl: issuer } as Runtime,
    // It has private members, of which none is used here.
    ledgerClock as LedgerClock,
  );
}

export function keyringOf(secrets: string): Keyring {
  const [first, ...others] = parseSecrets(secrets).secrets;
  if (!first) throw new Error('no secret');
  return new Keyring([first, ...others]);
}
