import { Injectable } from '@nestjs/common';
import { exportJWK, SignJWT } from 'jose';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Keyring } from '../../platform/keyring/keyring.js';
import { Runtime } from '../../platform/runtime.js';
import { ApprovalTokens, TOKEN_LIFE_SECONDS, type Approval } from '../application/ports.js';

/** DER of a PKCS#8 Ed25519 private key up to its 32-byte seed (RFC 8410 section 7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Approval tokens as EdDSA JWTs (RFC 8725: algorithm pinned, `typ` set). Keys come from the keyring, so every node has the
 * same ones, and Ed25519 is deterministic, so the same approval is the same token.
 */
@Injectable()
export class JoseApprovalTokens extends ApprovalTokens {
  private readonly privateKeys = new Map<string, KeyObject>();

  constructor(
    private readonly keyring: Keyring,
    private readonly runtime: Runtime,
  ) {
    super();
  }

  sign(approval: Approval): Promise<string> {
    const { tokenId, verificationId, applicationId, approvedAt, channel, subject, purpose } = approval;
    const issuedAt = Math.floor(approvedAt.getTime() / 1000);
    const kid = this.keyring.currentKid;
    const token = new SignJWT({
      verification: verificationId,
      amr: ['otp', channel],
      ...(purpose !== null && { purpose }),
    })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'einmal-approval+jwt', kid })
      .setIssuer(this.runtime.publicUrl)
      .setAudience(applicationId)
      .setJti(tokenId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + TOKEN_LIFE_SECONDS);
    if (subject !== null) token.setSubject(subject);
    return token.sign(this.privateKey(kid));
  }

  async keys(): Promise<{ keys: object[] }> {
    const keys = this.keyring.kids.map(async (kid) => {
      const jwk = await exportJWK(createPublicKey(this.privateKey(kid)));
      return { ...jwk, kid, alg: 'EdDSA', use: 'sig' };
    });
    return { keys: await Promise.all(keys) };
  }

  private privateKey(kid: string): KeyObject {
    const known = this.privateKeys.get(kid);
    if (known) return known;
    const seed = this.keyring.key('token', kid);
    const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
    this.privateKeys.set(kid, key);
    return key;
  }
}
