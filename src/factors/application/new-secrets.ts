import { Injectable } from '@nestjs/common';
import { Random } from '../../shared/random.js';
import { FactorSecrets } from './ports.js';

/** A secret that was just made, and the factor it is for. */
export interface NewSecret {
  id: string;
  secret: Buffer;
  /** How it rests. */
  sealed: string;
}

/** Makes secrets of factors that are about to be: an authenticator's, or the key of a list of backup codes. */
@Injectable()
export class NewSecrets {
  constructor(
    private readonly random: Random,
    private readonly secrets: FactorSecrets,
  ) {}

  make(applicationId: string, bytes: number): NewSecret {
    const id = this.random.id('fac');
    const secret = this.random.bytes(bytes);
    return { id, secret, sealed: this.secrets.seal({ applicationId, id }, secret) };
  }
}
