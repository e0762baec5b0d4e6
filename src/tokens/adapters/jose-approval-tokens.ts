import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT, type JWK, type JWTHeaderParameters } from 'jose';
import type { KeyObject } from 'node:crypto';
import { LedgerClock } from '../../platform/postgres/ledger-clock.js';
import { Runtime } from '../../platform/runtime.js';
import { ApprovalTokens, type TokenReading } from '../application/ports.js';
import type { Approval } from '../domain/approval.js';
import { TOKEN_ALGORITHMS } from '../domain/token-algorithm.js';
import { invalidReason, Unacceptable } from './invalid-reason.js';
import { claimsOf, readClaims, TOKEN_TYPE } from './token-claims.js';
import { TokenKeys } from './token-keys.js';

/** Twice the longest that we issue: subject and purpose at their longest, in characters of three bytes. */
export const LONGEST_TOKEN = 4_096;
/** A process that stood still while it asked for the ledger's time is behind it by so much at worst. `exp` is decided by the ledger itself. */
const BEHIND_LEDGER_MS = 10_000;

/** Approval tokens as JWTs (RFC 8725): one type, two algorithms, and the key chosen by us, never by what the token brings along. */
@Injectable()
export class JoseApprovalTokens extends ApprovalTokens {
  constructor(
    private readonly tokenKeys: TokenKeys,
    private readonly runtime: Runtime,
    private readonly ledgerClock: LedgerClock,
  ) {
    super();
  }

  sign(approval: Approval): Promise<string> {
    const { kid, algorithm, privateKey } = this.tokenKeys.signing;
    return new SignJWT({ iss: this.runtime.publicUrl, ...claimsOf(approval) })
      .setProtectedHeader({ alg: algorithm, typ: TOKEN_TYPE, kid })
      .sign(privateKey);
  }

  async read(token: string, applicationId: string): Promise<TokenReading> {
    if (token.length > LONGEST_TOKEN) return { kind: 'invalid', reason: 'not-an-approval-token' };
    const now = await this.ledgerClock.now();
    try {
      const { payload } = await jwtVerify(token, (header) => this.keyFor(header), {
        algorithms: [...TOKEN_ALGORITHMS],
        ...{ typ: TOKEN_TYPE, issuer: this.runtime.publicUrl, audience: applicationId },
        ...{ currentDate: new Date(now), clockTolerance: 0 },
      });
      const approval = readClaims(payload);
      if (!approval) return { kind: 'invalid', reason: 'not-an-approval-token' };
      if (approval.approvedAt.getTime() > now + BEHIND_LEDGER_MS) return { kind: 'invalid', reason: 'not-yet' };
      return { kind: 'genuine', approval };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { kind: 'expired' };
      return { kind: 'invalid', reason: invalidReason(error) };
    }
  }

  async keys(): Promise<{ keys: JWK[] }> {
    return { keys: await this.tokenKeys.published() };
  }

  /** Looks at the header before anything is computed. A key has one algorithm, so no other can be asked of it. */
  private keyFor({ alg, typ, kid = '' }: JWTHeaderParameters): KeyObject {
    if (typ !== TOKEN_TYPE) throw new Unacceptable('not-an-approval-token');
    const key = this.tokenKeys.find(kid);
    if (!key) throw new Unacceptable('unknown-key');
    if (key.algorithm !== alg) throw new Unacceptable('bad-signature');
    return key.publicKey;
  }
}
