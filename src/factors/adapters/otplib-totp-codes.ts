import { Injectable } from '@nestjs/common';
import { NodeCryptoPlugin } from '@otplib/plugin-crypto-node';
import { verifySync } from '@otplib/totp';
import { TotpCodes } from '../application/ports.js';
import type { TotpAlgorithm, TotpParameters } from '../domain/factor.js';

const ALGORITHM = { SHA1: 'sha1', SHA256: 'sha256', SHA512: 'sha512' } as const satisfies Record<TotpAlgorithm, string>;

const crypto = new NodeCryptoPlugin();

/** The arithmetic is otplib's, which compares in constant time and keeps nothing: that a step counts once is the ledger's. */
@Injectable()
export class OtplibTotpCodes extends TotpCodes {
  matchedStep(
    code: string,
    secret: Buffer,
    { parameters, now, window }: { parameters: TotpParameters; now: number; window: number },
  ): number | null {
    const { algorithm, digits, period } = parameters;
    // otplib throws for what can not be a code of this authenticator, which is a wrong guess here.
    if (code.length !== digits || !/^\d+$/.test(code)) return null;
    const result = verifySync({
      ...{ secret, token: code, crypto, digits, period },
      algorithm: ALGORITHM[algorithm],
      epoch: Math.floor(now / 1000),
      epochTolerance: window * period,
    });
    return result.valid ? result.timeStep : null;
  }
}
